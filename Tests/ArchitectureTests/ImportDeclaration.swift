/// An `import` line of a Swift file.
struct ImportDeclaration: Equatable {
    /// The access level in front of `import`, or nil when there is none.
    let accessLevel: String?

    /// The module: `NIOCore` in `import struct NIOCore.ByteBuffer`.
    let module: String

    /// The line, counted from 1.
    let line: Int
}

extension ImportDeclaration {
    private static let accessLevels: Set = ["private", "fileprivate", "internal", "package", "public"]
    private static let kinds: Set = ["struct", "class", "enum", "protocol", "typealias", "func", "let", "var", "actor"]

    /// Reads one line of code; nil when it imports nothing.
    init?(code: Substring, line: Int) {
        var words = code.split(whereSeparator: \.isWhitespace).map(String.init)
        while let first = words.first, first.hasPrefix("@") { words.removeFirst() }
        var accessLevel: String?
        if let first = words.first, Self.accessLevels.contains(first) { accessLevel = words.removeFirst() }
        guard words.first == "import" else { return nil }
        words.removeFirst()
        if let first = words.first, Self.kinds.contains(first) { words.removeFirst() }
        guard let path = words.first, let module = path.split(whereSeparator: { $0 == "." || $0 == ";" }).first else {
            return nil
        }
        self.init(accessLevel: accessLevel, module: String(module), line: line)
    }
}
