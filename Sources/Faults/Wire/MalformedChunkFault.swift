package import Tapes

/// Writes something that is no size in place of a chunk's size (RFC 9112 §7.1).
///
/// Unless told it is no number, before the second chunk, unless told. Bodies that are not chunked stay as they are.
package struct MalformedChunkFault: Fault {
    enum Form: String, CaseIterable {
        case word, empty, negative, prefixed
        case tooLarge = "too_large"

        fileprivate var text: String {
            switch self {
            case .word: "xyz"
            case .empty: ""
            case .negative: "-5"
            case .prefixed: "0x10"
            case .tooLarge: "10000000000000000"
            }
        }
    }

    package static let name = "malformed_chunk"
    package static let summary = "Writes something that is no size before a chunk."
    package static let parameters = [form, index]

    private static let form = FaultParameter.choice(
        "form",
        "No number, nothing, a negative number, a number with `0x`, or one that fits no 64 bits.",
        default: Form.word,
        isShorthand: true
    )
    private static let index = FaultParameter(
        "index",
        .integer(-1_000_000...1_000_000),
        "The chunk, counted from 0 with the last chunk of size 0 as one, or from the end with -1 as that one.",
        default: .integer(1)
    )

    package let arguments: FaultArguments
    private let form: Form
    private let index: Int

    package init(_ arguments: FaultArguments) {
        self.arguments = arguments.withoutDefaults(of: Self.parameters)
        form = arguments.word(Self.form)
        index = arguments.integer(Self.index)
    }

    package func alter(_ answer: inout AlteredTape, using generator: inout SeededGenerator) {
        let (form, index) = (form, index)
        answer.wireChanges.append { wire in
            guard let chunks = WireLayout(wire)?.chunks else { return }
            let position = index < 0 ? chunks.count + index : index
            guard chunks.indices.contains(position) else { return }
            let size = chunks[position].size
            wire.apply([ByteEdit(range: size, bytes: Array(form.text.utf8))])
            // Nobody can tell where the message ends.
            wire.isPersistent = false
        }
        answer.streamChanges.append { stream in
            guard stream.isChunked else { return }
            // The end of the body takes the place of the last chunk.
            let frames = stream.bodyRange
            let position = index < 0 ? frames.count + 1 + index : index
            guard (0...frames.count).contains(position) else { return }
            stream.fail(before: frames.lowerBound + position)
        }
    }
}
