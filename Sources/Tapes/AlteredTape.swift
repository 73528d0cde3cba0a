/// A tape with defects that only its bytes can have, such as a chunk size that is no number.
///
/// Faults change the tape itself where they can; what lies below the message is kept as changes that are made when the
/// tape is lowered.
package struct AlteredTape: Sendable {
    /// A change to the whole body, such as a content coding, after which its events cannot be seen any more.
    package typealias CodingChange = @Sendable (inout Tape) -> Void

    /// A change to the bytes and times of a lowered tape.
    package typealias WireChange = @Sendable (inout WireTape) -> Void

    /// The same change, as far as HTTP/2 has it, to the frames of a stream.
    package typealias StreamChange = @Sendable (inout StreamTape) -> Void

    package var tape: Tape

    /// What the body is, in lower case without parameters, whatever faults have made of the header field since.
    package let mediaType: String?

    /// Made in this order each time the tape is lowered, before that.
    package var codingChanges: [CodingChange]

    /// Made in this order each time the tape is lowered, after that.
    package var wireChanges: [WireChange]

    /// What takes the place of these where the tape is lowered for HTTP/2.
    package var streamChanges: [StreamChange] = []

    package init(_ tape: Tape, codingChanges: [CodingChange] = [], wireChanges: [WireChange] = []) {
        self.tape = tape
        mediaType = tape.head?.mediaType
        self.codingChanges = codingChanges
        self.wireChanges = wireChanges
    }

    /// The tape in its content coding.
    private var coded: Tape {
        var coded = tape
        for change in codingChanges { change(&coded) }
        return coded
    }

    /// The bytes for an exchange, with their defects.
    package func lowered(for context: ExchangeContext) -> WireTape {
        var wire = WireEncoder.lower(coded, for: context)
        for change in wireChanges { change(&wire) }
        return wire
    }

    /// The frames for an exchange over HTTP/2, with the defects that it can have.
    package func loweredToStream(for context: ExchangeContext) -> StreamTape {
        var stream = StreamEncoder.lower(coded, for: context, boundaries: .kept)
        for change in streamChanges { change(&stream) }
        return stream
    }
}
