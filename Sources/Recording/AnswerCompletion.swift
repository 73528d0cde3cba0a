internal import NIOCore
internal import Tapes

/// Tells when a client has had an answer in full, which can be before the upstream has ended it.
///
/// A body of announced length is complete with its last byte, an event stream with its success marker: clients act on
/// `data: [DONE]` or `message_stop` and need not wait for the end of the body (reference: OpenRouter streaming guide).
struct AnswerCompletion {
    private let expectedByteCount: Int?
    private let isEventStream: Bool
    private var receivedByteCount = 0
    /// The latest bytes; a stream begins like a new line.
    private var tail = [UInt8(ascii: "\n")]
    private(set) var isComplete = false

    private static let markers = ["\ndata: [DONE]", "\ndata:[DONE]", "\nevent: message_stop"]
        .map { Array($0.utf8) }
    private static let tailByteCount = 32

    init(_ head: ResponseHead) {
        if case .sized(let count) = head.framing { expectedByteCount = count } else { expectedByteCount = nil }
        isEventStream = head.mediaType == "text/event-stream"
    }

    /// - Returns: whether these bytes complete the answer.
    mutating func completes(with bytes: ByteBuffer) -> Bool {
        guard !isComplete else { return false }
        receivedByteCount += bytes.readableBytes
        if receivedByteCount == expectedByteCount { isComplete = true }
        if isEventStream {
            tail += bytes.readableBytesView
            isComplete = isComplete || Self.markers.contains { contains($0) }
            tail = tail.suffix(Self.tailByteCount)
        }
        return isComplete
    }

    private func contains(_ marker: [UInt8]) -> Bool {
        guard tail.count >= marker.count else { return false }
        return tail.indices.dropLast(marker.count - 1).contains { tail[$0...].starts(with: marker) }
    }
}
