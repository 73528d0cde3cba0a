internal import NIOCore

/// Collects frames and the gaps before them.
struct StreamWriteBuilder {
    private let joinsFrames: Bool
    /// Writes at the beginning that are no body.
    private let headCount: Int
    private var writes: [WireTape.Write] = []
    private var pendingGap = Duration.zero
    /// Bytes of the body that are still to come.
    private var remainingByteCount: Int
    /// Whether the last write is a buffer of our own, which more is added to.
    private var isJoining = false

    /// - Parameters:
    ///   - frames: what will be added.
    ///   - boundaries: what becomes of theirs.
    ///   - headCount: how many heads will be added before.
    init(_ frames: [Frame], _ boundaries: StreamEncoder.Boundaries, headCount: Int) {
        joinsFrames = boundaries == .joined
        self.headCount = headCount
        remainingByteCount = frames.reduce(0) { $0 + $1.bytes.readableBytes }
        // Joined frames become few.
        if !joinsFrames { writes.reserveCapacity(frames.count + 2) }
    }

    mutating func wait(_ gap: Duration) {
        pendingGap += gap
    }

    mutating func append(_ bytes: ByteBuffer) {
        writes.append(WireTape.Write(gap: pendingGap, bytes: bytes))
        pendingGap = .zero
        isJoining = false
    }

    /// Cuts what is too long for a frame, so that back-pressure works on large bodies.
    mutating func append(body: ByteBuffer) {
        guard body.readableBytes > 0 else { return }
        if !join(body) {
            var rest = body
            while rest.readableBytes > StreamEncoder.frameByteLimit {
                guard let slice = rest.readSlice(length: StreamEncoder.frameByteLimit) else { return }
                append(slice)
            }
            append(rest)
        }
        remainingByteCount -= body.readableBytes
    }

    /// Adds bytes to the last write where that is one of the body, at the same moment and with room for all of them.
    ///
    /// - Returns: whether they were added.
    private mutating func join(_ body: ByteBuffer) -> Bool {
        guard joinsFrames, pendingGap == .zero, writes.count > headCount else { return false }
        let last = writes.count - 1
        let byteCount = writes[last].bytes.readableBytes + body.readableBytes
        guard byteCount <= StreamEncoder.frameByteLimit else { return false }
        if !isJoining {
            var bytes = ByteBuffer()
            let lastByteCount = writes[last].bytes.readableBytes
            bytes.reserveCapacity(min(StreamEncoder.frameByteLimit, lastByteCount + remainingByteCount))
            bytes.writeImmutableBuffer(writes[last].bytes)
            writes[last].bytes = bytes
            isJoining = true
        }
        writes[last].bytes.writeImmutableBuffer(body)
        return true
    }

    /// What was collected; what is left of gaps comes before the ending.
    func finish(ending: Ending) -> WireTape {
        WireTape(writes: writes, endingGap: pendingGap, ending: ending, isPersistent: true)
    }
}
