internal import NIOCore

/// Collects frames and the gaps before them.
struct StreamWriteBuilder {
    private var writes: [WireTape.Write] = []
    private var pendingGap = Duration.zero

    init(capacity: Int) {
        writes.reserveCapacity(capacity)
    }

    mutating func wait(_ gap: Duration) {
        pendingGap += gap
    }

    mutating func append(_ bytes: ByteBuffer) {
        writes.append(WireTape.Write(gap: pendingGap, bytes: bytes))
        pendingGap = .zero
    }

    /// Cuts what is too long for a frame, so that back-pressure works on large bodies.
    mutating func append(body: ByteBuffer) {
        var body = body
        while body.readableBytes > StreamEncoder.frameByteLimit {
            guard let slice = body.readSlice(length: StreamEncoder.frameByteLimit) else { return }
            append(slice)
        }
        if body.readableBytes > 0 { append(body) }
    }

    /// What was collected; what is left of gaps comes before the ending.
    func finish(ending: Ending) -> WireTape {
        WireTape(writes: writes, endingGap: pendingGap, ending: ending, isPersistent: true)
    }
}
