internal import HTTPTypes
internal import OpenRouterAPI
internal import Tapes

/// Text with places that are filled in from the request.
///
/// Such as `{{request.model}}`; `\{{` stands for `{{` itself.
struct Template: Sendable, Hashable {
    enum Piece: Sendable, Hashable {
        case literal(String)
        case variable(Variable)
    }

    /// What can be filled in.
    enum Variable: Sendable, Hashable {
        case model
        case lastMessage
        case method
        case path
        case json(JSONPointer)
        case header(String)
        case seededUUID
        case call
        case unixSeconds
        case unixMilliseconds
        case nextMinute
        case nextMidnight
    }

    private struct Problem: Error {
        var message: String
    }

    let pieces: [Piece]
    /// Unknown variables, bad pointers, and a `{{` that is not closed.
    let problems: [String]

    /// The variables' names, in the order of the documentation; of the last two kinds, with an example.
    static let words = fixed.map(\.name) + ["request.json./pointer", "request.header.name"]

    private static let fixed: [(name: String, variable: Variable)] = [
        ("request.model", .model), ("request.last_message", .lastMessage), ("request.method", .method),
        ("request.path", .path), ("seeded.uuid", .seededUUID), ("call", .call), ("clock.seconds", .unixSeconds),
        ("clock.milliseconds", .unixMilliseconds), ("clock.next_minute", .nextMinute),
        ("clock.next_midnight", .nextMidnight),
    ]

    /// What is no template in a text stays as it is there, and is in ``problems``.
    init(_ text: String) {
        var pieces: [Piece] = []
        var problems: [String] = []
        var literal = ""
        var rest = text[...]
        while let start = rest.firstRange(of: "{{") {
            literal += rest[..<start.lowerBound]
            rest = rest[start.upperBound...]
            if literal.last == "\\" {
                literal.removeLast()
                literal += "{{"
                continue
            }
            guard let end = rest.firstRange(of: "}}") else {
                problems.append("'{{' is never closed; expected '}}' after it, or '\\{{' for the braces themselves")
                literal += "{{"
                break
            }
            do throws(Problem) {
                let variable = try Self.variable(Self.trimmed(rest[..<end.lowerBound]))
                pieces += [.literal(literal), .variable(variable)]
                literal = ""
            } catch {
                problems.append(error.message)
                literal += "{{" + rest[..<end.upperBound]
            }
            rest = rest[end.upperBound...]
        }
        pieces.append(.literal(literal + rest))
        self.pieces = pieces
        self.problems = problems
    }

    /// What is wrong with a text; empty when it is a template, or has none in it.
    static func problems(in text: String) -> [String] {
        text.contains("{{") ? Template(text).problems : []
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return String(text)
    }

    private static func variable(_ name: String) throws(Problem) -> Variable {
        if let known = fixed.first(where: { $0.name == name }) { return known.variable }
        if name.hasPrefix("request.json.") {
            let text = name.dropFirst("request.json.".count)
            guard let pointer = try? JSONPointer(text) else {
                throw Problem(message: "'\(text)' in '{{\(name)}}' is no JSON pointer; expected one such as '/user'")
            }
            return .json(pointer)
        }
        if name.hasPrefix("request.header.") {
            let header = String(name.dropFirst("request.header.".count))
            guard HTTPField.Name(header) != nil else {
                throw Problem(message: "'\(header)' in '{{\(name)}}' cannot be the name of a header field")
            }
            return .header(header)
        }
        throw Problem(message: "unknown variable '\(name)'." + NearestWord.hint(name, among: words))
    }
}
