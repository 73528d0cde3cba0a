internal import HTTPTypes
internal import NIOCore
internal import Tapes
internal import TestSupport

extension Tape {
    /// A tape that a diagram can tell in full: gaps are multiples of the tick, the head is the standard one, and where
    /// there is no head the first gap is the head's.
    static func random(tick: Duration, using generator: inout SplitMix) -> Tape {
        let hasHead = Bool.random(using: &generator)
        var tape = Tape(head: nil, origin: .server)
        tape.headGap = gap(tick, using: &generator)
        if hasHead {
            let code = [200, 204, 404, 429, 500, 503, 599, 999].randomElement(using: &generator) ?? 200
            tape.head = ResponseHead(
                status: HTTPResponse.Status(registered: code),
                fields: [.transferEncoding: "chunked"]
            )
        }
        for index in 0..<Int.random(in: 0...5, using: &generator) {
            let isFirst = index == 0 && !hasHead
            tape.frames.append(
                Frame(gap: isFirst ? .zero : gap(tick, using: &generator), bytes: bytes(using: &generator))
            )
        }
        tape.endingGap = hasHead || !tape.frames.isEmpty ? gap(tick, using: &generator) : .zero
        tape.ending = Ending.allCases.randomElement(using: &generator) ?? .complete
        return tape
    }

    private static func gap(_ tick: Duration, using generator: inout SplitMix) -> Duration {
        tick * ([0, 0, 1, 2, 8, 9, 400].randomElement(using: &generator) ?? 0)
    }

    private static func bytes(using generator: inout SplitMix) -> ByteBuffer {
        let count = Int.random(in: 0...6, using: &generator)
        switch Int.random(in: 0...3, using: &generator) {
        case 0:
            // Every byte there is, so mostly ill-formed UTF-8.
            return ByteBuffer(bytes: (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) })
        case 1:
            // Scalars that join their neighbors to one character, and those with a meaning in diagrams.
            let scalars: [Unicode.Scalar] = [
                "'", "\\", "n", "x", "\n", "\r", "\t", "\0", "\u{7F}", "\u{301}", "\u{200D}", "\u{600}", "é", "👩", "🇩",
            ]
            var text = ""
            for _ in 0..<count {
                text.unicodeScalars.append(scalars.randomElement(using: &generator) ?? "?")
            }
            return ByteBuffer(string: text)
        default:
            let characters = Array("abz019 |)^~-{}'\\!\"<.,:")
            return ByteBuffer(
                string: String((0..<max(1, count / 2)).compactMap { _ in characters.randomElement(using: &generator) })
            )
        }
    }
}
