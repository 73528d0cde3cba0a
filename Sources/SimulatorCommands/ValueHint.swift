internal import Foundation
internal import OpenRouterAPI

/// The nearest of the values that an option takes, which ArgumentParser lists and does not compare.
enum ValueHint {
    /// - Parameter message: an error such as `The value 'closed' is invalid for '--auth <auth>'. Please provide one of
    ///   'open' and 'strict'.`, or any other one.
    /// - Returns: the message with `Did you mean` before the list, or as it is where no value is near.
    static func added(to message: String) -> String {
        guard message.hasPrefix("The value '"), let list = message.range(of: "Please provide one of"),
            let value = quoted(message[..<list.lowerBound]).first,
            let nearest = NearestWord.to(value, among: quoted(firstLine(of: message[list.upperBound...])))
        else { return message }
        return message[..<list.lowerBound] + "Did you mean '\(nearest)'? " + message[list.lowerBound...]
    }

    private static func firstLine(of text: Substring) -> Substring {
        text.prefix { !$0.isNewline }
    }

    /// What stands between single quotes.
    private static func quoted(_ text: Substring) -> [String] {
        text.split(separator: "'", omittingEmptySubsequences: false).enumerated().compactMap { offset, part in
            offset.isMultiple(of: 2) ? nil : String(part)
        }
    }
}
