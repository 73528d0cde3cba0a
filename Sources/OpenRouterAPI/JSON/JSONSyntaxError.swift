/// The first thing in a text that makes it no JSON.
package struct JSONSyntaxError: Error, Equatable, CustomStringConvertible {
    /// The offset of the first byte that does not fit, or the number of bytes if the text ends too early.
    package var byteOffset: Int
    /// The same place as line and column.
    package var position: JSONPosition
    /// What is there, such as `'x'` or `end of input`.
    package var found: String
    /// What could have been there, such as `',' or '}'`.
    package var expected: String

    /// The line, from 1.
    package var line: Int {
        position.line
    }

    /// The column, from 1, in Unicode scalars of the line.
    package var column: Int {
        position.column
    }

    /// For example `line 3, column 7: unexpected 'x', expected ',' or '}'`.
    package var description: String {
        "\(position): unexpected \(found), expected \(expected)"
    }
}
