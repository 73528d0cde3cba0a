internal import Faults
internal import HTTPTypes
internal import NIOCore
internal import OpenRouterAPI
internal import Tapes

/// A finding as a scenario file: `serve FILE` plays its answer, `fuzz --replay FILE` judges a client on it again.
///
/// The first line is a comment that holds the case, from which fuzzer and server make the tape exactly. The rest is the
/// same answer in the language of scenarios, for people to read and to edit once the first line is gone. It is as near as
/// the language comes: its texts hold no bytes that are not UTF-8, so frames that end inside a character are joined there,
/// and the fault `slicer` cuts them again.
package enum SavedFinding {
    private static let mark = "# openrouter-sim fuzz: "

    /// A file name without folder that is the same for the same case.
    package static func fileName(of finding: Finding) -> String {
        scenarioName(of: finding) + ".yaml"
    }

    private static func scenarioName(of finding: Finding) -> String {
        let words = [finding.cause.rawValue] + finding.fuzzCase.uses.map(\.name)
        let allowed = words.joined(separator: "-").lowercased().map { character in
            character.isASCII && (character.isLetter || character.isNumber || character == "-") ? character : "-"
        }
        let name = "fuzz-" + String(allowed)
        // The name of a scenario has at most 64 letters; those that are cut stay different.
        guard name.utf8.count > 64 else { return name }
        let hash = name.utf8.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }
        return name.prefix(64 - 9) + "-" + String(hash, radix: 16)
    }

    /// The case that a file holds; nil for a file of another kind.
    package static func fuzzCase(in text: String) -> FuzzCase? {
        guard text.hasPrefix(mark) else { return nil }
        let line = text.utf8.dropFirst(mark.utf8.count).prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
        guard let document = try? JSONDocument(parsing: line) else { return nil }
        return FuzzCase(document.root)
    }

    package static func yaml(_ finding: Finding) -> String {
        let name = scenarioName(of: finding)
        var lines = [
            mark + ascii(finding.fuzzCase.json),
            "# The line above plays the answer to the byte. Without it what follows is played, and can be edited.",
            "# Expected: \(finding.verdict). Came: \(finding.failing.sentence).",
            "name: \(name)",
            "description: \(quoted(finding.explanation))",
            "rules:",
            "  - match: { endpoint: text }",
            "    respond:",
        ]
        guard let draft = finding.fuzzCase.draft(timeout: .seconds(10)) else { return lines.joined(separator: "\n") }
        let tape = draft.rendered(offersGzip: false).tape
        lines += answer(tape)
        var faults = draft.faults.map { fault in
            let arguments = fault.arguments.values.sorted { $0.key < $1.key }.map { "\($0.key): \(scalar($0.value))" }
            let name = type(of: fault).name
            return arguments.isEmpty ? name : "\(name): { \(arguments.joined(separator: ", ")) }"
        }
        if tape.frames.contains(where: { !isWhole($0.bytes) }) { faults.append("slicer: { at: utf8 }") }
        if !faults.isEmpty { lines.append("    faults:") }
        lines += faults.map { "      - \($0)" }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func answer(_ tape: Tape) -> [String] {
        guard let head = tape.head else {
            let text = String(decoding: tape.body.readableBytesView, as: UTF8.self)
            return ["      raw: \(quoted(text))", "      ending: \(tape.ending.rawValue)"]
        }
        var lines = ["      status: \(head.status.code)", "      headers:"]
        lines += head.fields.map { "        \($0.name.rawName): \(quoted($0.value))" }
        lines.append("      frames:")
        var pending: [UInt8] = []
        for frame in tape.frames {
            let gap = frame.gap.microseconds / 1000
            if gap > 0, pending.isEmpty { lines.append("        - pause: \(gap)ms") }
            pending += Array(frame.bytes.readableBytesView)
            guard String(validating: pending, as: UTF8.self) != nil else { continue }
            lines.append("        - raw: \(quoted(String(decoding: pending, as: UTF8.self)))")
            pending = []
        }
        if !pending.isEmpty { lines.append("        - raw: \(quoted(String(decoding: pending, as: UTF8.self)))") }
        if tape.frames.isEmpty { lines[lines.count - 1] = "      body: \"\"" }
        lines.append("      ending: \(tape.ending.rawValue)")
        return lines
    }

    private static func isWhole(_ bytes: ByteBuffer) -> Bool {
        String(validating: bytes.readableBytesView, as: UTF8.self) != nil
    }

    private static func scalar(_ value: FaultValue) -> String {
        switch value {
        case .duration(let duration): duration.text
        case .integer(let number): String(number)
        case .bool(let bool): String(bool)
        case .text(let text): quoted(text)
        }
    }

    /// A double-quoted scalar of YAML 1.2, section 7.3.1, in ASCII; `{{` is escaped for the templates of scenarios.
    private static func quoted(_ text: String) -> String {
        var output = "\""
        for scalar in text.replacing("{{", with: "\\{{").unicodeScalars {
            switch scalar {
            case "\"": output += "\\\""
            case "\\": output += "\\\\"
            case "\n": output += "\\n"
            case "\r": output += "\\r"
            case "\t": output += "\\t"
            case " "..."~": output.unicodeScalars.append(scalar)
            default:
                let digits = String(scalar.value, radix: 16)
                output += "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
            }
        }
        return output + "\""
    }

    /// On one line, whatever readers take for a line end.
    private static func ascii(_ json: JSON) -> String {
        String(decoding: JSONSpelling(escapesNonASCII: true).bytes(json), as: UTF8.self)
    }
}
