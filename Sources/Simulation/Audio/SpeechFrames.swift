internal import NIOCore
internal import Tapes

/// Sound in pieces, as a provider sends it while it speaks.
enum SpeechFrames {
    /// Bytes of a piece; our choice.
    private static let byteCount = 4096

    /// - Parameters:
    ///   - bytes: of the whole sound.
    ///   - pace: of the endpoint; a piece takes the time of a token.
    /// - Returns: the pieces, the first after the time to the first token.
    static func frames(of bytes: [UInt8], _ pace: Pace) -> [Frame] {
        let buffer = ByteBuffer(bytes: bytes)
        return stride(from: 0, to: bytes.count, by: byteCount).map { start in
            let count = min(byteCount, bytes.count - start)
            return Frame(
                gap: start == 0 ? pace.untilFirstToken : pace.betweenTokens,
                bytes: buffer.getSlice(at: buffer.readerIndex + start, length: count) ?? ByteBuffer()
            )
        }
    }
}
