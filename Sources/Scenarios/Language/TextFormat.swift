internal import HTTPTypes
internal import OpenRouterAPI
internal import Tapes

/// How a string in a scenario file has to look.
enum TextFormat: Sendable, Hashable {
    case plain
    /// May hold templates such as `{{request.model}}`.
    case template
    /// A scenario's name; it stands in URLs and headers.
    case name
    /// A state's name.
    case state
    /// A name of ``EndpointTable``, or a path with `*`.
    case endpoint
    /// Text in which `*` stands for any characters.
    case glob
    case regex
    case pointer
    /// Which calls: `1..3`, `2..`.
    case calls
    case percent
    case duration
    /// Such as `2s`; without a fraction.
    case wholeSeconds
    /// Such as `64KiB`.
    case byteCount(ClosedRange<Int>)
    case headerName
    /// A provider's name, or a position.
    case attempt
    /// A model's glob, or a position.
    case modelAttempt
}

extension TextFormat {
    /// What is expected, in words for messages.
    var words: String {
        switch self {
        case .plain, .template: "a string"
        case .name: "a name"
        case .state: "the name of a state"
        case .endpoint: "an endpoint's name or a path"
        case .glob: "a name or a pattern with '*'"
        case .regex: "a regular expression"
        case .pointer: "a JSON pointer such as '/messages/0/role'"
        case .calls: "calls such as 2, 1..3 or 2.."
        case .percent: "a chance such as 10%"
        case .duration: "a duration such as 250ms or 2s"
        case .wholeSeconds: "whole seconds such as 2s"
        case .byteCount: "a number of bytes such as 512 or 64KiB"
        case .headerName: "the name of a header field"
        case .attempt: "a provider's name or a position"
        case .modelAttempt: "a model or a position"
        }
    }

    /// - Returns: what is wrong with a text, without a full stop unless there is a hint.
    func problems(in text: String) -> [String] {
        if self == .template { return Template.problems(in: text) }
        return problem(in: text).map { [$0] } ?? []
    }

    private func problem(in text: String) -> String? {
        switch self {
        case .plain, .template: return nil
        case .name:
            guard Self.isName(text) else {
                return "'\(text)' cannot be a name; expected up to 64 lowercase letters, digits, '-', '_' and '.', "
                    + "a letter or digit first, such as 'rate-limited'"
            }
        case .state, .glob:
            guard !text.isEmpty else { return "expected \(words), found an empty string" }
        case .endpoint:
            guard text.hasPrefix("/") || EndpointTable.words.contains(text) else {
                return "unknown endpoint '\(text)'." + NearestWord.hint(text, among: EndpointTable.words)
                    + ", or a path such as /models/*"
            }
        case .regex:
            if (try? Regex(text)) == nil { return "'\(text)' is no regular expression that can be read" }
        case .pointer:
            do { _ = try JSONPointer(text) } catch { return "'\(text)' is no JSON pointer; expected \(words)" }
        case .calls:
            guard CallRange(text) != nil else { return "'\(text)' does not say which calls; expected \(words)" }
        case .percent:
            guard Self.chance(text) != nil else {
                return "'\(text)' is no chance; expected a percentage from 0% to 100% such as 10%"
            }
        case .duration:
            guard Duration(text: text) != nil else {
                return "'\(text)' is no duration; expected numbers with us, ms, s, m, h or d, such as 250ms or 1h30m"
            }
        case .wholeSeconds:
            guard let duration = Duration(text: text), duration.components.attoseconds == 0 else {
                return "'\(text)' is no number of whole seconds, which is all that Retry-After can say; "
                    + "expected one such as 2s"
            }
        case .byteCount(let range):
            guard let count = Self.byteCount(text) else { return "'\(text)' is no size; expected \(words)" }
            guard range.contains(count) else {
                return "\(text) is out of range; expected \(range.lowerBound) to \(range.upperBound) bytes"
            }
        case .headerName:
            guard HTTPField.Name(text) != nil else { return "'\(text)' cannot be \(words)" }
        case .attempt, .modelAttempt:
            guard !text.isEmpty else { return "expected \(words), found an empty string" }
            if let wrong = AttemptSelector.misspelledPosition(text) { return wrong }
        }
        return nil
    }

    private static func isName(_ text: String) -> Bool {
        let isLetter = { (byte: UInt8) in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        }
        guard let first = text.utf8.first, text.utf8.count <= 64, isLetter(first) else { return false }
        return text.utf8.allSatisfy { isLetter($0) || "-_.".utf8.contains($0) }
    }

    /// From 0 to 1; nil for a text that is no percentage.
    static func chance(_ text: String) -> Double? {
        guard text.hasSuffix("%"), text.utf8.first.map({ (0x30...0x39).contains($0) }) == true,
            let value = Double(text.dropLast()), (0...100).contains(value)
        else { return nil }
        return value / 100
    }

    /// A whole number with `B`, `KiB`, `MiB`, or none; nil for anything else.
    static func byteCount(_ text: String) -> Int? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard let value = Int(digits) else { return nil }
        let unit: Int? =
            switch text[digits.endIndex...] {
            case "", "B": 1
            case "KiB": 1 << 10
            case "MiB": 1 << 20
            default: nil
            }
        guard let unit else { return nil }
        let (count, isTooLarge) = value.multipliedReportingOverflow(by: unit)
        return isTooLarge ? nil : count
    }
}
