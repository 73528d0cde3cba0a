internal import NIOCore
internal import OpenRouterAPI
internal import ServerSentEvents
internal import Tapes

/// Collects the frames of an event stream, one event a frame.
struct EventFrames {
    private(set) var frames: [Frame] = []
    private let encoder = EventStreamEncoder()
    /// Time that passes before the next frame.
    private var gap = Duration.zero

    mutating func wait(_ duration: Duration) {
        gap += duration
    }

    mutating func data(_ json: JSON) {
        data(json.serialized())
    }

    /// One `data:` line; the bytes hold no line break.
    mutating func data(_ payload: [UInt8]) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(payload.count + 8)
        encoder.data(payload, into: &bytes)
        append(bytes)
    }

    /// An event whose name its data repeats as `type`, as all of `/messages` do.
    mutating func event(_ type: StaticString, _ members: JSONObject = [:]) {
        var data: JSONObject = ["type": .string("\(type)")]
        data.append(contentsOf: members)
        named(type, data.serialized())
    }

    /// Sent while nothing else is (reference: inference §1.15).
    mutating func keepAlive() {
        append(encoder.comment("OPENROUTER PROCESSING"))
    }

    mutating func done() {
        data(Self.doneMark)
    }

    /// The end as an event of its own name.
    mutating func done(as type: StaticString) {
        named(type, Self.doneMark)
    }

    private static let doneMark = Array("[DONE]".utf8)

    private mutating func named(_ type: StaticString, _ payload: [UInt8]) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(payload.count + 40)
        encoder.event(type, data: payload, into: &bytes)
        append(bytes)
    }

    private mutating func append(_ bytes: [UInt8]) {
        frames.append(Frame(gap: gap, bytes: ByteBuffer(bytes: bytes)))
        gap = .zero
    }
}
