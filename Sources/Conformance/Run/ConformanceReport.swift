package import OpenRouterAPI

/// What a run has found.
package struct ConformanceReport: Sendable {
    /// In the order of the document's operations, and of the requests within one.
    package let cases: [ConformanceCase]
    /// The keywords of the document's schemas that were not checked.
    package let uncheckedKeywords: [SchemaLibrary.UncheckedKeyword]
    package let title: String
    /// How many of the document's operations were asked for.
    package let operationCount: Int

    init(
        _ specification: OpenAPIDocument,
        cases: [ConformanceCase],
        isSelected: (OpenAPIOperation) -> Bool
    ) {
        let places = Dictionary(specification.operations.enumerated().map { ($0.element.name, $0.offset) }) { $1 }
        self.cases = cases.enumerated().sorted { left, right in
            (places[left.element.operation] ?? 0, left.offset) < (places[right.element.operation] ?? 0, right.offset)
        }.map(\.element)
        uncheckedKeywords = specification.schemas.uncheckedKeywords
        title = specification.title
        operationCount = specification.operations.count(where: isSelected)
    }

    package var hasFindings: Bool {
        cases.contains(where: \.isFinding)
    }

    /// How many cases got each verdict; verdicts that nothing got are left out.
    private var counts: [(verdict: ConformanceCase.Verdict, count: Int)] {
        ConformanceCase.Verdict.allCases.map { verdict in (verdict, cases.count { $0.verdict == verdict }) }
            .filter { $0.count > 0 }
    }
}

// MARK: - Forms

extension ConformanceReport {
    /// A table, a case a line, and a summary below it.
    package var text: String {
        let header = ["OPERATION", "CASE", "STATUS", "VERDICT", "FIRST PROBLEM"]
        let rows =
            [header]
            + cases.map { row in
                let more = row.problems.count > 1 ? " (and \(row.problems.count - 1) more)" : ""
                return [
                    row.operation, row.name, row.status.map { "\($0)" } ?? "-", row.verdict.rawValue,
                    row.problems.first.map { "\($0)\(more)" } ?? "",
                ]
            }
        let widths = header.indices.dropLast().map { column in rows.map { $0[column].count }.max() ?? 0 }
        let lines = rows.map { row in
            let cells = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
            return (cells + [row[widths.count]]).joined(separator: "  ").trimmingEnd()
        }
        return (lines + ["", summary]).joined(separator: "\n")
    }

    /// For example `97 operations, 181 cases: 64 conform, 2 violate`.
    package var summary: String {
        let counted = counts.map { "\($0.count) \($0.verdict.rawValue)" }.joined(separator: ", ")
        return "\(operationCount) operations, \(cases.count) cases: \(counted)"
    }

    /// What was not looked at, a line each.
    package var notes: [String] {
        uncheckedKeywords.map { "not checked: the keyword '\($0.keyword)', first at #\($0.pointer)" }
    }

    package var json: JSON {
        [
            "document": .string(title),
            "operations": .integer(operationCount),
            "counts": .object(JSONObject(counts.map { ($0.verdict.rawValue, .integer($0.count)) })),
            "cases": .array(cases.map(\.json)),
            "not_checked": .array(
                uncheckedKeywords.map { ["keyword": .string($0.keyword), "schema": .string("#\($0.pointer)")] }
            ),
        ]
    }
}

extension String {
    /// The text without spaces at its end.
    fileprivate func trimmingEnd() -> String {
        guard let last = lastIndex(where: { $0 != " " }) else { return "" }
        return String(self[...last])
    }
}
