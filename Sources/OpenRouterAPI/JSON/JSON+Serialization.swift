extension JSON {
    /// The compact form in UTF-8, byte for byte what `JSON.stringify` writes.
    package func serialized() -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(512)
        write(into: &output)
        return output
    }

    /// Appends the compact form.
    package func write(into output: inout [UInt8]) {
        switch self {
        case .object(let object): object.write(into: &output)
        case .array(let elements):
            output.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 {
                    output.append(UInt8(ascii: ","))
                }
                element.write(into: &output)
            }
            output.append(UInt8(ascii: "]"))
        case .string(let string): Self.write(string: string, into: &output)
        case .integer(let digit) where (0...9).contains(digit): output.append(UInt8(ascii: "0") + UInt8(digit))
        case .integer(let integer): output.append(contentsOf: String(integer).utf8)
        case .number(let number): Self.write(number: number, into: &output)
        case .decimal(let text): output.append(contentsOf: text.utf8)
        case .bool(let bool): output.append(contentsOf: (bool ? "true" : "false").utf8)
        case .null: output.append(contentsOf: "null".utf8)
        }
    }

    /// Appends a string with quotes, escaped as `JSON.stringify` does (ECMA-262, QuoteJSONString): quote, backslash and
    /// control characters, with the two-letter escape where there is one.
    ///
    /// All else stays literal.
    package static func write(string: String, into output: inout [UInt8]) {
        var string = string
        string.withUTF8 { JSONEscapes.appendQuoted($0, to: &output) }
    }
}

extension JSONObject {
    /// Appends the compact form.
    package func write(into output: inout [UInt8]) {
        output.append(UInt8(ascii: "{"))
        for (index, member) in members.enumerated() {
            if index > 0 {
                output.append(UInt8(ascii: ","))
            }
            JSON.write(string: member.key, into: &output)
            output.append(UInt8(ascii: ":"))
            member.value.write(into: &output)
        }
        output.append(UInt8(ascii: "}"))
    }

    /// The compact form in UTF-8.
    package func serialized() -> [UInt8] {
        JSON.object(self).serialized()
    }
}

extension JSON: CustomStringConvertible {
    /// The compact form.
    package var description: String {
        String(decoding: serialized(), as: UTF8.self)
    }
}
