/// A value is stored as its JSON text, so that nothing of it depends on what a coder knows of numbers and order.
extension JSONValue: Codable {
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(String(decoding: raw, as: UTF8.self))
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        do {
            self = try JSONDocument(parsing: text.utf8).root
        } catch {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "no JSON: \(error)")
        }
    }
}

extension JSON: Codable {
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(String(decoding: serialized(), as: UTF8.self))
    }

    package init(from decoder: any Decoder) throws {
        self.init(try JSONValue(from: decoder))
    }
}

extension JSONObject: Codable {
    package func encode(to encoder: any Encoder) throws {
        try JSON.object(self).encode(to: encoder)
    }

    package init(from decoder: any Decoder) throws {
        guard case .object(let object) = try JSON(from: decoder) else {
            throw DecodingError.dataCorrupted(
                DecodingError.Context(codingPath: decoder.codingPath, debugDescription: "no JSON object")
            )
        }
        self = object
    }
}
