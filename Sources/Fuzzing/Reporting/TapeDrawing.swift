internal import HTTPTypes
internal import NIOCore
internal import Tapes

/// A tape for people: its diagram where it is short, and what each frame holds.
enum TapeDrawing {
    private static let frameLimit = 14
    private static let textLimit = 100

    static func lines(_ altered: AlteredTape) -> [String] {
        let tape = altered.tape
        var lines: [String] = []
        if let head = tape.head {
            lines.append("\(head.status.code) \(head.fields.map { "\($0.name): \($0.value)" }.joined(separator: ", "))")
        } else {
            lines.append("(no head)")
        }
        var shown = tape.frames.map { frame in
            let gap = frame.gap >= .milliseconds(50) ? "+\(frame.gap.text) " : ""
            return gap + escaped(frame.bytes)
        }
        if shown.count > frameLimit {
            let left = shown.count - frameLimit
            shown = shown.prefix(frameLimit / 2) + ["… \(left) more …"] + shown.suffix(frameLimit / 2)
        }
        lines += shown.map { "  | \($0)" }
        lines.append(
            "  \(tape.ending.symbol) \(tape.ending.rawValue)"
                + (altered.wireChanges.isEmpty ? "" : ", bytes changed below")
        )
        return lines
    }

    /// `200 a-b--c|` and the like.
    static func diagram(_ tape: Tape) -> String {
        let letters = tape.frames.prefix(26).enumerated().map { index, frame in
            let letter = String(UnicodeScalar(UInt8(97 + index)))
            return (frame.gap >= .milliseconds(50) ? "-" : "") + letter
        }
        let more = tape.frames.count > 26 ? "…(\(tape.frames.count) frames)" : ""
        return (tape.head.map { "\($0.status.code) " } ?? "") + letters.joined() + more + String(tape.ending.symbol)
    }

    private static func escaped(_ bytes: ByteBuffer) -> String {
        let text = escaped(Array(bytes.readableBytesView.prefix(textLimit)))
        return bytes.readableBytes > textLimit ? "\(text)… (\(bytes.readableBytes) bytes)" : text
    }

    /// Control characters, those of the writing direction, and ill-formed bytes made visible.
    static func escaped(_ bytes: [UInt8]) -> String {
        var text = ""
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            switch scalar {
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case "\u{0}"..<"\u{20}", "\u{7F}"..<"\u{A0}", "\u{2028}"..."\u{202E}",
                "\u{2066}"..."\u{2069}", "\u{FEFF}", "\u{FFFD}":
                text += "\\u{\(String(scalar.value, radix: 16))}"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}
