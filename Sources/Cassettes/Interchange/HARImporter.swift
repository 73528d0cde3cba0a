internal import HTTPTypes
internal import NIOCore
internal import OpenRouterAPI
internal import Tapes
internal import YAMLDocuments

/// Reads HTTP Archives (HAR 1.2, w3c.github.io/web-performance/specs/HAR/Overview.html), those of mitmproxy and of
/// browsers included.
struct HARImporter {
    private let file: TextFile
    private var recordings = ImportedRecordings()

    private init(file: TextFile) {
        self.file = file
    }

    static func recordings(in file: TextFile) throws(YAMLDocumentError) -> ImportedRecordings {
        var importer = HARImporter(file: file)
        let log = try file.required("log", of: file.document.root)
        for node in try file.elements(try file.required("entries", of: log)) {
            try importer.read(node)
        }
        return importer.recordings
    }

    private mutating func read(_ node: YAMLNode) throws(YAMLDocumentError) {
        let started = try file.required("startedDateTime", of: node)
        guard let recordedAt = Timestamp.microseconds(try file.text(started)) else {
            throw file.error(started, "expected a time such as 2026-09-21T14:13:20.000Z")
        }
        let request = try file.required("request", of: node)
        let url = ForeignURL(try file.text(try file.required("url", of: request)))
        let (tape, completion) = try answer(node)
        recordings.interactions.append(
            ImportedInteraction(
                interaction: Interaction(
                    request: try self.request(request, url),
                    tape: tape,
                    recordedAt: recordedAt,
                    completion: completion
                ),
                upstream: url.base
            )
        )
    }

    private mutating func request(_ node: YAMLNode, _ url: ForeignURL) throws(YAMLDocumentError) -> Request {
        let method = try file.required("method", of: node)
        guard let parsed = HTTPRequest.Method(rawValue: try file.text(method)) else {
            throw file.error(method, "expected a method such as POST")
        }
        var body: [UInt8] = []
        if let data = node["postData"] {
            let text = try data["text"].map(file.text) ?? ""
            let size = integer(node["bodySize"])
            body =
                data["encoding"]?.string == "base64" ? Base64.decoded(text) ?? [] : Self.bytes(of: text, counts: [size])
            if let params = data["params"], !params.elements.isEmpty, text.isEmpty {
                recordings.lose("a form without its text: the request has no body")
            }
            if let size, size > 0, size != body.count {
                recordings.lose("the text of a request's body is not what was sent: other bytes were sent")
            }
        }
        return Request(
            method: parsed,
            target: url.target,
            fields: try fields(node["headers"]),
            body: ByteBuffer(bytes: body)
        )
    }

    private mutating func answer(_ entry: YAMLNode) throws(YAMLDocumentError) -> (Tape, Interaction.Completion) {
        let response = try file.required("response", of: entry)
        let code = try file.integer(try file.required("status", of: response), in: 0...999)
        let headGap = milliseconds(entry["timings"]?["wait"])
        guard code >= 100 else {
            recordings.lose("an answer that did not come: kept as one that was reset, not replayed unless asked")
            let tape = Tape(headGap: headGap, head: nil, ending: .reset, origin: .server)
            return (tape, .interrupted)
        }
        let content = response["content"]
        let text = try content?["text"].map(file.text) ?? ""
        let size = integer(content?["size"])
        // `size` is meant to be that of the decoded body; mitmproxy writes the one on the wire.
        let savings = integer(content?["compression"]) ?? 0
        var body = Self.bytes(of: text, counts: [size, size.map { $0 + savings }])
        if content?["encoding"]?.string == "base64" {
            guard let bytes = Base64.decoded(text) else {
                throw file.error(content?["text"] ?? response, "this is no base64; expected the letters of RFC 4648")
            }
            body = bytes
        }
        if body.isEmpty, let size, size > 0 {
            recordings.lose("a body that the file leaves out: the answer is empty")
        }
        let answer = ForeignAnswer(
            version: try version(response),
            status: HTTPResponse.Status(code: code, reasonPhrase: try response["statusText"].map(file.text) ?? ""),
            fields: try fields(response["headers"]),
            body: body,
            headGap: headGap,
            bodyGap: milliseconds(entry["timings"]?["receive"])
        )
        return (answer.tape(&recordings), .finished)
    }

    /// The bytes that a text stands for.
    ///
    /// mitmproxy reads a body whose type names no charset as Latin-1, streams of events and sound too, and writes it
    /// as text (observed with the version that made our fixture): its characters are the bytes where their number is
    /// the size and UTF-8 would have another one.
    private static func bytes(of text: String, counts: [Int?]) -> [UInt8] {
        let scalars = text.unicodeScalars
        guard !counts.contains(text.utf8.count), counts.contains(scalars.count),
            scalars.allSatisfy({ $0.value <= 0xFF })
        else { return Array(text.utf8) }
        return scalars.map { UInt8(truncatingIfNeeded: $0.value) }
    }

    private func integer(_ node: YAMLNode?) -> Int? {
        if case .integer(let number)? = node?.scalar?.value { number } else { nil }
    }

    /// `HTTP/1.1` and the like; browsers also write `h2` and `h3`.
    private func version(_ response: YAMLNode) throws(YAMLDocumentError) -> ResponseHead.Version {
        switch try response["httpVersion"].map(file.text)?.lowercased() ?? "" {
        case "http/1.0": .http10
        case "http/2", "http/2.0", "h2", "http/3", "h3": .http2
        default: .http11
        }
    }

    /// A number of milliseconds; zero for -1, which stands for what does not apply, and for anything else.
    private func milliseconds(_ node: YAMLNode?) -> Duration {
        guard let text = node?.scalar?.text, let number = Double(text), number > 0, number < 1e12 else { return .zero }
        return .microseconds(Int64(number * 1_000))
    }

    private func fields(_ node: YAMLNode?) throws(YAMLDocumentError) -> HTTPFields {
        var fields = HTTPFields()
        for element in try node.map(file.elements) ?? [] {
            let name = try file.text(try file.required("name", of: element))
            // Browsers list the pseudo fields of HTTP/2 as well.
            if name.utf8.first == UInt8(ascii: ":") { continue }
            let value = try file.required("value", of: element)
            guard let parsed = HTTPField.Name(name) else {
                throw file.error(element, "'\(name)' is no name of a header")
            }
            let bytes = Array(try file.text(value).utf8)
            guard !bytes.contains(where: { [0x00, 0x0A, 0x0D].contains($0) }) else {
                throw file.error(value, "a header holds no line breaks; put the value on one line")
            }
            fields.append(HTTPField(name: parsed, lenientValue: bytes))
        }
        return fields
    }
}
