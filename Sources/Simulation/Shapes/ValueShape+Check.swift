internal import OpenRouterAPI
internal import Tapes

extension ObjectShape {
    /// - Parameters:
    ///   - value: from a request.
    ///   - path: where the object stands in the request; empty for the whole body.
    /// - Throws: ``APIError`` 400 naming the first member that does not fit, what was expected and what came.
    func check(_ value: JSONValue, path: String = "") throws(APIError) {
        let reader = try FieldReader(value, path: path)
        for member in members {
            guard let found = value[member.name] else {
                guard member.isRequired else { continue }
                throw reader.invalid(member.name, expected: member.shape.phrase)
            }
            if found.isNull, member.isNullable { continue }
            try member.shape.check(found, path: reader.path(of: member.name))
        }
    }
}

extension ValueShape {
    /// - Throws: ``APIError`` 400 naming the first part that does not fit.
    func check(_ value: JSONValue, path: String) throws(APIError) {
        switch self {
        case .object(let shape):
            try shape.check(value, path: path)
        case .array(let element, let count):
            guard value.kind == .array, count.contains(value.count) else { throw mismatch(value, path) }
            for (index, item) in value.elements.enumerated() { try element.check(item, path: "\(path)[\(index)]") }
        case .map(let element):
            guard value.kind == .object else { throw mismatch(value, path) }
            for member in value.members { try element.check(member.value, path: "\(path).\(member.key)") }
        case .secret:
            guard value.string?.isEmpty == false else {
                throw .invalidField(path, expected: phrase, found: value.typeName)
            }
        case .string, .choice, .format, .integer, .number, .bool, .either, .anything:
            guard accepts(value) else { throw mismatch(value, path) }
        }
    }

    private func mismatch(_ value: JSONValue, _ path: String) -> APIError {
        .invalidField(path, expected: phrase, found: value.excerpt)
    }

    private func accepts(_ value: JSONValue) -> Bool {
        switch self {
        case .string(let length): value.string.map { length.contains($0.unicodeScalars.count) } ?? false
        case .choice(let choices): value.string.map(choices.contains) ?? false
        case .format(let form): value.string.map(form.accepts) ?? false
        case .integer(let range): value.int.map(range.contains) ?? false
        case .number(let range): value.double.map(range.contains) ?? false
        case .bool: value.kind == .bool
        case .either(let shapes): shapes.contains { $0.fits(value) }
        case .anything: true
        case .secret, .array, .object, .map: fits(value)
        }
    }

    private func fits(_ value: JSONValue) -> Bool {
        do throws(APIError) {
            try check(value, path: "")
            return true
        } catch {
            return false
        }
    }
}

extension StringForm {
    func accepts(_ text: String) -> Bool {
        switch self {
        case .uuid: Self.isUUID(text)
        case .utcTime: CivilTime.microseconds(rfc3339: text) != nil && Self.isUTC(text)
        case .date: text.utf8.count == 10 && CivilTime.microseconds(rfc3339: text + "T00:00:00Z") != nil
        case .uri: AbsoluteURL(text) != nil
        case .keyHash: text.utf8.count == 64 && text.utf8.allSatisfy { Self.isHexadecimal($0) }
        case .slug: Self.isSlug(text)
        case .sentryDSN: text.wholeMatch(of: #/https://[^:@]+(:[^@]*)?@[^/]+(/[^/]+)*/\d+/?/#) != nil
        case .snowflakeAccount:
            text.utf8.count <= 255 && text.wholeMatch(of: /[a-zA-Z0-9_]+([.\-][a-zA-Z0-9_]+)*/) != nil
        }
    }

    private static func isUTC(_ text: String) -> Bool {
        text.hasSuffix("Z") || text.hasSuffix("z") || text.hasSuffix("+00:00") || text.hasSuffix("-00:00")
    }

    private static func isUUID(_ text: String) -> Bool {
        let groups = text.lowercased().utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        return groups.map(\.count) == [8, 4, 4, 4, 12] && groups.joined().allSatisfy { isHexadecimal($0) }
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }

    private static func isSlug(_ text: String) -> Bool {
        let words = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        return words.allSatisfy { word in
            !word.isEmpty
                && word.allSatisfy { byte in
                    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                        || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                }
        }
    }
}
