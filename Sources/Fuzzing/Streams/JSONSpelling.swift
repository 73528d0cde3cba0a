internal import Faults
internal import OpenRouterAPI

/// How a JSON value is written where the grammar leaves a choice (RFC 8259).
struct JSONSpelling: Sendable, Hashable {
    /// Members in reverse order.
    var reversesMembers = false
    /// Blanks around colons and commas.
    var addsBlanks = false
    /// `\uXXXX` for everything outside ASCII; pairs for what is outside the basic plane.
    var escapesNonASCII = false
    /// `\/` for a slash.
    var escapesSlashes = false
    /// `1.785e9` for large whole numbers.
    var usesExponents = false

    func bytes(_ value: JSON) -> [UInt8] {
        var output: [UInt8] = []
        write(value, into: &output)
        return output
    }

    private func write(_ value: JSON, into output: inout [UInt8]) {
        switch value {
        case .object(let object):
            let members = reversesMembers ? object.members.reversed() : object.members
            list(members, "{", "}", into: &output) { member, output in
                write(string: member.key, into: &output)
                output += Array((addsBlanks ? " : " : ":").utf8)
                write(member.value, into: &output)
            }
        case .array(let elements):
            list(elements, "[", "]", into: &output) { write($0, into: &$1) }
        case .string(let string):
            write(string: string, into: &output)
        case .integer(let number) where usesExponents && number >= 1000:
            let digits = String(number)
            output += Array("\(digits.prefix(1)).\(digits.dropFirst())e\(digits.count - 1)".utf8)
        default:
            value.write(into: &output)
        }
    }

    private func list<Element>(
        _ elements: [Element],
        _ opening: String,
        _ closing: String,
        into output: inout [UInt8],
        _ write: (Element, inout [UInt8]) -> Void
    ) {
        output += Array((addsBlanks ? opening + " " : opening).utf8)
        for (index, element) in elements.enumerated() {
            if index > 0 { output += Array((addsBlanks ? " , " : ",").utf8) }
            write(element, &output)
        }
        output += Array((addsBlanks ? " " + closing : closing).utf8)
    }

    private func write(string: String, into output: inout [UInt8]) {
        let isPlain =
            !escapesNonASCII && !escapesSlashes && !string.unicodeScalars.contains { LoneSurrogate.codeUnit($0) != nil }
        guard !isPlain else { return JSON.write(string: string, into: &output) }
        output.append(UInt8(ascii: "\""))
        for scalar in string.unicodeScalars {
            if let unit = LoneSurrogate.codeUnit(scalar) {
                output += Self.escape(unit)
            } else if escapesNonASCII, !scalar.isASCII {
                for unit in String(scalar).utf16 { output += Self.escape(unit) }
            } else if escapesSlashes, scalar == "/" {
                output += Array("\\/".utf8)
            } else {
                var quoted: [UInt8] = []
                JSON.write(string: String(scalar), into: &quoted)
                output += quoted.dropFirst().dropLast()
            }
        }
        output.append(UInt8(ascii: "\""))
    }

    private static func escape(_ unit: UInt16) -> [UInt8] {
        let digits = String(unit, radix: 16)
        return Array(("\\u" + String(repeating: "0", count: 4 - digits.count) + digits).utf8)
    }
}

extension JSONSpelling {
    /// Offsets in a JSON text between two tokens, where white space, and so a line break, may stand.
    static func tokenBoundaries(in text: [UInt8]) -> [Int] {
        let tokens = JSONToken.scan(text) ?? []
        return tokens.filter { [.comma, .colon, .objectStart, .arrayStart].contains($0.kind) }.map(\.range.upperBound)
    }
}
