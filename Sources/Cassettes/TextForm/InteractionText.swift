internal import HTTPTypes
internal import NIOCore
internal import OpenRouterAPI
internal import Tapes
internal import YAMLDocuments

/// One recording as a YAML text for review: nothing is lost, and equal recordings have equal texts.
///
/// ```yaml
/// response:
///   frames:
///     - {at: 1200, event: ': OPENROUTER PROCESSING'}
///     - {at: 9800, event: 'data: {"choices":[…]}'}
/// ```
/// Times are microseconds since the request had come in full. A frame that holds whole events of a stream has them
/// without the empty line that ends each.
enum InteractionText {
    static let format = 1

    static func text(of stored: StoredInteraction) -> String {
        var writer = InteractionTextWriter()
        writer.write(stored)
        return writer.text
    }
}

private struct InteractionTextWriter {
    private(set) var text = ""

    mutating func write(_ stored: StoredInteraction) {
        let interaction = stored.interaction
        line(0, "# A recording of openrouter-sim. Times are microseconds since the request had come in full.")
        line(0, "format: \(InteractionText.format)")
        line(0, "fingerprint: '\(stored.fingerprint)'")
        line(0, "recorded_at: \(Timestamp.exactText(microseconds: interaction.recordedAt))")
        line(0, "completion: \(interaction.completion.rawValue)")
        if let upstream = stored.upstream { line(0, "upstream: \(YAMLText.inline(upstream))") }
        write(interaction.request)
        write(interaction.tape)
    }

    private mutating func write(_ request: Request) {
        line(0, "request:")
        line(1, "method: \(YAMLText.inline(request.method.rawValue))")
        line(1, "target: \(YAMLText.inline(request.target.raw))")
        write(request.fields, as: "headers", level: 1)
        guard request.body.readableBytes > 0 else { return }
        let entry = ContentText.entry(for: Array(request.body.readableBytesView), indentation: 6)
        line(1, "body:")
        line(2, "\(entry.key): \(entry.value)")
    }

    private mutating func write(_ tape: Tape) {
        line(0, "response:")
        var clock = Clock()
        line(1, "head_at: \(clock.advanced(by: tape.headGap))")
        if let head = tape.head {
            line(1, "version: '\(head.version.rawValue)'")
            line(1, "status: \(head.status.code)")
            line(1, "reason: \(YAMLText.inline(head.status.reasonPhrase))")
            write(head.fields, as: "headers", level: 1)
        }
        if !tape.frames.isEmpty { line(1, "frames:") }
        for frame in tape.frames {
            write(frame, at: clock.advanced(by: frame.gap))
        }
        write(tape.trailers, as: "trailers", level: 1)
        line(1, "ending: \(tape.ending.rawValue)")
        line(1, "ending_at: \(clock.advanced(by: tape.endingGap))")
    }

    private mutating func write(_ fields: HTTPFields, as key: String, level: Int) {
        guard !fields.isEmpty else { return }
        line(level, "\(key):")
        for field in fields {
            let bytes = field.withUnsafeBytesOfValue { Array($0) }
            let value =
                ContentText.readable(bytes).map { YAMLText.inline($0) } ?? "{base64: \(quotedBase64(bytes))}"
            let name = field.name.rawName
            // libyaml takes no key of more than 1,024 characters.
            let isKey = name.utf8.count < 1_000
            let item = isKey ? "\(YAMLText.inline(name)): \(value)" : "[\(YAMLText.quoted(name)), \(value)]"
            line(level + 1, "- \(item)")
        }
    }

    private mutating func write(_ frame: Frame, at offset: Int64) {
        var entries = ["at: \(offset)"]
        switch frame.chunk {
        case .whole: break
        case .rest: entries.append("chunk: rest")
        case .start(let byteCount): entries.append("chunk: \(max(0, byteCount))")
        }
        let bytes = Array(frame.bytes.readableBytesView)
        if bytes.isEmpty {
            flow(entries)
        } else if let events = EventTexts(bytes) {
            if events.events.count == 1 { return flow(entries + ["event: \(events.flow[0])"]) }
            block(entries + ["events:"])
            for event in events.flow { line(4, "- \(event)") }
        } else {
            let entry = ContentText.entry(for: bytes, indentation: 8)
            if entry.value.utf8.contains(UInt8(ascii: "\n")) {
                block(entries + ["\(entry.key): \(entry.value)"])
            } else {
                let value = ContentText.readable(bytes).map(YAMLText.quoted) ?? quotedBase64(bytes)
                flow(entries + ["\(entry.key): \(value)"])
            }
        }
    }

    /// A frame on one line.
    private mutating func flow(_ entries: [String]) {
        line(2, "- {" + entries.joined(separator: ", ") + "}")
    }

    private mutating func block(_ entries: [String]) {
        line(2, "- " + entries.joined(separator: "\n      "))
    }

    private func quotedBase64(_ bytes: [UInt8]) -> String {
        "'" + Base64.encoded(bytes) + "'"
    }

    private mutating func line(_ level: Int, _ content: String) {
        text += String(repeating: " ", count: level * 2) + content + "\n"
    }
}

/// Adds gaps up.
private struct Clock {
    private var now: Int64 = 0

    mutating func advanced(by gap: Duration) -> Int64 {
        // A cassette can make the sum overflow only with gaps of thousands of centuries.
        let (sum, overflow) = now.addingReportingOverflow(max(0, gap.microseconds))
        now = overflow ? .max : sum
        return now
    }
}

/// A frame that consists of whole events of a stream, each ended by an empty line.
struct EventTexts {
    /// The lines of each event.
    let events: [[String]]

    /// Nil for a frame that is no text or holds anything else.
    init?(_ bytes: [UInt8]) {
        guard bytes.count > 2, bytes.suffix(2) == [0x0A, 0x0A], Self.startsLikeEvent(bytes),
            ContentText.readable(bytes) != nil
        else { return nil }
        var events: [[String]] = []
        var lines: [String] = []
        for line in bytes.dropLast().split(separator: 0x0A, omittingEmptySubsequences: false) {
            if line.isEmpty {
                if lines.isEmpty { return nil }
                events.append(lines)
                lines = []
            } else if line.starts(with: ContentText.byteOrderMark) {
                return nil
            } else {
                lines.append(String(decoding: line, as: UTF8.self))
            }
        }
        guard lines.isEmpty, !events.isEmpty else { return nil }
        self.events = events
    }

    init(events: [[String]]) {
        self.events = events
    }

    var bytes: [UInt8] {
        events.flatMap { $0.flatMap { Array($0.utf8) + [0x0A] } + [0x0A] }
    }

    /// Each event in YAML's flow style: its line, or the list of its lines.
    var flow: [String] {
        events.map { lines in
            lines.count == 1
                ? YAMLText.quoted(lines[0]) : "[" + lines.map(YAMLText.quoted).joined(separator: ", ") + "]"
        }
    }

    /// The field names of WHATWG HTML, section 9.2.6, and comments.
    private static func startsLikeEvent(_ bytes: [UInt8]) -> Bool {
        ["data:", ":", "event:", "id:", "retry:"].contains { bytes.starts(with: $0.utf8) }
    }
}
