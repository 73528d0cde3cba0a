package import OpenRouterAPI

extension LiveVerification {
    /// Whether something drifted that clients may rely on.
    package var isBreaking: Bool { cases.contains { $0.severity == .breaking } }

    package var json: JSON {
        [
            "requests": .integer(requestCount),
            "cost_usd": cost.json,
            "breaking": .bool(isBreaking),
            "cases": .array(cases.map(\.json)),
        ]
    }

    /// A line for each request with what drifted below it, and the counts.
    package var text: String {
        var lines: [String] = []
        for found in cases {
            let ids = found.ids.map { "#\($0)" }.joined(separator: ", ")
            let model = found.model.map { " (\($0))" } ?? ""
            lines.append("\(found.word)  \(ids)  " + TextTable.printable(found.request + model))
            switch found.verdict {
            case .skipped(let reason): lines.append("    " + reason)
            case .answered(let drift):
                lines += drift.map { "    \($0.severity.rawValue)  " + TextTable.printable($0.description) }
            }
        }
        let counts = Dictionary(grouping: cases, by: \.word).mapValues(\.count)
        let words = ["breaks", "drifts", "matches", "skipped"].filter { counts[$0] != nil }
        let summary = words.map { "\(counts[$0] ?? 0) \($0)" }.joined(separator: ", ")
        let requests = requestCount == 1 ? "1 request" : "\(requestCount) requests"
        lines.append("\(requests) sent, \(cost.decimalText) USD: " + (summary.isEmpty ? "no recordings" : summary))
        return lines.joined(separator: "\n")
    }
}

extension LiveVerification.Case {
    /// The gravest; nil for none.
    fileprivate var severity: AnswerDrift.Severity? {
        guard case .answered(let drift) = verdict else { return nil }
        return AnswerDrift.Severity.allCases.first { severity in drift.contains { $0.severity == severity } }
    }

    fileprivate var word: String {
        if case .skipped = verdict { return "skipped" }
        return severity.map { $0 == .breaking ? "breaks" : "drifts" } ?? "matches"
    }

    fileprivate var json: JSON {
        var object: JSONObject = [
            "interactions": .array(ids.map { .integer(Int($0)) }),
            "request": .string(request),
            "verdict": .string(word),
        ]
        switch verdict {
        case .skipped(let reason): object.append("reason", .string(reason))
        case .answered(let drift): object.append("drift", .array(drift.map(\.json)))
        }
        return .object(object)
    }
}

extension AnswerDrift {
    fileprivate var json: JSON {
        [
            "severity": .string(severity.rawValue), "place": .string(place), "before": .string(before),
            "after": .string(after),
        ]
    }
}
