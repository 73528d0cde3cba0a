internal import NIOCore
internal import OpenRouterAPI
internal import YAMLDocuments

/// Bytes as people read them: JSON over lines, text, or base64.
///
/// The key says which: `json` and `json_spaced` (see ``JSONLayout``), `text`, `base64`.
enum ContentText {
    static let keys = JSONLayout.allCases.map(\.rawValue) + ["text", "base64"]

    /// Longer lines of base64 do not help anybody (RFC 2045, section 6.8, has 76).
    private static let base64LineLength = 76

    /// The key and the value of bytes, the value as ``YAMLText/block(_:indentation:)`` writes it.
    static func entry(for bytes: [UInt8], indentation: Int) -> (key: String, value: String) {
        guard let text = readable(bytes) else {
            let lines = wrapped(Base64.encoded(bytes))
            return ("base64", YAMLText.block(lines, indentation: indentation))
        }
        if let layout = JSONLayout(of: bytes) {
            let pretty = JSONLayout.pretty(bytes)
            // Deep nesting is mostly indentation.
            if pretty.count <= 4 * bytes.count + 1_000 {
                let value = YAMLText.block(String(decoding: pretty, as: UTF8.self), indentation: indentation)
                return (layout.rawValue, value)
            }
        }
        return ("text", YAMLText.block(text, indentation: indentation))
    }

    /// A scalar that begins with a byte order mark loses it in Yams (`String` made with an encoding drops it).
    static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// The text, or nil for what is no UTF-8 or holds control characters that no text has.
    static func readable(_ bytes: [UInt8]) -> String? {
        if bytes.starts(with: byteOrderMark) { return nil }
        let isText = bytes.allSatisfy { $0 >= 0x20 ? $0 != 0x7F : [0x09, 0x0A, 0x0D].contains($0) }
        return isText ? String(validating: bytes, as: UTF8.self) : nil
    }

    private static func wrapped(_ text: String) -> String {
        guard text.utf8.count > base64LineLength else { return text }
        var lines = ""
        var rest = Substring(text)
        while !rest.isEmpty {
            lines += rest.prefix(base64LineLength) + "\n"
            rest = rest.dropFirst(base64LineLength)
        }
        return lines
    }

    /// The bytes of a value under one of ``keys``.
    static func bytes(_ key: String, _ node: YAMLNode, in file: TextFile) throws(YAMLDocumentError) -> [UInt8] {
        let text = try file.text(node)
        if key == "text" { return Array(text.utf8) }
        if key == "base64" {
            guard let bytes = Base64.decoded(text) else {
                throw file.error(node, "this is no base64; expected the letters of RFC 4648, section 4")
            }
            return bytes
        }
        let bytes = Array(text.utf8)
        do throws(JSONSyntaxError) {
            _ = try JSONDocument(parsing: bytes)
        } catch {
            let advice = "Mend it, or name the key 'text' to keep what is there as it is"
            throw file.error(
                file.position(in: node, of: error.position),
                "unexpected \(error.found), expected \(error.expected). \(advice)"
            )
        }
        return JSONLayout(rawValue: key)?.applied(to: bytes) ?? bytes
    }
}
