internal import HTTPTypes
internal import NIOCore

/// Tapes as one line of text, for test names, golden files, command output and pages.
///
/// ```
/// 200 a-b--c|             head, frames "a", "b", "c" with gaps of one and two ticks, complete
/// --200 'data: x\n\n'-|   head after two ticks, one frame of eleven bytes, complete one tick later
/// 200 ab{25}c^            "b" right after "a", "c" 25 ticks later, reset
/// -~                      no head, no body; silence
/// ```
/// A letter, digit or other plain character is a frame of that one character; longer frames stand in single quotes
/// with `\n`, `\r`, `\'`, `\\` and `\xHH` as escapes. `-` is one tick, `{n}` are n ticks. A head is three digits and
/// a space. The ending is `|` complete, `)` close, `^` reset or `~` stall.
extension Tape {
    /// Reads a diagram; the head has the standard reason phrase and chunked framing.
    ///
    /// - Parameters:
    ///   - diagram: see above; must have an ending.
    ///   - tick: the length of one `-`.
    ///   - origin: who is said to have made the tape.
    /// - Throws: ``TapeDiagramError`` with the position of the first character that fits nowhere.
    package init(diagram: String, tick: Duration, origin: Origin = .server) throws(TapeDiagramError) {
        var parser = TapeDiagramParser(diagram, tick: tick)
        self = try parser.parse(origin: origin)
    }

    /// Draws the tape.
    ///
    /// Gaps are rounded to whole ticks, but none that was there vanishes; header fields are left out.
    package func diagram(tick: Duration) -> String {
        var text = ""
        if let head {
            text += ticks(headGap, tick) + "\(head.status.code) "
        }
        for (index, frame) in frames.enumerated() {
            let gap = head == nil && index == 0 ? headGap + frame.gap : frame.gap
            text += ticks(gap, tick) + Self.symbol(of: frame)
        }
        let silence = head == nil && frames.isEmpty ? headGap + endingGap : endingGap
        return text + ticks(silence, tick) + String(ending.symbol)
    }

    private func ticks(_ gap: Duration, _ tick: Duration) -> String {
        guard gap > .zero else { return "" }
        let count = max(1, Int((gap / tick).rounded()))
        return count <= 8 ? String(repeating: "-", count: count) : "{\(count)}"
    }

    private static func symbol(of frame: Frame) -> String {
        let text = String(buffer: frame.bytes)
        if text.utf8.count == 1, let character = text.first, character.isPlainFrame {
            return text
        }
        // Ill-formed bytes must survive, so their escapes are made from bytes.
        guard Array(text.utf8) != Array(frame.bytes.readableBytesView) else { return quotedUnicode(text) }
        var quoted = "'"
        for byte in frame.bytes.readableBytesView {
            switch byte {
            case UInt8(ascii: "\n"): quoted += "\\n"
            case UInt8(ascii: "\r"): quoted += "\\r"
            case UInt8(ascii: "'"): quoted += "\\'"
            case UInt8(ascii: "\\"): quoted += "\\\\"
            case 0x20...0x7E: quoted.unicodeScalars.append(Unicode.Scalar(byte))
            default: quoted += "\\x" + hex(byte)
            }
        }
        return quoted + "'"
    }

    private static func quotedUnicode(_ text: String) -> String {
        var quoted = "'"
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "'": quoted += "\\'"
            case "\\": quoted += "\\\\"
            case "\0"..."\u{1F}", "\u{7F}": quoted += "\\x" + hex(UInt8(scalar.value))
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "'"
    }

    private static func hex(_ byte: UInt8) -> String {
        (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
}

/// A diagram that cannot be read.
package struct TapeDiagramError: Error, Hashable, CustomStringConvertible {
    /// Characters before the one that fits nowhere.
    package let offset: Int
    package let expected: String

    package var description: String {
        "tape diagram, character \(offset + 1): expected \(expected)"
    }
}

extension Character {
    /// Whether the character alone stands for a frame of itself.
    fileprivate var isPlainFrame: Bool {
        isASCII && !isWhitespace && !"-{}'|)^~\\".contains(self) && (isLetter || isNumber || isPunctuation || isSymbol)
    }
}

private struct TapeDiagramParser {
    /// Scalars, because a combining mark after a quote would make one character of both.
    private let characters: [Unicode.Scalar]
    private let tick: Duration
    private var index = 0

    init(_ diagram: String, tick: Duration) {
        characters = Array(diagram.unicodeScalars)
        self.tick = tick
    }

    mutating func parse(origin: Origin) throws(TapeDiagramError) -> Tape {
        var tape = Tape(head: nil, origin: origin)
        var gap = try readGap()
        if let code = readStatus() {
            tape.head = ResponseHead(
                status: HTTPResponse.Status(code: code, reasonPhrase: HTTPResponse.Status.phrase(for: code)),
                fields: [.transferEncoding: "chunked"]
            )
            tape.headGap = gap
            gap = try readGap()
        }
        while index < characters.count {
            let character = characters[index]
            if let ending = Ending(symbol: Character(character)) {
                guard index + 1 == characters.count else {
                    index += 1
                    throw error("nothing after the ending")
                }
                if tape.head == nil, tape.frames.isEmpty { tape.headGap = gap } else { tape.endingGap = gap }
                tape.ending = ending
                return tape
            }
            let bytes = try readFrame()
            if tape.head == nil, tape.frames.isEmpty {
                tape.headGap = gap
                gap = .zero
            }
            tape.frames.append(Frame(gap: gap, bytes: ByteBuffer(bytes: bytes)))
            gap = try readGap()
        }
        throw error("an ending: | complete, ) close, ^ reset, ~ stall")
    }

    private mutating func readGap() throws(TapeDiagramError) -> Duration {
        var ticks = 0
        while index < characters.count {
            if characters[index] == "-" {
                ticks += 1
                index += 1
            } else if characters[index] == "{" {
                index += 1
                // Nine digits can be added up without overflow.
                let digits = characters[index...].prefix(9).prefix { ("0"..."9").contains($0) }
                guard let count = Int(text(digits)), index + digits.count < characters.count,
                    characters[index + digits.count] == "}"
                else { throw error("a number of ticks and '}'") }
                ticks += count
                index += digits.count + 1
            } else {
                break
            }
        }
        return tick * ticks
    }

    private mutating func readStatus() -> Int? {
        guard index + 3 < characters.count, characters[index + 3] == " ",
            let code = Int(text(characters[index..<index + 3])), (100...999).contains(code)
        else { return nil }
        index += 4
        return code
    }

    private mutating func readFrame() throws(TapeDiagramError) -> [UInt8] {
        let character = characters[index]
        guard character == "'" else {
            guard Character(character).isPlainFrame else { throw error("a frame, a gap or an ending") }
            index += 1
            return Array(String(character).utf8)
        }
        index += 1
        var bytes: [UInt8] = []
        while index < characters.count {
            let character = characters[index]
            index += 1
            switch character {
            case "'": return bytes
            case "\\": bytes.append(try readEscape())
            default: bytes += Array(String(character).utf8)
            }
        }
        throw error("a closing quote")
    }

    private mutating func readEscape() throws(TapeDiagramError) -> UInt8 {
        guard index < characters.count else { throw error("n, r, ', \\ or xHH") }
        defer { index += 1 }
        switch characters[index] {
        case "n": return UInt8(ascii: "\n")
        case "r": return UInt8(ascii: "\r")
        case "'": return UInt8(ascii: "'")
        case "\\": return UInt8(ascii: "\\")
        case "x":
            guard index + 2 < characters.count, let high = characters[index + 1].hexDigitValue,
                let low = characters[index + 2].hexDigitValue
            else { throw error("two hex digits") }
            index += 2
            return high << 4 | low
        default: throw error("n, r, ', \\ or xHH")
        }
    }

    private func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var text = ""
        text.unicodeScalars.append(contentsOf: scalars)
        return text
    }

    private func error(_ expected: String) -> TapeDiagramError {
        TapeDiagramError(offset: index, expected: expected)
    }
}

extension Unicode.Scalar {
    fileprivate var hexDigitValue: UInt8? {
        UInt8(exactly: value)?.hexDigitValue
    }
}
