/// One value, or one member name, of a parsed document.
///
/// A document is a flat array of nodes in source order. A container is followed by its subtree: an array by its
/// elements, an object by a string node for each name and the value's subtree after it.
///
/// ```
///  {"a": [1, 2], "b": null}
///   0     1    2      3  4  5    6
///   {     "a"  [      1  2  "b"  null
///   next: 7    2  5   4  5  6    7
/// ```
struct JSONNode: Sendable {
    /// What the parser learned about the value on its way.
    struct Flags: OptionSet, Sendable {
        let rawValue: UInt8

        /// The string contains at least one `\`, so its text differs from its bytes.
        static let hasEscapes = Flags(rawValue: 1 << 0)
        /// The value is `true`.
        static let isTrue = Flags(rawValue: 1 << 1)
        /// The number is written with digits only, perhaps after a minus sign.
        static let isPlainInteger = Flags(rawValue: 1 << 2)
    }

    /// The offset of the first byte; the opening quote of a string.
    var start: UInt32
    /// The offset after the last byte.
    var end: UInt32
    /// The index of the node after this subtree.
    ///
    /// While the parser is inside a container: its parent.
    var next: UInt32
    /// The number of elements or members; 0 for anything but a container.
    var count: UInt32
    var kind: JSONKind
    var flags: Flags

    /// The source bytes of the value.
    var range: Range<Int> {
        Int(start)..<Int(end)
    }

    /// The bytes between the quotes of a string.
    var contents: Range<Int> {
        Int(start) + 1..<Int(end) - 1
    }
}
