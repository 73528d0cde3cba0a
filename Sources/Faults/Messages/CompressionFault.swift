internal import HTTPTypes
package import Tapes

/// Sends the body with a content coding, `gzip` unless told, flushed after each frame, whether or not the client asked.
///
/// The coding is made of stored blocks (RFC 1951 §3.2.4): nothing gets smaller, every decoder reads it. It is applied
/// last, so events can be changed before and after it in the list of faults.
package struct CompressionFault: Fault {
    package static let name = "compression"
    package static let summary = "Sends the body as gzip or deflate, flushed after each frame."
    package static let parameters = [coding]

    private static let coding = FaultParameter.choice(
        "coding",
        "The content coding (RFC 9110 §8.4.1).",
        default: StoredCoding.Format.gzip,
        isShorthand: true
    )

    package let arguments: FaultArguments
    private let format: StoredCoding.Format

    package init(_ arguments: FaultArguments) {
        self.arguments = arguments.withoutDefaults(of: Self.parameters)
        format = arguments.word(Self.coding)
    }

    package func alter(_ answer: inout AlteredTape, using generator: inout SeededGenerator) {
        guard answer.tape.allowsBody, answer.hasPlainBody else { return }
        let format = format
        answer.codingChanges.append { tape in
            guard tape.head?.fields[.contentEncoding] == nil, !tape.frames.isEmpty else { return }
            tape.head?.fields[.contentEncoding] = format.rawValue
            var coding = StoredCoding(format)
            var frames = tape.frames
            for index in frames.indices {
                let isLast = index == frames.count - 1 && tape.ending == .complete
                frames[index] = Frame(gap: frames[index].gap, bytes: coding.write(frames[index].bytes, isLast: isLast))
            }
            tape.replaceBody(with: frames)
        }
    }
}
