/// One value of a document: a view that keeps its document alive and is cheap to pass on.
///
/// Asking a value for what it is not gives nil, so that lookups chain: `request["messages"]?[0]?["role"]?.string`.
package struct JSONValue: Sendable {
    let storage: JSONStorage
    let index: Int

    var node: JSONNode {
        storage.nodes[index]
    }

    package var kind: JSONKind {
        node.kind
    }

    /// The text of a string, escapes decoded, or nil for other kinds.
    ///
    /// An escaped surrogate without its partner becomes U+FFFD.
    package var string: String? {
        kind == .string ? storage.text(at: index) : nil
    }

    /// The value of `true` or `false`, or nil for other kinds.
    package var bool: Bool? {
        kind == .bool ? node.flags.contains(.isTrue) : nil
    }

    package var isNull: Bool {
        kind == .null
    }

    /// The source bytes of the value, quotes and inner white space included.
    package var raw: ArraySlice<UInt8> {
        storage.bytes[node.range]
    }

    /// Where the value starts in the source.
    ///
    /// - Complexity: O(*n*) in the bytes before it.
    package var position: JSONPosition {
        storage.bytes.withUnsafeBufferPointer { JSONPosition(ofByte: Int(node.start), in: $0) }
    }

    /// The kind in the words of JSON Schema: `object`, `array`, `string`, `integer`, `number`, `boolean` or `null`.
    ///
    /// A number is an `integer` if it has no fraction, however it is written and whatever its size.
    package var typeName: String {
        switch kind {
        case .object: "object"
        case .array: "array"
        case .string: "string"
        case .number: isIntegral ? "integer" : "number"
        case .bool: "boolean"
        case .null: "null"
        }
    }
}
