/// A tape with defects that only its bytes can have, such as a chunk size that is no number.
///
/// Faults change the tape itself where they can; what lies below the message is kept as changes to the lowered bytes.
package struct AlteredTape: Sendable {
    /// A change to the bytes and times of a lowered tape.
    package typealias WireChange = @Sendable (inout WireTape) -> Void

    package var tape: Tape

    /// Made in this order each time the tape is lowered.
    package var wireChanges: [WireChange]

    package init(_ tape: Tape, wireChanges: [WireChange] = []) {
        self.tape = tape
        self.wireChanges = wireChanges
    }

    /// The bytes for an exchange, with their defects.
    package func lowered(for context: ExchangeContext) -> WireTape {
        var wire = WireEncoder.lower(tape, for: context)
        for change in wireChanges { change(&wire) }
        return wire
    }
}
