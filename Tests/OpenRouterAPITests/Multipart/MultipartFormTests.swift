internal import OpenRouterAPI
internal import Testing

@Suite("Multipart forms")
struct MultipartFormTests {
    static let type = "multipart/form-data; boundary=XX"

    static func body(_ parts: [String], boundary: String = "XX") -> [UInt8] {
        Array((parts.map { "--\(boundary)\r\n\($0)\r\n" }.joined() + "--\(boundary)--\r\n").utf8)
    }

    static func field(_ name: String, _ content: String) -> String {
        "Content-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(content)"
    }

    private static func problem(_ body: [UInt8], _ type: String? = type, limits: MultipartForm.Limits = .init())
        -> String?
    {
        do throws(APIError) {
            _ = try MultipartForm(body, contentType: type, limits: limits)
            return nil
        } catch {
            #expect(error.status == 400)
            #expect(error.metadata == ["error_type": "invalid_request"])
            let prefix = "Invalid multipart/form-data in the request body: "
            #expect(error.message.hasPrefix(prefix))
            return String(error.message.dropFirst(prefix.count))
        }
    }

    @Test("Parts are read in order, with name, file name, type and bytes")
    func parts() throws {
        var bytes = Self.body([
            Self.field("model", "openai/whisper-1"),
            "content-type: Audio/WAV; rate=1\r\nX-Other: 1\r\n"
                + "CONTENT-DISPOSITION: form-data; filename=\"a;b \\\"c\\\" C:\\d.wav\"; name=file\r\n\r\nRI\nFF\r\n--X",
            Self.field("empty", ""),
        ])
        bytes = Array("preamble\r\n".utf8) + bytes + Array("epilogue".utf8)
        let form = try MultipartForm(bytes, contentType: Self.type)
        #expect(form.parts.map(\.name) == ["model", "file", "empty"])
        #expect(form.parts.map(\.filename) == [nil, "a;b \"c\" C:\\d.wav", nil])
        #expect(form.parts.map(\.mediaType) == [nil, "audio/wav", nil])
        #expect(
            form.parts.map { String(decoding: $0.content, as: UTF8.self) } == ["openai/whisper-1", "RI\nFF\r\n--X", ""]
        )
        #expect(try form.text("model") == "openai/whisper-1")
        #expect(try form.text("absent") == nil)
        #expect(try form.part("file")?.content.count == 10)
    }

    @Test(
        "A boundary may be quoted, and any of the characters allowed",
        arguments: [
            ("multipart/form-data; boundary=\"XX\"", "XX"), ("Multipart/Form-Data;charset=utf-8;Boundary=XX", "XX"),
            ("multipart/form-data; boundary = XX ; a=b", "XX"),
            ("multipart/form-data; boundary=\"a b:c=d?\"", "a b:c=d?"),
            ("multipart/form-data; boundary=----WebKitFormBoundary7MA4", "----WebKitFormBoundary7MA4"),
        ]
    )
    func boundaries(type: String, boundary: String) throws {
        let form = try MultipartForm(Self.body([Self.field("a", "1")], boundary: boundary), contentType: type)
        #expect(try form.text("a") == "1")
    }

    @Test(
        "A content type that cannot be used is refused",
        arguments: [
            (nil, "expected the content type multipart/form-data, received none"),
            ("application/json", "expected the content type multipart/form-data, received application/json"),
            (
                "multipart/mixed; boundary=XX",
                "expected the content type multipart/form-data, received multipart/mixed; boundary=XX"
            ),
            ("multipart/form-data", "the content type names no boundary"),
            (
                "multipart/form-data; boundary",
                "expected the content type multipart/form-data, received multipart/form-data; boundary"
            ),
            (
                "multipart/form-data; boundary=\"XX",
                "expected the content type multipart/form-data, received multipart/form-data; boundary=\"XX"
            ),
            (
                "multipart/form-data; boundary=",
                "the boundary is not 1 to 70 letters, digits, spaces or characters of '()+_,-./:=?"
            ),
            (
                "multipart/form-data; boundary=X*X",
                "the boundary is not 1 to 70 letters, digits, spaces or characters of '()+_,-./:=?"
            ),
            (
                "multipart/form-data; boundary=\(String(repeating: "X", count: 71))",
                "the boundary is not 1 to 70 letters, digits, spaces or characters of '()+_,-./:=?"
            ),
            (
                "multipart/form-data; boundary=YY",
                "the closing delimiter '--YY--' is missing; the body may be cut short"
            ),
        ]
    )
    func contentTypes(type: String?, problem: String) {
        #expect(Self.problem(Self.body([Self.field("a", "1")]), type) == problem)
    }

    @Test(
        "A part that breaks the rules is named with its problem",
        arguments: [
            ("", "has no empty line between header and content"),
            ("1", "has no empty line between header and content"),
            ("A: b\r\n", "has no empty line between header and content"),
            ("\r\n1", "has no Content-Disposition: form-data"),
            ("Content-Type: text/plain\r\n\r\n1", "has no Content-Disposition: form-data"),
            ("Content-Disposition: attachment; name=a\r\n\r\n1", "has no Content-Disposition: form-data"),
            ("Content-Disposition: form-data\r\n\r\n1", "has no name in its Content-Disposition"),
            ("Content-Disposition: form-data; name=\"\"\r\n\r\n1", "has no name in its Content-Disposition"),
            ("Content-Disposition: form-data; name=\"a\r\n\r\n1", "has a malformed Content-Disposition field"),
            (
                "Content-Disposition: form-data; name=a\r\nContent-Disposition: form-data; name=b\r\n\r\n1",
                "has two Content-Disposition fields"
            ),
            ("Content-Disposition: form-data; name=a\n\n1", "has a header line that does not end in CRLF"),
            ("no field\r\n\r\n1", "has a header line that is no field"),
            (": b\r\n\r\n1", "has a header line that is no field"),
            (" Folded: b\r\n\r\n1", "has a header line that is no field"),
            (
                "Content-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: base64\r\n\r\nMQ==",
                "has a Content-Transfer-Encoding other than binary"
            ),
            ("A: \(String(repeating: "b", count: 200))\r\n\r\n1", "has too long a header"),
        ]
    )
    func defects(part: String, problem: String) {
        #expect(
            Self.problem(Self.body([Self.field("a", "1"), part]), limits: .init(headerByteCount: 200))
                == "part 2 \(problem)"
        )
    }

    @Test("A header that is not UTF-8 is refused, content may be any bytes")
    func otherBytes() throws {
        var bytes = Self.body([Self.field("a\u{7F}", "1\u{7F}")])
        for index in bytes.indices where bytes[index] == 0x7F { bytes[index] = 0xFF }
        #expect(Self.problem(bytes) == "part 1 has a header that is not UTF-8")
        bytes = Self.body([Self.field("a", "1\u{7F}")])
        for index in bytes.indices where bytes[index] == 0x7F { bytes[index] = 0xFF }
        let form = try MultipartForm(bytes, contentType: Self.type)
        #expect(Array(form.parts[0].content) == [0x31, 0xFF])
        #expect(throws: APIError.invalidField("a", expected: "text in UTF-8", found: "other bytes")) {
            try form.text("a")
        }
    }

    @Test("A delimiter that goes on, or ends in a line feed alone, is refused")
    func strayBytes() {
        let problem = "a delimiter is followed by something other than a line break"
        for body in [
            "--XXY\r\n\(Self.field("a", "1"))\r\n--XX--", "--XX\n\(Self.field("a", "1"))\r\n--XX--",
            "--XX\r\n\(Self.field("a", "1"))\r\n--XX--Y", "--XX",
        ] {
            #expect(Self.problem(Array(body.utf8)) == problem)
        }
        #expect(Self.problem(Array("--XX \t\r\n\(Self.field("a", "1"))\r\n--XX-- \r\n".utf8)) == nil)
        #expect(Self.problem(Array("--XX--".utf8)) == nil)
    }

    @Test("A body that is cut short anywhere is refused, and no part of it is believed")
    func truncations() throws {
        let whole = Self.body([Self.field("a", "1"), Self.field("b", "--X\r\n-")])
        let closed = whole.count - 2
        for end in 0..<closed {
            #expect(Self.problem(Array(whole[..<end])) != nil, "\(end) bytes")
        }
        for end in closed...whole.count {
            #expect(
                try MultipartForm(Array(whole[..<end]), contentType: Self.type).parts.count == 2 || end == closed + 1
            )
        }
    }

    @Test("Too many parts and repeated fields are refused")
    func limits() throws {
        let bytes = Self.body((0..<3).map { Self.field("a[]", "\($0)") })
        #expect(Self.problem(bytes, limits: .init(partCount: 2)) == "3 parts, at most 2 are read")
        let form = try MultipartForm(bytes, contentType: Self.type, limits: .init(partCount: 3))
        #expect(try form.texts("a[]") == ["0", "1", "2"])
        #expect(throws: APIError.invalidField("a[]", expected: "one part", found: "3")) { try form.part("a[]") }
    }
}
