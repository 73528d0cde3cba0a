/// Rows of text in aligned columns, two blanks apart.
enum TextTable {
    /// The rows as lines; columns of numbers are right-aligned.
    static func text(_ rows: [[String]], rightAligned: Set<Int> = []) -> String {
        var widths: [Int] = []
        return text(rows, rightAligned: rightAligned, widths: &widths)
    }

    /// The same in columns that are as wide as those of earlier rows, or wider.
    static func text(_ rows: [[String]], rightAligned: Set<Int>, widths: inout [Int]) -> String {
        for row in rows {
            if row.count > widths.count { widths += Array(repeating: 0, count: row.count - widths.count) }
            for (column, cell) in row.enumerated() { widths[column] = max(widths[column], cell.count) }
        }
        return rows.map { [widths] row in
            let cells = row.enumerated().map { column, cell in
                let blanks = String(repeating: " ", count: widths[column] - cell.count)
                return rightAligned.contains(column) ? blanks + cell : cell + blanks
            }
            let line = cells.joined(separator: "  ")
            return String(line.reversed().drop { $0 == " " }.reversed())
        }
        .joined(separator: "\n")
    }

    /// Terminals and logs see no control characters from a file.
    static func printable(_ text: String) -> String {
        String(
            String.UnicodeScalarView(text.unicodeScalars.map { $0.properties.generalCategory == .control ? "�" : $0 })
        )
    }
}
