/// A place in a JSON text, as an editor shows it.
package struct JSONPosition: Sendable, Hashable, CustomStringConvertible {
    /// The line, from 1.
    ///
    /// Lines end with a line feed, which a carriage return may precede.
    package var line: Int
    /// The column, from 1, in Unicode scalars of the line.
    package var column: Int

    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    /// Finds the line and column of a byte.
    ///
    /// - Complexity: O(*offset*), so positions are worked out only when somebody asks.
    init(ofByte offset: Int, in bytes: UnsafeBufferPointer<UInt8>) {
        var line = 1
        var column = 1
        for byte in bytes[..<offset] {
            if byte == UInt8(ascii: "\n") {
                line += 1
                column = 1
            } else if byte & 0b1100_0000 != 0b1000_0000 {
                column += 1
            }
        }
        self.init(line: line, column: column)
    }

    package var description: String {
        "line \(line), column \(column)"
    }
}
