internal import Faults
internal import Foundation
internal import Tapes
internal import Testing

@Suite("Documentation of faults")
struct FaultDocumentationTests {
    @Test("docs/faults.md tells what the table says")
    func agreement() throws {
        let url = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../docs/faults.md")
            .standardized
        let text = FaultReference.markdown
        if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
            try Data(text.utf8).write(to: url)
        }
        let file = try String(contentsOf: url, encoding: .utf8)
        #expect(file == text, "RECORD_SNAPSHOTS=1 writes docs/faults.md anew.")
    }
}

/// The page about faults, made from their table.
enum FaultReference {
    static var markdown: String {
        var text = """
            # Faults

            A fault is a deliberate defect of an answer. Faults are applied in the order in which they are listed; each
            changes what the ones before it made. An answer that a fault cannot meet stays as it is: faults of events
            leave a JSON body alone, faults of chunks a body with a length. Events are the blocks of an event stream
            that carry data, `[DONE]` among them; comments are none. Randomness comes from the world's seed.

            Times are written as `250ms`, `1.5s`, `2m`, `1h30m`, `1d`; numbers of bytes as `4096` or `64KiB`.
            `fault: value` sets the parameter marked with \u{2605}. The journal names the faults that made a
            difference. What is said of chunks and lines is said of HTTP/1.1; [http2.md](http2.md) has what such
            faults are over HTTP/2.

            Made from the table in `Sources/Faults`; a test keeps the page in agreement with it.


            """
        for type in FaultTable.all {
            text += "## \(type.name)\n\n\(type.summary)\n\n"
            guard !type.parameters.isEmpty else {
                text += "It has no parameters.\n\n"
                continue
            }
            text += "| parameter | values | default | meaning |\n|---|---|---|---|\n"
            for parameter in type.parameters {
                let name = "`\(parameter.name)`" + (parameter.isShorthand ? " \u{2605}" : "")
                let value = parameter.defaultValue.map { "`\(written($0))`" } ?? "\u{2013}"
                text += "| \(name) | \(values(of: parameter.kind)) | \(value) | \(parameter.summary) |\n"
            }
            text += "\n"
        }
        return String(text.dropLast())
    }

    private static func values(of kind: FaultParameter.Kind) -> String {
        switch kind {
        case .duration: "time"
        case .byteCount(let range): "bytes, \(range.lowerBound) to \(range.upperBound)"
        case .integer(let range): "\(range.lowerBound) to \(range.upperBound)"
        case .bool: "`true`, `false`"
        case .text: "text"
        case .choice(let words): words.map { "`\($0)`" }.joined(separator: ", ")
        }
    }

    private static func written(_ value: FaultValue) -> String {
        switch value {
        case .duration(let duration): duration.text
        case .integer(let number): String(number)
        case .bool(let bool): String(bool)
        case .text(let text): text
        }
    }
}
