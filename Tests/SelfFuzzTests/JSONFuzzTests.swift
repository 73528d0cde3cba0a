import Foundation
import TestSupport
import Testing

@testable import OpenRouterAPI

/// The JSON document under hostile bytes, with Foundation's reading beside it.
@Suite struct JSONFuzzTests {
    private static let inputs = HostileInputs(
        [
            #"{"model":"openai/gpt-4o","messages":[{"role":"user","content":"Gr\u00fc\u00dfe 🙂 \ud83d\ude42"}],"n":1.50}"#,
            #"[1, -0, 0.1e-7, 1E+2, 123456789012345678901234567890, true, false, null, "", [], {}, "\"\\\/\b\f\n\r\t"]"#,
            #" {"a":{"a":{"a":[[[["x"]]]]}},"a":2, "é":"é"} "#,
        ].map { Array($0.utf8) },
        words: [
            "{", "}", "[", "]", ":", ",", "\"", "\\u", "\\ud800", "\\udc00", "1.", "e5", ".5", "01", "\"a\":", "[[",
            "{\"\":",
        ]
    )

    @Test("What we take, Foundation takes and reads alike; what we write, we read back")
    func documents() {
        SelfFuzz(name: "json", rounds: 3000, inputs: Self.inputs).run { input, _ in
            let document: JSONDocument
            do throws(JSONSyntaxError) {
                document = try JSONDocument(parsing: input)
            } catch {
                try holds((0...input.count).contains(error.byteOffset), "an error at byte \(error.byteOffset)")
                return try holds(!foundationTakes(input), "refused (\(error)), and Foundation takes it")
            }
            try holds(document.storage.nodes.count <= input.count, "more nodes than bytes")
            if let object = foundation(input) { try compare(document.root, object) }
            try rewritten(document.root)
        }
    }

    @Test("JSON that was cut off is healed to JSON that begins alike, in time that follows its length")
    func healing() {
        SelfFuzz(name: "json-healing", rounds: 100, inputs: Self.inputs).run { input, _ in
            let text = String(decoding: input, as: UTF8.self)
            guard let healed = JSONHealing.healed(text) else { return }
            _ = try JSONDocument(parsing: Array(healed.utf8))
        }
    }

    private func foundation(_ input: [UInt8]) -> Any? {
        try? JSONSerialization.jsonObject(with: Data(input), options: .fragmentsAllowed)
    }

    /// Foundation also takes a byte order mark and UTF-16 and 32, which RFC 8259, section 8.1, does not ask of us, and
    /// zero bytes after the text; a comma after the last member; deeper nesting than ours; and it looks at numbers only as
    /// far as it has to.
    private func foundationTakes(_ input: [UInt8]) -> Bool {
        guard !input.contains(0), String(validating: input, as: UTF8.self) != nil,
            !input.starts(with: [0xEF, 0xBB, 0xBF])
        else { return false }
        let visible = input.filter { $0 > UInt8(ascii: " ") }
        let hasTrailingComma = zip(visible, visible.dropFirst()).contains { comma, end in
            comma == UInt8(ascii: ",") && (end == UInt8(ascii: "}") || end == UInt8(ascii: "]"))
        }
        guard !hasTrailingComma else { return false }
        let depth = input.count { $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "{") }
        return depth < JSONParser.maximumDepth && foundation(input) != nil
    }

    private func compare(_ value: JSONValue, _ object: Any) throws {
        switch value.kind {
        case .object:
            let members = try #require(object as? [String: Any])
            for (key, _) in value.members {
                try holds(members[key] != nil || key.unicodeScalars.contains("\u{FFFD}"), "no member '\(key)'")
            }
        case .array:
            let elements = try #require(object as? [Any])
            try same(value.elements.map { _ in 0 }.count, elements.count, "elements")
            for (own, other) in zip(value.elements.map { $0 }, elements) { try compare(own, other) }
        case .string:
            let text = try #require(object as? String)
            guard value.string?.unicodeScalars.contains("\u{FFFD}") == false else { return }
            // Foundation leaves out a byte order mark behind an escape.
            func unmarked(_ text: String) -> [UInt32] { text.unicodeScalars.map(\.value).filter { $0 != 0xFEFF } }
            try same(unmarked(value.string ?? ""), unmarked(text), "a string")
        case .number:
            let number = try #require(object as? NSNumber)
            let own = value.double ?? .infinity
            try same(own, Double(value.numberText ?? "") ?? .nan, "a number, and as Swift reads it")
            // Foundation loses the last digits of long numbers.
            guard own.isFinite else { return }
            try holds(abs(own - number.doubleValue) <= abs(own) * 1e-9, "\(own), and for Foundation \(number)")
        case .bool: try same(value.bool, object as? Bool, "a boolean")
        case .null: try holds(object is NSNull, "null")
        }
    }

    private func rewritten(_ root: JSONValue) throws {
        let copy = JSON(root)
        let again = try JSONDocument(parsing: copy.serialized()).root
        // A lone surrogate becomes U+FFFD when it is copied.
        if !root.raw.contains(UInt8(ascii: "\\")) {
            try holds(again.isCanonicallyEqual(to: root), "written otherwise than read")
            try holds(JSONDiff.differences(from: root, to: again).isEmpty, "differences where there are none")
        }
        try same(JSON(again), copy, "copied twice")
        var canonical: [UInt8] = []
        root.writeCanonical(into: &canonical)
        var twice: [UInt8] = []
        try JSONDocument(parsing: canonical).root.writeCanonical(into: &twice)
        try same(twice, canonical, "the canonical form of the canonical form")
        _ = try JSONDocument(parsing: Array(copy.pretty().utf8))
    }
}
