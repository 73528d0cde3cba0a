internal import NIOCore
package import Tapes

/// Sends bytes after the end of a complete message, 16 random ones unless told; where the end of the connection ends the
/// body there is no such place.
package struct TrailingBytesFault: Fault {
    package static let name = "trailing_bytes"
    package static let summary = "Sends bytes after the end of the message."
    package static let parameters = [count, text]

    private static let count = FaultParameter(
        "count",
        .byteCount(1...1 << 16),
        "Number of random bytes.",
        default: .integer(16),
        isShorthand: true
    )
    private static let text = FaultParameter("text", .text, "What is sent instead of random bytes.")

    package let arguments: FaultArguments
    private let count: Int
    private let text: String?

    package init(_ arguments: FaultArguments) {
        self.arguments = arguments.withoutDefaults(of: Self.parameters)
        count = arguments.integer(Self.count)
        text = arguments.text(Self.text.name)
    }

    package func alter(_ answer: inout AlteredTape, using generator: inout SeededGenerator) {
        let bytes = text.map { ByteBuffer(string: $0) } ?? .random(count, using: &generator)
        guard bytes.readableBytes > 0 else { return }
        answer.wireChanges.append { wire in
            guard let layout = WireLayout(wire), layout.framing != .untilClose, wire.ending == .complete else { return }
            wire.writes.append(WireTape.Write(gap: wire.endingGap, bytes: bytes))
            wire.endingGap = .zero
        }
    }
}
