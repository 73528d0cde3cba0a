internal import HTTPTypes
internal import NIOCore
internal import OpenRouterAPI
internal import Tapes

/// What stays the same in an answer when only its values change: status, media type, ending, and which members of
/// which types its JSON has.
///
/// The events of a stream are taken together: how many there are, and how a text is cut, are values.
struct AnswerShape: Hashable {
    private var status: Int?
    private var mediaType: String?
    private var ending: Ending
    /// Pointers with `*` for places in arrays, each with its types; empty for a body that is no JSON.
    private(set) var members: Set<String> = []

    init(_ tape: Tape) {
        status = tape.head?.status.code
        mediaType = tape.head?.mediaType
        ending = tape.ending
        for document in Self.documents(in: tape) { add(document.root, at: "") }
    }

    /// The JSON of an answer: the body's, or that of each event's data.
    static func documents(in tape: Tape) -> [JSONDocument] {
        let body = Array(tape.body.readableBytesView)
        guard tape.head?.mediaType == "text/event-stream" else {
            return (try? JSONDocument(parsing: body)).map { [$0] } ?? []
        }
        return body.split(separator: UInt8(ascii: "\n")).compactMap { line in
            guard line.starts(with: "data:".utf8) else { return nil }
            return try? JSONDocument(parsing: Array(line.dropFirst(5)))
        }
    }

    private mutating func add(_ value: JSONValue, at pointer: String) {
        members.insert("\(pointer.isEmpty ? "/" : pointer) \(value.typeName)")
        switch value.kind {
        case .object: for (key, member) in value.members { add(member, at: pointer + "/" + key) }
        case .array: for element in value.elements { add(element, at: pointer + "/*") }
        default: break
        }
    }

    /// What differs, a line each; empty for equal shapes.
    func differences(to other: AnswerShape) -> [String] {
        var lines: [String] = []
        if status != other.status { lines.append("status: \(Self.text(status)) → \(Self.text(other.status))") }
        if mediaType != other.mediaType {
            lines.append("content-type: \(mediaType ?? "none") → \(other.mediaType ?? "none")")
        }
        if ending != other.ending { lines.append("ending: \(ending.rawValue) → \(other.ending.rawValue)") }
        lines += members.subtracting(other.members).sorted().map { "- \($0)" }
        lines += other.members.subtracting(members).sorted().map { "+ \($0)" }
        return lines
    }

    private static func text(_ status: Int?) -> String {
        status.map(String.init) ?? "no head"
    }
}
