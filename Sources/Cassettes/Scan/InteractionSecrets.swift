internal import HTTPTypes
internal import NIOCore
internal import OpenRouterAPI
internal import Tapes

/// The secrets of a recording, with the part of it that each is in, such as `answer body /choices/0/message/content`.
struct InteractionSecrets {
    private(set) var found: [(part: String, edit: RedactionEdit)] = []

    init(in stored: StoredInteraction, _ redactor: Redactor) {
        let request = stored.interaction.request
        let tape = stored.interaction.tape
        var search = redactor.search(request)
        search.credentials.add(in: tape.head?.fields ?? [:])
        var parts = [
            Part(name: "target", bytes: Array(request.target.raw.utf8), syntax: .pairs),
            Part(name: "request body", bytes: Array(request.body.readableBytesView), syntax: .init(of: request)),
        ]
        parts += request.fields.filter { !SecretName.isCredentialField($0.name.canonicalName) }.map {
            Part(name: "request field \($0.name.rawName)", field: $0)
        }
        let answerFields = (tape.head.map { Array($0.fields) } ?? []) + Array(tape.trailers)
        parts += answerFields.filter { !SecretName.isCredentialField($0.name.canonicalName) }.map {
            Part(name: "answer field \($0.name.rawName)", field: $0)
        }
        let decompressed = (try? tape.decompressed()).map { ByteBuffer(bytes: $0.bytes) }
        let body = decompressed ?? tape.body
        parts += [
            Part(name: "reason phrase", bytes: Array((tape.head?.status.reasonPhrase ?? "").utf8), syntax: .any),
            Part(
                name: "answer body",
                bytes: Array(body.readableBytesView),
                syntax: .init(of: tape, body.readableBytesView)
            ),
            Part(name: "upstream", bytes: Array((stored.upstream ?? "").utf8), syntax: .pairs),
        ]
        var edits = parts.map { $0.edits(search) }
        if search.learn() { edits = zip(edits, parts).map { $0 + $1.edits(search) } }
        found = zip(parts, edits).flatMap { part, edits in
            edits.outermost.map { (part.place(of: $0.range.lowerBound), $0) }
        }
        found += Self.credentials("request field", Array(request.fields))
        found += Self.credentials("answer field", answerFields)
    }

    /// Fields that are nothing but secrets.
    private static func credentials(
        _ name: String,
        _ fields: [HTTPField]
    ) -> [(part: String, edit: RedactionEdit)] {
        fields.filter { SecretName.isCredentialField($0.name.canonicalName) }.compactMap { field in
            let value = Array(field.value.utf8)
            let isDone = value.withUnsafeBufferPointer { Placeholder.matches($0, 0..<$0.count) }
            if isDone { return nil }
            let edit = RedactionEdit(replacing: 0..<value.count, secret: value, kind: "credential field")
            return ("\(name) \(field.name.rawName)", edit)
        }
    }
}

/// A text of a recording.
private struct Part {
    let name: String
    let bytes: [UInt8]
    let syntax: SecretSearch.Syntax

    func edits(_ search: SecretSearch) -> [RedactionEdit] {
        var text = bytes
        return search.edits(of: &text, syntax: syntax)
    }

    /// The name, and in a body the JSON pointer to the value.
    func place(of offset: Int) -> String {
        switch syntax {
        case .document:
            return Self.pointer(to: offset, in: bytes).map { "\(name) \($0)" } ?? name
        case .events:
            let lines = EventData.ranges(in: bytes)
            guard let index = lines.firstIndex(where: { $0.contains(offset) }) else { return name }
            let line = lines[index]
            let pointer = Self.pointer(to: offset - line.lowerBound, in: Array(bytes[line]))
            return "\(name) event \(index + 1)" + (pointer.map { " \($0)" } ?? "")
        case .any, .file, .pairs, .parts: return name
        }
    }

    private static func pointer(to offset: Int, in bytes: [UInt8]) -> JSONPointer? {
        guard let document = try? JSONDocument(parsing: bytes) else { return nil }
        var pointer = JSONPointer()
        var value = document.root
        search: while true {
            switch value.kind {
            case .object:
                guard let member = value.members.first(where: { $0.value.raw.indices.contains(offset) }) else {
                    break search
                }
                pointer.append(member.key)
                value = member.value
            case .array:
                let elements = Array(value.elements)
                guard let index = elements.firstIndex(where: { $0.raw.indices.contains(offset) }) else { break search }
                pointer.append(index)
                value = elements[index]
            case .string, .number, .bool, .null: break search
            }
        }
        return pointer
    }
}

extension Part {
    init(name: String, field: HTTPField) {
        let isURL = RedactedFields.isURL(field.name.canonicalName)
        self.init(
            name: name,
            bytes: field.withUnsafeBytesOfValue { Array($0) },
            syntax: isURL ? .pairs : .any
        )
    }
}
