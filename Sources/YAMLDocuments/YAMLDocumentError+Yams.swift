internal import OpenRouterAPI
internal import Yams

extension YAMLDocumentError {
    /// Says in our form what Yams says.
    init(_ error: any Error, file: String) {
        self.init(file: file, position: JSONPosition(line: 1, column: 1), message: "")
        switch error {
        case YamlError.scanner(let context, let problem, let mark, _),
            YamlError.parser(let context, let problem, let mark, _),
            YamlError.composer(let context, let problem, let mark, _):
            position = JSONPosition(mark)
            message = Self.words(problem) + Self.text(of: context, at: mark) + Self.advice(problem)
        case YamlError.reader(let problem, let offset, let value, let text):
            position = Self.position(ofCharacter: offset ?? 0, in: text)
            let character = value > 0 ? " (U+" + String(value, radix: 16, uppercase: true) + ")" : ""
            message = problem + character
        case YamlError.duplicatedKeysInMapping(let keys, let context):
            position = JSONPosition(context.mark)
            message = "the key '\(keys.first ?? "")' occurs again in this mapping; expected each key once"
        default:
            message = "\(error)"
        }
    }

    /// libyaml's words; one of them goes on with a sentence that was begun elsewhere.
    private static func words(_ problem: String) -> String {
        problem == "but found another document" ? "found another document" : problem
    }

    /// What to do about the commonest mistakes, after libyaml's own words.
    private static func advice(_ problem: String) -> String {
        switch problem {
        case "found character that cannot start any token":
            "; expected a value. Indent with spaces, not tabs, and quote text that begins with @, ` or %"
        case "found a tab character that violates indentation":
            "; indent with spaces, not tabs"
        case "mapping values are not allowed in this context":
            "; quote text that holds ': ', and check the indentation"
        case "found undefined alias":
            "; expected an anchor, &name, before it"
        case "but found another document":
            "; expected a single one in the file"
        default:
            ""
        }
    }

    private static func text(of context: YamlError.Context?, at mark: Mark) -> String {
        guard let context, context.text != "expected a single document in the stream" else { return "" }
        guard context.mark.line != mark.line, context.mark.line > 0 else { return " \(context.text)" }
        return " \(context.text) that begins in line \(context.mark.line)"
    }

    /// Yams counts the offset in characters.
    private static func position(ofCharacter offset: Int, in text: String) -> JSONPosition {
        let before = text.prefix(offset).unicodeScalars
        let line = before.count { $0 == "\n" } + 1
        let lineStart = before.lastIndex(of: "\n").map { before.index(after: $0) } ?? before.startIndex
        return JSONPosition(line: line, column: before.distance(from: lineStart, to: before.endIndex) + 1)
    }
}
