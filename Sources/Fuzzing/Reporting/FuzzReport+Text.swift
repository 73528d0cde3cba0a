internal import Tapes

extension FuzzReport {
    /// The report for people.
    package var text: String {
        var lines: [String] = []
        let seconds = Double(duration.microseconds) / 1_000_000
        let time = "\((seconds * 10).rounded() / 10) s"
        let cases = caseCount == 1 ? "1 case" : "\(caseCount) cases"
        if findings.isEmpty {
            lines.append("No findings in \(cases) (\(time), seed \(seed)).")
        } else {
            lines.append(
                "\(findings.count) finding\(findings.count == 1 ? "" : "s") in \(cases) (\(time), seed \(seed))."
            )
        }
        for (number, finding) in findings.enumerated() {
            lines.append("")
            lines += finding.lines(number: number + 1)
        }
        if !notes.isEmpty { lines.append("") }
        lines += notes.map { "Note: \($0)" }
        return lines.joined(separator: "\n")
    }
}

extension Finding {
    fileprivate func lines(number: Int) -> [String] {
        var lines = [
            "\(number). \(explanation)",
            "   \(failing.sentence)\(isFlaky ? " (flaky: \(confirmations.failed) of \(confirmations.of) repetitions)" : "")",
            "   case: \(fuzzCase.name)\(fuzzCase.uses.isEmpty ? "" : " on tape \(fuzzCase.base.name)")",
        ]
        if caseNames.count > 1 {
            lines.append(
                "   also: \(caseNames.dropFirst().prefix(8).joined(separator: ", "))\(caseNames.count > 9 ? ", and \(caseNames.count - 9) more" : "")"
            )
        }
        lines.append("   tape: \(diagram)")
        lines += tapeLines.map { "     \($0)" }
        lines += difference.map { "   \($0)" }
        if let reason = observation.lastErrorLine { lines.append("   stderr: \(reason)") }
        if let file { lines.append("   replay: openrouter-sim fuzz --replay \(file) -- COMMAND") }
        return lines
    }

    /// What was expected, and what came, as lines with `-` and `+`.
    package var difference: [String] {
        let wanted: String
        switch verdict {
        case "fails": wanted = "exit status other than 0, at most the beginning of the output below"
        case "either": wanted = "this output and exit status 0, or another exit status and its beginning"
        default: wanted = "this output and exit status 0"
        }
        var output = expected.output
        if output.last == "\n" { output.removeLast() }
        var shown = String(decoding: observation.output, as: UTF8.self)
        if shown.last == "\n" { shown.removeLast() }
        func excerpt(_ text: String) -> String {
            let bytes = Array(text.utf8)
            // What is no text is long when it is made visible.
            let shown = TapeDrawing.escaped(Array(bytes.prefix(400)))
            return String(shown.prefix(800))
                + (bytes.count > 400 || shown.count > 800 ? "… (\(bytes.count) bytes)" : "")
        }
        return [
            "expected: \(wanted)", "  - \(excerpt(output))", "came: \(failing.sentence)", "  + \(excerpt(shown))",
        ]
    }
}

extension ExpectedAnswer {
    /// What a client prints for it.
    package var output: String {
        (text.isEmpty ? "" : text + "\n") + toolCalls.map { "TOOL \($0.name) \($0.arguments)\n" }.joined()
    }
}

extension Observation {
    /// The last line on standard error that says something, with what a terminal would obey made visible.
    package var lastErrorLine: String? {
        let text = String(decoding: errors.suffix(4000), as: UTF8.self)
        return text.split(whereSeparator: \.isNewline).last { !$0.allSatisfy(\.isWhitespace) }.map {
            TapeDrawing.escaped(Array($0.prefix(300).utf8))
        }
    }
}
