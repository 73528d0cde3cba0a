extension JSON {
    /// The form for people: two spaces for each level, one member or element a line, order kept, no final line feed.
    ///
    /// As `JSON.stringify(value, null, 2)` writes it; empty containers stay on their line.
    package func pretty() -> String {
        var output: [UInt8] = []
        writePretty(into: &output, level: 0)
        return String(decoding: output, as: UTF8.self)
    }

    private func writePretty(into output: inout [UInt8], level: Int) {
        switch self {
        case .object(let object) where !object.isEmpty:
            output.append(UInt8(ascii: "{"))
            for (index, member) in object.members.enumerated() {
                Self.startLine(index > 0, level: level + 1, in: &output)
                Self.write(string: member.key, into: &output)
                output.append(contentsOf: ": ".utf8)
                member.value.writePretty(into: &output, level: level + 1)
            }
            Self.startLine(false, level: level, in: &output)
            output.append(UInt8(ascii: "}"))
        case .array(let elements) where !elements.isEmpty:
            output.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                Self.startLine(index > 0, level: level + 1, in: &output)
                element.writePretty(into: &output, level: level + 1)
            }
            Self.startLine(false, level: level, in: &output)
            output.append(UInt8(ascii: "]"))
        default:
            write(into: &output)
        }
    }

    private static func startLine(_ afterComma: Bool, level: Int, in output: inout [UInt8]) {
        if afterComma {
            output.append(UInt8(ascii: ","))
        }
        output.append(UInt8(ascii: "\n"))
        output.append(contentsOf: repeatElement(UInt8(ascii: " "), count: level * 2))
    }
}
