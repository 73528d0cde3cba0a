import GRDB
import HTTPTypes
import NIOCore
import OpenRouterAPI
import Tapes
import TestSupport
import Testing

@testable import Cassettes

/// Sixty secrets in every place where one can stand, echoed in pieces: no file has a byte of them.
@Suite("Secrets never reach a file")
struct SecretFilesTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test("Neither while a cassette is recorded nor afterwards, and its recordings are found again")
    func recorded() async throws {
        let writer = try CassetteWriter(path: folder.file("a.cassette"))
        let traces = SecretTraces(SecretShapes.all)
        let redactor = Redactor()
        var requests: [Request] = []
        for (number, secret) in SecretShapes.all.enumerated() {
            let interaction = try Self.interaction(secret, number)
            requests.append(interaction.request)
            _ = try await writer.append(redactor.redact(interaction))
            if number % 10 == 0 { try expectNone(traces, "after \(number + 1)") }
        }
        #expect(try folder.names() == ["a.cassette", "a.cassette-lock", "a.cassette-shm", "a.cassette-wal"])
        try expectNone(traces, "before the end")
        try await writer.close()
        #expect(try folder.names() == ["a.cassette"])
        try expectNone(traces, "at the end")

        let cassette = try Cassette(path: folder.file("a.cassette"))
        let fingerprinter = Fingerprinter(redactor: redactor)
        #expect(try cassette.index().map(\.fingerprint) == requests.map { fingerprinter.fingerprint(of: $0) })
        #expect(Set(try cassette.index().map(\.fingerprint)).count == requests.count, "secrets can be told apart")
    }

    @Test("What is deleted or replaced leaves no bytes behind")
    func deleted() async throws {
        let writer = try CassetteWriter(path: folder.file("a.cassette"))
        let filler = String(repeating: "filler ", count: 3000)
        let kept = Redactor().redact(.chat("kept"))
        let deleted = Redactor().redact(.chat("marker-of-what-is-deleted", answer: filler))
        _ = try await writer.append(deleted)
        _ = try await writer.append(kept)
        #expect(try await writer.delete(deleted.fingerprint) == 1)
        try await writer.close()
        let bytes = try folder.bytes("a.cassette")
        for trace in ["marker-of-what-is-deleted", "filler filler"] {
            #expect(bytes.withUnsafeBufferPointer { $0.firstRange(of: Array(trace.utf8)) } == nil)
        }
    }

    @Test("A cassette keeps the rules that it was recorded by, and replay finds its recordings by them alone")
    func rules() async throws {
        let given = RedactionRules(
            patterns: [try RedactionPattern(#"cust_\d+"#)],
            pointers: [try RedactionPointer("/user")]
        )
        let path = folder.file("a.cassette")
        let request = Request.make(#"{"user":"ann","text":"cust_123456"}"#)
        let writer = try CassetteWriter(path: path, redaction: given)
        _ = try await writer.append(Redactor(rules: given).redact(.make(request: request)))
        try await writer.close()
        let more = RedactionRules(pointers: [try RedactionPointer("/user"), try RedactionPointer("/pin")])
        try await CassetteWriter(path: path, redaction: more).close()

        let rules = try Cassette.redactionRules(at: [path, folder.file("none")], adding: RedactionRules())
        #expect(rules.patterns.map(\.source) == [#"cust_\d+"#])
        #expect(rules.pointers.map(\.source) == ["/user", "/pin"])
        let cassette = try Cassette(path: path)
        let fingerprint = Fingerprinter(redactor: Redactor(rules: rules)).fingerprint(of: request)
        #expect(try cassette.index().map(\.fingerprint) == [fingerprint])
        #expect(try cassette.verify().isIntact)
    }

    @Test(
        "Rules that cannot be understood are damage, not no rules",
        arguments: ["", "{}", #"{"patterns":["("],"pointers":[]}"#]
    )
    func damagedRules(_ text: String) async throws {
        let path = folder.file("a.cassette")
        try await CassetteWriter(path: path).close()
        let queue = try DatabaseQueue(path: path)
        try await queue.write {
            try $0.execute(sql: "INSERT INTO metadata VALUES ('redaction', ?)", arguments: [text])
        }
        try queue.close()
        let error = CassetteError.damaged(
            path: path,
            place: "the redaction rules",
            check: "they are not those of this version"
        )
        #expect(throws: error) { try Cassette(path: path).redactionRules() }
        #expect(throws: error) { try CassetteWriter(path: path) }
        #expect(try folder.names() == ["a.cassette"])
    }

    @Test("The search for traces finds them, plain, escaped and in base64")
    func search() {
        let traces = SecretTraces(SecretShapes.all)
        for secret in SecretShapes.all {
            #expect(traces.count(in: Array("x\(secret)y".utf8)) > 0)
            #expect(traces.count(in: Array(Base64.encoded(Array("ab\(secret)".utf8)).utf8)) > 0)
            for spelling in ["%", "\\u00"] {
                let escaped = secret.utf8.map { spelling + SpellingTests.hex($0) }.joined()
                #expect(traces.count(in: Array(escaped.utf8)) > 0)
            }
        }
        #expect(
            traces.count(
                in: Array("redacted-kbdfmhqr-xxxxxxxxxxxxx sk-or-v1- Bearer github_pat_11 %41%42 \\u0041\\u".utf8)
            ) == 0
        )
    }

    private func expectNone(_ traces: SecretTraces, _ moment: String) throws {
        for name in try folder.names() {
            #expect(traces.count(in: try folder.bytes(name)) == 0, "\(name) \(moment)")
        }
    }

    /// An exchange that has the secret everywhere; the answer is cut at another kind of boundary for each number.
    static func interaction(_ secret: String, _ number: Int) throws -> Interaction {
        let escaped = secret.utf8.map { "\\u00" + SpellingTests.hex($0) }.joined()
        let percent = secret.utf8.map { "%" + SpellingTests.hex($0) }.joined()
        let encoded = Base64.encoded(Array("the key is \(secret), keep it".utf8))
        let json =
            #"{"model":"m","messages":[{"role":"user","content":"key \#(secret)."},"#
            + #"{"role":"tool","content":"{\"key\":\"\#(secret)\"}"},{"role":"user","content":"\#(escaped)"},"#
            + #"{"role":"user","content":[{"type":"file","file":{"file_data":"data:text/plain;base64,\#(encoded)"}}]}]}"#
        var fields: HTTPFields = [
            .contentType: "application/json", .authorization: "Bearer \(secret)", .cookie: "session=\(secret); a=b",
            .userAgent: "client/1 (\(secret))", .referer: "https://a.test/?key=\(percent)",
        ]
        fields[try .named("x-api-key")] = secret
        fields[try .named("X-Title")] = "app with \(secret)"
        var request = Request.make(
            json,
            target: "/api/v1/chat/completions?api_key=\(secret)&b=\(percent)",
            fields: fields
        )
        if number % 3 == 1 {
            request.fields[.contentType] = "multipart/form-data; boundary=b"
            request.body = ByteBuffer(
                string: "--b\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\n\(secret)\r\n--b\r\n"
                    + "Content-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\n\(json)\r\n--b--\r\n"
            )
        } else if number % 3 == 2 {
            request.fields[.contentType] = "application/x-www-form-urlencoded"
            request.body = ByteBuffer(string: "client_secret=\(percent)&text=\(secret)")
        }
        var answer: HTTPFields = [
            .contentType: "text/event-stream", .setCookie: "token=\(secret); Path=/",
            .location: "https://a.test/cb?code=\(secret)",
        ]
        answer[try .named("x-echo")] = "you sent \(secret)"
        answer[try .named("x-auth-token")] = secret
        var tape = Tape(
            head: ResponseHead(status: HTTPResponse.Status(code: 200, reasonPhrase: "OK \(secret)"), fields: answer),
            frames: frames(
                events(secret, escaped, encoded, pieceCount: [1, 2, 3, 7, secret.count][number % 5]),
                number
            ),
            origin: Origin(.upstream(url: "https://openrouter.ai/api/v1?key=\(secret)"))
        )
        tape.trailers[try .named("x-trailer")] = secret
        return Interaction(request: request, tape: tape, recordedAt: 1_790_000_000_000_000)
    }

    /// The secret said whole, and in so many deltas of each API, and behind escapes and base64.
    private static func events(_ secret: String, _ escaped: String, _ encoded: String, pieceCount: Int) -> String {
        let characters = Array(secret)
        let size = (characters.count + pieceCount - 1) / pieceCount
        let pieces = stride(from: 0, to: characters.count, by: size).map {
            String(characters[$0..<min($0 + size, characters.count)])
        }
        let shapes = [
            #"{"choices":[{"index":1,"delta":{"content":"{}"}}]}"#,
            #"{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{}"}}]}}]}"#,
            #"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"{}"}}"#,
            #"{"type":"response.output_text.delta","delta":"{}","output_index":0,"content_index":0}"#,
        ]
        let deltas = shapes.flatMap { shape in pieces.map { shape.replacing("{}", with: $0) } }
        let whole = [#"{"a":"\#(secret)"}"#, #"{"b":"\#(escaped)"}"#, #"{"c":"\#(encoded)"}"#, secret]
        return ": \(secret)\n\n" + (deltas + whole).map { "data: \($0)\n\n" }.joined() + "data: [DONE]\n\n"
    }

    /// Cut into single bytes, odd pieces, in the middle of everything, or not at all.
    private static func frames(_ text: String, _ number: Int) -> [Frame] {
        let bytes = Array(text.utf8)
        let size = [1, 7, 64, 1000, bytes.count][number % 5]
        return stride(from: 0, to: bytes.count, by: size).map {
            Frame(gap: .milliseconds(1), bytes: ByteBuffer(bytes: bytes[$0..<min($0 + size, bytes.count)]))
        }
    }
}
