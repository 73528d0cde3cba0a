internal import Tapes

extension FuzzReport {
    /// The report in the XML that CI servers read: a failed test for each finding, one that passed for the rest.
    package var junit: String {
        let seconds = Double(duration.microseconds) / 1_000_000
        var lines = [
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
            "<testsuites name=\"openrouter-sim fuzz\" tests=\"\(findings.count + 1)\" failures=\"\(findings.count)\" time=\"\(seconds)\">",
            "  <testsuite name=\"\(Self.escaped(command.joined(separator: " ")))\" tests=\"\(findings.count + 1)\" failures=\"\(findings.count)\" errors=\"0\" skipped=\"0\" time=\"\(seconds)\">",
            "    <testcase classname=\"fuzz.\(api.rawValue)\" name=\"\(caseCount) cases, seed \(seed)\" time=\"\(seconds)\"/>",
        ]
        for finding in findings {
            let time = Double(finding.observation.duration.microseconds) / 1_000_000
            lines.append(
                "    <testcase classname=\"fuzz.\(api.rawValue)\" name=\"\(Self.escaped(finding.fuzzCase.name))\" time=\"\(time)\">"
            )
            let body = (finding.tapeLines + finding.difference).joined(separator: "\n")
            lines.append(
                "      <failure type=\"\(finding.cause.rawValue)\" message=\"\(Self.escaped(finding.explanation))\">\(Self.escaped(body))</failure>"
            )
            lines.append("    </testcase>")
        }
        lines += ["  </testsuite>", "</testsuites>", ""]
        return lines.joined(separator: "\n")
    }

    /// Without what XML cannot hold (XML 1.0, section 2.2).
    private static func escaped(_ text: String) -> String {
        var output = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": output += "&amp;"
            case "<": output += "&lt;"
            case ">": output += "&gt;"
            case "\"": output += "&quot;"
            case "\n", "\t", "\u{20}"..."\u{D7FF}", "\u{E000}"..."\u{FFFD}", "\u{10000}"..."\u{10FFFF}":
                output.unicodeScalars.append(scalar)
            default: output += "?"
            }
        }
        return output
    }
}
