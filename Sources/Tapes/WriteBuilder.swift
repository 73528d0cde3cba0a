internal import NIOCore

/// Collects bytes into one buffer and remembers where gaps cut it into writes.
struct WriteBuilder {
    var buffer = ByteBuffer()
    private var pendingGap = Duration.zero
    private var cuts: [(gap: Duration, start: Int)] = []

    init(capacity: Int) {
        buffer.reserveCapacity(capacity)
    }

    mutating func wait(_ gap: Duration) {
        guard gap > .zero else { return }
        if let last = cuts.last, last.start == buffer.writerIndex {
            cuts[cuts.count - 1].gap += gap
        } else {
            cuts.append((gap, buffer.writerIndex))
        }
    }

    /// - Parameters:
    ///   - endingGap: time from the last byte, or the wait behind it, to the ending.
    ///   - ending: of the wire tape.
    ///   - isPersistent: of the wire tape.
    /// - Returns: what was collected.
    func finish(endingGap: Duration, ending: Ending, isPersistent: Bool) -> WireTape {
        var writes: [WireTape.Write] = []
        writes.reserveCapacity(cuts.count + 1)
        if cuts.first?.start != 0, buffer.writerIndex > 0 {
            append(gap: .zero, from: 0, to: cuts.first?.start ?? buffer.writerIndex, to: &writes)
        }
        for (index, cut) in cuts.enumerated() {
            let end = index + 1 < cuts.count ? cuts[index + 1].start : buffer.writerIndex
            append(gap: cut.gap, from: cut.start, to: end, to: &writes)
        }
        let trailingGap = cuts.last.flatMap { $0.start == buffer.writerIndex ? $0.gap : nil } ?? .zero
        return WireTape(
            writes: writes,
            endingGap: trailingGap + endingGap,
            ending: ending,
            isPersistent: isPersistent
        )
    }

    private func append(gap: Duration, from start: Int, to end: Int, to writes: inout [WireTape.Write]) {
        var gap = gap
        var start = start
        while start < end {
            let count = min(WireEncoder.writeByteLimit, end - start)
            guard let slice = buffer.getSlice(at: start, length: count) else { return }
            writes.append(WireTape.Write(gap: gap, bytes: slice))
            gap = .zero
            start += count
        }
    }
}
