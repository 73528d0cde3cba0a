internal import NIOCore
package import Tapes

/// Spreads the body over time as a slow link would: so many bytes a second, 10 KiB unless told.
///
/// A frame that the link is busy for waits, and a frame arrives in pieces of at most a twentieth of a second. The word
/// is toxiproxy's.
package struct BandwidthFault: Fault {
    package static let name = "bandwidth"
    package static let summary = "Spreads the body over time as a slow link does."
    package static let parameters = [rate]

    private static let rate = FaultParameter(
        "rate",
        .byteCount(1...1 << 40),
        "Bytes a second.",
        default: .integer(10 << 10),
        isShorthand: true
    )

    package let arguments: FaultArguments
    private let rate: Int

    package init(_ arguments: FaultArguments) {
        self.arguments = arguments.withoutDefaults(of: Self.parameters)
        rate = arguments.integer(Self.rate)
    }

    package func alter(_ answer: inout AlteredTape, using generator: inout SeededGenerator) {
        let byteCount = max(1, rate / 20, answer.tape.bodyByteCount / FaultLimit.pieceCount)
        var frames: [Frame] = []
        /// When the next frame is due, and when the last piece has arrived.
        var due = Duration.zero
        var arrival = Duration.zero
        for frame in answer.tape.frames {
            due += frame.gap
            var busyUntil = max(due, arrival)
            let offsets = stride(from: byteCount, to: frame.bytes.readableBytes, by: byteCount)
            for var piece in frame.split(at: offsets, gap: .zero) {
                busyUntil += .nanoseconds(nanoseconds(for: piece.bytes.readableBytes))
                piece.gap = busyUntil - arrival
                arrival = busyUntil
                frames.append(piece)
            }
        }
        answer.tape.frames = frames
    }

    private func nanoseconds(for byteCount: Int) -> Int {
        Int((Double(byteCount) / Double(rate) * 1e9).rounded())
    }
}
