internal import HTTPTypes
internal import NIOCore
internal import OpenRouterAPI
package import Tapes
internal import YAMLDocuments

/// A recording that came from outside: what it was before a ``Redactor`` looks at it.
package struct ImportedInteraction: Sendable {
    package var interaction: Interaction
    package var upstream: String?
    /// The fingerprint that a text states, which an edited request no longer has.
    package var statedFingerprint: String?
}

/// Reads what ``InteractionText`` wrote and people may have edited.
struct InteractionTextReader {
    fileprivate let file: TextFile

    /// - Throws: ``YAMLDocumentError`` at the first place that cannot be.
    static func interaction(in file: TextFile) throws(YAMLDocumentError) -> ImportedInteraction {
        try InteractionTextReader(file: file).interaction()
    }

    private func interaction() throws(YAMLDocumentError) -> ImportedInteraction {
        let root = file.document.root
        _ = try file.entries(
            root,
            known: ["format", "fingerprint", "recorded_at", "completion", "upstream", "request", "response"]
        )
        let format = try file.required("format", of: root)
        guard format.scalar?.value == .integer(InteractionText.format) else {
            throw file.error(
                format,
                "this build reads format \(InteractionText.format) of recordings; update openrouter-sim"
            )
        }
        let moment = try file.required("recorded_at", of: root)
        guard let recordedAt = Timestamp.microseconds(try file.text(moment)) else {
            throw file.error(moment, "expected a time such as 2026-09-21T14:13:20.000125Z")
        }
        let interaction = Interaction(
            request: try request(try file.required("request", of: root)),
            tape: try tape(try file.required("response", of: root)),
            recordedAt: recordedAt,
            completion: try file.choice(
                try file.required("completion", of: root),
                of: Interaction.Completion.self
            )
        )
        return ImportedInteraction(
            interaction: interaction,
            upstream: try text(root["upstream"]),
            statedFingerprint: try text(root["fingerprint"])
        )
    }

    private func request(_ node: YAMLNode) throws(YAMLDocumentError) -> Request {
        _ = try file.entries(node, known: ["method", "target", "headers", "body"])
        let method = try file.required("method", of: node)
        guard let parsed = HTTPRequest.Method(rawValue: try file.text(method)) else {
            throw file.error(method, "expected a method such as POST")
        }
        let target = try file.required("target", of: node)
        let raw = try file.text(target)
        guard RequestTarget(raw).raw == raw, raw.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
            throw file.error(target, "expected a path such as /api/v1/chat/completions, with its query if there is one")
        }
        var body = ByteBuffer()
        if let content = node["body"] {
            let entries = try file.entries(content, known: ContentText.keys)
            guard entries.count == 1 else {
                throw file.error(content, "expected one of \(ContentText.keys.joined(separator: ", "))")
            }
            body = ByteBuffer(bytes: try ContentText.bytes(entries[0].key, entries[0].value, in: file))
        }
        return Request(
            method: parsed,
            target: RequestTarget(raw),
            fields: try fields(node["headers"]),
            body: body
        )
    }

    private func tape(_ node: YAMLNode) throws(YAMLDocumentError) -> Tape {
        _ = try file.entries(
            node,
            known: [
                "head_at", "version", "status", "reason", "headers", "frames", "trailers", "ending", "ending_at",
            ]
        )
        var clock = GapReader(file: file)
        let headGap = try clock.gap(before: try file.required("head_at", of: node))
        var frames: [Frame] = []
        for element in try node["frames"].map(file.elements) ?? [] {
            frames.append(try frame(element, &clock))
        }
        return Tape(
            headGap: headGap,
            head: try head(node),
            frames: frames,
            trailers: try fields(node["trailers"]),
            endingGap: try clock.gap(before: try file.required("ending_at", of: node)),
            ending: try file.choice(try file.required("ending", of: node), of: Ending.self),
            // A cassette gives it the place where it is stored.
            origin: .server
        )
    }

    private func head(_ node: YAMLNode) throws(YAMLDocumentError) -> ResponseHead? {
        guard let status = node["status"] else {
            for key in ["version", "reason", "headers"] {
                guard let value = node[key] else { continue }
                throw file.error(value, "a '\(key)' without a status; add one, or drop it for an answer without a head")
            }
            return nil
        }
        let code = try file.integer(status, in: 0...999)
        var version = ResponseHead.Version.http11
        if let node = node["version"] {
            guard let named = ResponseHead.Version(rawValue: try file.text(node)) else {
                throw file.error(node, "expected a version of HTTP: '1.0', '1.1' or '2'")
            }
            version = named
        }
        let reason = try text(node["reason"]) ?? ""
        guard reason.utf8.allSatisfy({ $0 >= 0x20 || $0 == 0x09 }) else {
            throw file.error(node["reason"] ?? node, "expected a reason phrase on one line")
        }
        return ResponseHead(
            version: version,
            status: HTTPResponse.Status(code: code, reasonPhrase: reason),
            fields: try fields(node["headers"])
        )
    }

    private func frame(_ node: YAMLNode, _ clock: inout GapReader) throws(YAMLDocumentError) -> Frame {
        let contents = ["event", "events"] + ContentText.keys
        let entries = try file.entries(node, known: ["at", "chunk"] + contents)
        let held = entries.filter { contents.contains($0.key) }
        guard held.count <= 1 else {
            throw file.error(held[1].keyPosition, "a frame has one content; drop '\(held[0].key)' or '\(held[1].key)'")
        }
        var bytes: [UInt8] = []
        if let entry = held.first {
            bytes =
                switch entry.key {
                case "event": EventTexts(events: [try event(entry.value)]).bytes
                case "events": try events(entry.value).bytes
                default: try ContentText.bytes(entry.key, entry.value, in: file)
                }
        }
        var chunk = Frame.Chunk.whole
        if let node = node["chunk"] {
            chunk = try file.text(node) == "rest" ? .rest : .start(byteCount: try chunkSize(node))
        }
        let gap = try clock.gap(before: try file.required("at", of: node))
        return Frame(gap: gap, bytes: ByteBuffer(bytes: bytes), chunk: chunk)
    }

    private func chunkSize(_ node: YAMLNode) throws(YAMLDocumentError) -> Int {
        guard case .integer(let count)? = node.scalar?.value, (0...Int(UInt32.max) - 2).contains(count) else {
            throw file.error(node, "expected 'rest', or the number of bytes of the chunk that begins here")
        }
        return count
    }

    private func events(_ node: YAMLNode) throws(YAMLDocumentError) -> EventTexts {
        var events: [[String]] = []
        for element in try file.elements(node) { events.append(try event(element)) }
        return EventTexts(events: events)
    }

    private func event(_ node: YAMLNode) throws(YAMLDocumentError) -> [String] {
        guard case .sequence(let elements) = node.content else { return [try file.text(node)] }
        var lines: [String] = []
        for element in elements { lines.append(try file.text(element)) }
        return lines
    }

    private func fields(_ node: YAMLNode?) throws(YAMLDocumentError) -> HTTPFields {
        var fields = HTTPFields()
        for element in try node.map(file.elements) ?? [] {
            let (name, nameNode, value) = try pair(element)
            guard let parsed = HTTPField.Name(name) else {
                throw file.error(nameNode, "'\(name)' is no name of a header; expected letters, digits and hyphens")
            }
            let bytes: [UInt8]
            if let base64 = value["base64"] {
                bytes = try ContentText.bytes("base64", base64, in: file)
            } else {
                bytes = Array(try file.text(value).utf8)
            }
            guard !bytes.contains(where: { [0x00, 0x0A, 0x0D].contains($0) }) else {
                throw file.error(value, "a header holds no line breaks; put the value on one line")
            }
            fields.append(HTTPField(name: parsed, lenientValue: bytes))
        }
        return fields
    }

    private func pair(_ node: YAMLNode) throws(YAMLDocumentError) -> (String, JSONPosition, YAMLNode) {
        if node.entries.count == 1 {
            let entry = node.entries[0]
            return (entry.key, entry.keyPosition, entry.value)
        }
        guard node.elements.count == 2 else {
            throw file.error(
                node,
                "found \(node.kindInWords); expected one header, such as '- content-type: text/plain'"
            )
        }
        return (try file.text(node.elements[0]), node.elements[0].position, node.elements[1])
    }

    private func text(_ node: YAMLNode?) throws(YAMLDocumentError) -> String? {
        try node.map(file.text)
    }
}

/// Makes gaps of offsets.
private struct GapReader {
    let file: TextFile
    private var last = 0

    init(file: TextFile) {
        self.file = file
    }

    mutating func gap(before node: YAMLNode) throws(YAMLDocumentError) -> Duration {
        let offset = try file.integer(node, in: 0...Int.max)
        guard offset >= last else {
            throw file.error(node, "\(offset) is before \(last), where the one before it stands; expected no less")
        }
        guard offset - last <= Int(CassetteFormat.gapLimit) else {
            throw file.error(node, "the gap before this is longer than a century; expected microseconds")
        }
        defer { last = offset }
        return .microseconds(Int64(offset - last))
    }
}
