internal import OpenRouterAPI

/// Credentials in lists of header fields, as files of other tools have them.
///
/// ```
/// {"name":"X-Api-Key","value":"…"}        HAR
/// x-api-key:                              vcrpy
/// - …
/// ```
enum FieldListSecrets {
    private static let kind = "credential field"
    private static let minimumCount = 4

    static func matches(in bytes: [UInt8]) -> [SecretMatch] {
        if let document = try? JSONDocument(parsing: bytes) {
            var matches: [SecretMatch] = []
            collect(document.root, &matches)
            return matches
        }
        return lists(in: bytes)
    }

    private static func collect(_ value: JSONValue, _ matches: inout [SecretMatch]) {
        switch value.kind {
        case .object:
            if let name = value["name"]?.string, SecretName.isCredentialField(name.lowercased()),
                let secret = value["value"], secret.kind == .string
            {
                let raw = secret.raw
                add(raw.startIndex + 1..<raw.endIndex - 1, of: Array(raw.dropFirst().dropLast()), &matches)
            }
            for member in value.members { collect(member.value, &matches) }
        case .array:
            for element in value.elements { collect(element, &matches) }
        case .string, .number, .bool, .null: break
        }
    }

    /// Lines that start with a hyphen, below one that is a name and a colon.
    private static func lists(in bytes: [UInt8]) -> [SecretMatch] {
        var matches: [SecretMatch] = []
        var isCredential = false
        var start = 0
        for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            defer { start += line.count + 1 }
            let text = line.drop { $0 == 0x20 }
            if text.first == UInt8(ascii: "-") {
                guard isCredential else { continue }
                let item = text.dropFirst().drop { $0 == 0x20 || $0 == UInt8(ascii: "'") || $0 == UInt8(ascii: "\"") }
                let value = item.prefix { $0 != UInt8(ascii: "'") && $0 != UInt8(ascii: "\"") && $0 != 0x0D }
                add(value.startIndex..<value.endIndex, of: Array(value), &matches)
            } else {
                let name = text.prefix { $0 != UInt8(ascii: ":") }
                let rest = text.dropFirst(name.count + 1)
                isCredential =
                    name.count < 64 && rest.allSatisfy { $0 == 0x20 || $0 == 0x0D }
                    && SecretName.isCredentialField(String(decoding: name, as: UTF8.self).lowercased())
            }
        }
        return matches
    }

    private static func add(_ range: Range<Int>, of value: [UInt8], _ matches: inout [SecretMatch]) {
        let isDone = value.withUnsafeBufferPointer { bytes in
            let placeholder = bytes.firstRange(of: Array("redacted-".utf8))
            return placeholder != nil || Placeholder.matches(bytes, 0..<bytes.count)
        }
        guard !isDone, value.count >= minimumCount else { return }
        matches.append(SecretMatch(range: range, kind: kind))
    }
}
