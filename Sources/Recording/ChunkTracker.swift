internal import NIOCore
internal import Tapes

/// Says of each piece of a body how it lies in the upstream's chunks.
struct ChunkTracker {
    private let response: RawResponse?
    private var next = 0
    private var missingByteCount = 0

    /// - Parameter response: nil where the upstream has no chunks, as under HTTP/2.
    init(_ response: RawResponse?) {
        self.response = response
    }

    mutating func place(_ bytes: ByteBuffer) -> Frame.Chunk {
        let count = bytes.readableBytes
        guard missingByteCount == 0 else {
            missingByteCount = max(0, missingByteCount - count)
            return .rest
        }
        guard let size = response?.chunkSize(at: next) else { return .whole }
        next += 1
        guard size > count else { return .whole }
        missingByteCount = size - count
        return .start(byteCount: size)
    }
}
