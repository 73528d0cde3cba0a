internal import HTTPTypes

/// Header fields as a list of names and values: order, letter case and bytes beyond UTF-8 survive.
enum FieldList {
    static func encode(_ fields: HTTPFields) -> [UInt8] {
        var writer = ByteWriter()
        for field in fields {
            writer.write(Array(field.name.rawName.utf8))
            field.withUnsafeBytesOfValue { writer.write($0) }
        }
        return writer.bytes
    }

    /// Nil if the bytes are no such list or hold what no header may hold.
    static func decode(_ bytes: [UInt8]) -> HTTPFields? {
        var reader = ByteReader(bytes)
        var fields = HTTPFields()
        while !reader.isAtEnd {
            guard let name = reader.text().flatMap({ HTTPField.Name(String(decoding: $0, as: UTF8.self)) }),
                let value = reader.text(), !value.contains(where: { [0x00, 0x0A, 0x0D].contains($0) })
            else { return nil }
            fields.append(HTTPField(name: name, lenientValue: value))
        }
        return fields
    }
}
