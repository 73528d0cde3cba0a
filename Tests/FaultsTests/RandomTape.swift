internal import Faults
internal import HTTPTypes
internal import NIOCore
internal import Tapes

/// Tapes to be expected and not to be expected, from a seed.
enum RandomTape {
    /// A complete event stream as OpenRouter sends one, in frames cut anywhere.
    static func stream(using generator: inout SeededGenerator) -> Tape {
        var text = ""
        for index in 0..<generator.integer(in: 1...6) {
            if generator.chance(percent: 20) { text += ": OPENROUTER PROCESSING\n\n" }
            if generator.chance(percent: 20) { text += "event: message\n" }
            let content =
                generator.choice(of: ["Hi", "é{}", "a\\n\\\"b", "\u{1F600}", "", " data: x ", "\\ud83d"]) ?? ""
            let spacing = generator.choice(of: ["", " ", "  "]) ?? ""
            text +=
                "data: {\"index\":\(spacing)\(index),\"choices\":[{\"delta\":{\"content\":\"\(content)\"},\"n\":null}]}\n\n"
        }
        if generator.chance(percent: 80) { text += "data: [DONE]\n\n" }
        var tape = Tape(
            headGap: .milliseconds(generator.below(20)),
            head: ResponseHead(
                status: .init(registered: 200),
                fields: [.contentType: "text/event-stream", .transferEncoding: "chunked"]
            ),
            frames: frames(of: Array(text.utf8), using: &generator),
            endingGap: .milliseconds(generator.below(5)),
            origin: .control
        )
        if generator.chance(percent: 30) {
            tape.head?.fields[.transferEncoding] = nil
            let byteCount = tape.bodyByteCount
            tape.head?.fields[.contentLength] = String(byteCount)
        }
        return tape
    }

    /// Anything that is a tape: without a head, with empty frames, with bytes that are nothing, cut.
    static func hostile(using generator: inout SeededGenerator) -> Tape {
        let bytes: [UInt8] =
            switch generator.below(5) {
            case 0: []
            case 1: (0..<generator.below(300)).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
            case 2:
                (0..<generator.below(200)).flatMap { _ in
                    Array(
                        (generator.choice(of: ["\r", "\n", ":", " ", "data", "id", "{", "}", "\"", "\u{FEFF}"]) ?? "")
                            .utf8
                    )
                }
            case 3: Array(#"{"choices":[{"message":{"content":"x"}}],"empty":{}}"#.utf8)
            default: Array(String(buffer: stream(using: &generator).body).utf8.dropLast(generator.below(20)))
            }
        var tape = Tape(head: nil, frames: frames(of: bytes, using: &generator), origin: .control)
        tape.ending = generator.choice(of: Ending.allCases) ?? .complete
        tape.headGap = .milliseconds(generator.below(3))
        tape.endingGap = .milliseconds(generator.below(3))
        for index in tape.frames.indices where generator.chance(percent: 10) {
            let byteCount = tape.frames[index].bytes.readableBytes + generator.below(30)
            tape.frames[index].chunk = .start(byteCount: byteCount)
        }
        if generator.chance(percent: 20) { tape.frames.insert(Frame(gap: .milliseconds(1), ""), at: 0) }
        guard generator.chance(percent: 80) else { return tape }
        let version = generator.choice(of: [ResponseHead.Version.http10, .http11, .http2]) ?? .http11
        let code = generator.choice(of: [100, 200, 204, 304, 429, 500, 999]) ?? 200
        tape.head = ResponseHead(version: version, status: .init(registered: code))
        let types = ["text/event-stream", "text/event-stream;a=b", "application/json", "text/html", ""]
        if let type = generator.choice(of: types), type != "" { tape.head?.fields[.contentType] = type }
        let byteCount = tape.bodyByteCount
        switch generator.below(4) {
        case 0: tape.head?.fields[.transferEncoding] = "chunked"
        case 1: tape.head?.fields[.contentLength] = String(byteCount)
        case 2: tape.head?.fields[.contentLength] = "9223372036854775807"
        default: break
        }
        if generator.chance(percent: 10) { tape.head?.fields[.contentEncoding] = "br" }
        return tape
    }

    private static func frames(of bytes: [UInt8], using generator: inout SeededGenerator) -> [Frame] {
        var frames: [Frame] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            let piece = rest.prefix(generator.integer(in: 1...80))
            rest = rest.dropFirst(piece.count)
            let gap = generator.chance(percent: 50) ? Duration.zero : .milliseconds(generator.below(9))
            let frame = Frame(gap: gap, bytes: ByteBuffer(bytes: piece))
            guard piece.count > 1, generator.chance(percent: 20) else {
                frames.append(frame)
                continue
            }
            // A chunk that came in two pieces.
            let start = generator.integer(in: 1...piece.count - 1)
            frames.append(
                Frame(gap: gap, bytes: ByteBuffer(bytes: piece.prefix(start)), chunk: .start(byteCount: piece.count))
            )
            frames.append(
                Frame(gap: .milliseconds(1), bytes: ByteBuffer(bytes: piece.dropFirst(start)), chunk: .rest)
            )
        }
        return frames
    }
}
