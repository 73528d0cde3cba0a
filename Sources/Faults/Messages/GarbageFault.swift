internal import NIOCore
package import Tapes

/// Sends random bytes before the head, in its place, or instead of the whole answer.
///
/// They are 64 and come before the head unless told.
///
/// The last is WireMock's `RANDOM_DATA_THEN_CLOSE`.
package struct GarbageFault: Fault {
    enum Place: String, CaseIterable {
        case beforeHead = "before_head"
        case insteadOfHead = "instead_of_head"
        case insteadOfAnswer = "instead_of_answer"
    }

    package static let name = "garbage"
    package static let summary = "Sends random bytes before the head or in its place."
    package static let parameters = [place, count]

    private static let place = FaultParameter.choice(
        "where",
        "Before the head, instead of it, or instead of the whole answer, with the connection closed then.",
        default: Place.beforeHead,
        isShorthand: true
    )
    private static let count = FaultParameter(
        "count",
        .byteCount(1...1 << 16),
        "Number of random bytes.",
        default: .integer(64)
    )

    package let arguments: FaultArguments
    private let place: Place
    private let count: Int

    package init(_ arguments: FaultArguments) {
        self.arguments = arguments.withoutDefaults(of: Self.parameters)
        place = arguments.word(Self.place)
        count = arguments.integer(Self.count)
    }

    package func alter(_ answer: inout AlteredTape, using generator: inout SeededGenerator) {
        let bytes = ByteBuffer.random(count, using: &generator)
        switch place {
        case .beforeHead:
            answer.wireChanges.append { wire in
                guard let head = WireLayout(wire)?.heads.first else { return }
                wire.apply([.insertion(of: bytes.readableBytesView, at: head.lowerBound, joinsNext: true)])
            }
            answer.failStream()
        case .insteadOfHead:
            answer.wireChanges.append { wire in
                guard let head = WireLayout(wire)?.heads.last else { return }
                wire.apply([ByteEdit(range: head, bytes: Array(bytes.readableBytesView))])
                // Nobody can tell where the message ends.
                wire.isPersistent = false
            }
            answer.failStream()
        case .insteadOfAnswer:
            answer.silence(ending: .close)
            answer.tape.frames = [Frame(bytes: bytes)]
        }
    }
}

extension AlteredTape {
    /// HTTP/2 has no place for bytes that are none of its frames: the stream ends where the head would have come.
    fileprivate mutating func failStream() {
        streamChanges.append { $0.fail(before: max(0, $0.parts.heads.count - 1)) }
    }
}
