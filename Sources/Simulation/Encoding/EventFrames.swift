internal import NIOCore
internal import OpenRouterAPI
internal import ServerSentEvents
internal import Tapes

/// Collects the frames of an event stream, one event a frame.
struct EventFrames {
    /// All events, one after the other: a buffer for each would cost more than what is in it.
    private var bytes: [UInt8] = []
    /// The time before each event, and where it ends.
    private var events: [(gap: Duration, end: Int)] = []
    private let encoder = EventStreamEncoder()
    /// Time that passes before the next frame.
    private var gap = Duration.zero
    /// How many events are sent before the stream is cut; nil for all.
    private var cutOffset: Int?

    /// What was collected; the frames are slices of one buffer.
    var frames: [Frame] {
        var buffer = ByteBuffer(bytes: bytes)
        return events.prefix(cutOffset ?? events.count).map { event in
            let length = event.end - buffer.readerIndex
            return Frame(gap: event.gap, bytes: buffer.readSlice(length: length) ?? ByteBuffer())
        }
    }

    /// Makes room, so that a long stream is not copied while it grows.
    ///
    /// - Parameters:
    ///   - eventCount: events to come.
    ///   - byteCount: bytes of each, about.
    mutating func reserve(_ eventCount: Int, byteCount: Int) {
        events.reserveCapacity(events.count + eventCount)
        bytes.reserveCapacity(bytes.count + eventCount * byteCount)
    }

    mutating func wait(_ duration: Duration) {
        gap += duration
    }

    mutating func data(_ json: JSON) {
        data(from: json) { $0.write(into: &$1) }
    }

    /// One `data:` line; what is written holds no line break.
    ///
    /// - Parameters:
    ///   - source: what it is written from; handed on, so that it is copied for no token.
    ///   - write: writes it.
    mutating func data<Source>(from source: Source, writing write: (Source, inout [UInt8]) -> Void) {
        encoder.data(into: &bytes) { write(source, &$0) }
        end()
    }

    /// An event whose name its data repeats as `type`, as all of `/messages` do.
    mutating func event(_ type: StaticString, _ members: JSONObject = [:]) {
        var data: JSONObject = ["type": .string("\(type)")]
        data.append(contentsOf: members)
        named(type, data.serialized())
    }

    /// Sent while nothing else is (reference: inference §1.15).
    mutating func keepAlive() {
        encoder.comment("OPENROUTER PROCESSING", into: &bytes)
        end()
    }

    /// What is no part of the API's own answer: comments, pauses, and what a script interrupts it with.
    mutating func silence(_ step: GenerationStep) {
        switch step {
        case .comment(let count): for _ in 0..<count { keepAlive() }
        case .pause(let duration): wait(duration)
        case .interruption(.comment(let text)):
            encoder.comment(text, into: &bytes)
            end()
        case .interruption(.data(let text)):
            encoder.data(text, into: &bytes)
            end()
        case .interruption(.raw(let text)):
            bytes += text.utf8
            end()
        case .interruption(.cut):
            guard cutOffset == nil else { return }
            // An empty frame holds the time before the cut.
            if gap > .zero { end() }
            cutOffset = events.count
        default: break
        }
    }

    mutating func done() {
        data(from: Self.doneMark) { $1 += $0 }
    }

    /// The end as an event of its own name.
    mutating func done(as type: StaticString) {
        named(type, Self.doneMark)
    }

    private static let doneMark = Array("[DONE]".utf8)

    private mutating func named(_ type: StaticString, _ payload: [UInt8]) {
        encoder.event(type, data: payload, into: &bytes)
        end()
    }

    private mutating func end() {
        events.append((gap, bytes.count))
        gap = .zero
    }
}
