internal import HTTPTypes

/// What a source of answers hands to the player.
package enum Answer: Sendable {
    /// An answer known from beginning to end.
    case tape(Tape)

    /// The same with defects of its bytes.
    case altered(AlteredTape)

    /// The same with its usual wire form at hand, for tapes that are played often.
    case lowered(LoweredTape)

    /// The same whose body is read while it is played.
    case stored(StoredTape)

    /// An answer that is still coming.
    case live(LiveTape)
}

extension Answer {
    package var origin: Origin {
        switch self {
        case .tape(let tape): tape.origin
        case .altered(let altered): altered.tape.origin
        case .lowered(let lowered): lowered.tape.origin
        case .stored(let stored): stored.outline.origin
        case .live(let live): live.origin
        }
    }

    /// How it ends; nil while it is still coming.
    package var ending: Ending? {
        switch self {
        case .tape(let tape): tape.ending
        case .altered(let altered): altered.tape.ending
        case .lowered(let lowered): lowered.tape.ending
        case .stored(let stored): stored.outline.ending
        case .live: nil
        }
    }

    /// Its beginning; nil while it is still coming.
    package var excerpt: TapeExcerpt? {
        switch self {
        case .tape(let tape): TapeExcerpt(tape)
        case .altered(let altered): TapeExcerpt(altered.tape)
        case .lowered(let lowered): lowered.excerpt
        case .stored(let stored): stored.excerpt
        case .live: nil
        }
    }

    /// Status code, or nil where there is no head.
    package var status: Int? {
        switch self {
        case .tape(let tape): tape.head?.status.code
        case .altered(let altered): altered.tape.head?.status.code
        case .lowered(let lowered): lowered.tape.head?.status.code
        case .stored(let stored): stored.outline.head?.status.code
        case .live(let live): live.head.status.code
        }
    }
}

extension Answer {
    /// What is sent for it on a stream of HTTP/2; nil where that is not known as a whole.
    package func loweredToStream(for context: ExchangeContext) -> StreamTape? {
        switch self {
        case .tape(let tape): StreamEncoder.lower(tape, for: context)
        case .altered(let altered): altered.loweredToStream(for: context)
        case .lowered(let lowered): lowered.loweredToStream(for: context)
        case .stored, .live: nil
        }
    }
}
