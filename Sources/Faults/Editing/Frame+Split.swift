internal import NIOCore
internal import Tapes

extension Frame {
    /// Cuts the frame into writes that are still one chunk together.
    ///
    /// - Parameters:
    ///   - offsets: where to cut, in ascending order; those outside the frame, or at its edges, count for nothing.
    ///   - gap: time between the writes.
    /// - Returns: the writes in their order; the frame as it is when no offset is inside.
    func split(at offsets: some Sequence<Int>, gap: Duration) -> [Frame] {
        let byteCount = bytes.readableBytes
        var pieces: [Frame] = []
        var start = 0
        func append(to end: Int) {
            guard let slice = bytes.getSlice(at: bytes.readerIndex + start, length: end - start) else { return }
            var piece = Frame(gap: pieces.isEmpty ? self.gap : gap, bytes: slice, chunk: .rest)
            if pieces.isEmpty { piece.chunk = chunk == .whole ? .start(byteCount: byteCount) : chunk }
            pieces.append(piece)
            start = end
        }
        for offset in offsets where offset > start && offset < byteCount { append(to: offset) }
        guard start > 0 else { return [self] }
        append(to: byteCount)
        return pieces
    }
}
