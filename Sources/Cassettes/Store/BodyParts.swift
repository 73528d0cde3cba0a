internal import NIOCore
internal import Tapes

/// A body as it came, which need not lie in one buffer.
struct BodyParts {
    let parts: [ByteBuffer]
    let byteCount: Int
    let hash: Hash128

    init(_ parts: [ByteBuffer]) {
        self.parts = parts
        var byteCount = 0
        var hash = RunningHash()
        for part in parts {
            byteCount += part.readableBytes
            part.withUnsafeReadableBytes { hash.add($0) }
        }
        self.byteCount = byteCount
        self.hash = hash.finish()
    }

    init(_ tape: Tape) {
        self.init(tape.frames.map(\.bytes))
    }

    /// All of it in one buffer.
    var joined: ByteBuffer {
        guard parts.count != 1 else { return parts[0] }
        var joined = ByteBuffer()
        joined.reserveCapacity(byteCount)
        for part in parts { joined.writeImmutableBuffer(part) }
        return joined
    }
}
