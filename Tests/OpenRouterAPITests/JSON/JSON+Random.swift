internal import OpenRouterAPI
internal import TestSupport

extension JSON {
    static func random(depth: Int, using random: inout SplitMix) -> JSON {
        switch Int.random(in: depth > 0 ? 0...9 : 4...9, using: &random) {
        case 0, 1:
            var object = JSONObject()
            for _ in 0..<Int.random(in: 0...5, using: &random) {
                let key = randomString(using: &random)
                object[key] = JSON.random(depth: depth - 1, using: &random)
            }
            return .object(object)
        case 2, 3:
            return .array(
                (0..<Int.random(in: 0...5, using: &random)).map { _ in .random(depth: depth - 1, using: &random) }
            )
        case 4: return .integer(Int.random(in: .min ... .max, using: &random) >> Int.random(in: 0...60, using: &random))
        case 5: return .number(Double(bitPattern: random.next()))
        case 6: return [.bool(true), .bool(false), .null][Int.random(in: 0...2, using: &random)]
        default: return .string(randomString(using: &random))
        }
    }

    static func randomString(using random: inout SplitMix) -> String {
        let alphabet: [Unicode.Scalar] = [
            "a", "b", "\"", "\\", "/", "\n", "\u{1}", "\u{7F}", "é", "€", "😀", "\u{FFFD}", "0", " ",
        ]
        var text = ""
        for _ in 0..<Int.random(in: 0...20, using: &random) {
            text.unicodeScalars.append(alphabet[Int.random(in: alphabet.indices, using: &random)])
        }
        return text
    }

    /// The same value with members in another order and everything spelled in another way.
    func respelled(using random: inout SplitMix) -> String {
        let space = [" ", "", "\n", "\t"][Int.random(in: 0...3, using: &random)]
        switch self {
        case .object(let object):
            let members = object.members.shuffled(using: &random).map {
                "\(JSON.string($0.key).respelled(using: &random)):\($0.value.respelled(using: &random))"
            }
            return "{\(members.joined(separator: "," + space))\(space)}"
        case .array(let elements):
            return "[\(space)\(elements.map { $0.respelled(using: &random) }.joined(separator: space + ","))]"
        case .string(let string):
            let units = string.utf16.map { unit in
                let hex = String(unit, radix: 16)
                return "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            }
            return "\"\(units.joined())\""
        case .integer(let integer) where integer != 0: return "\(integer)0.0e-1"
        default: return description
        }
    }
}
