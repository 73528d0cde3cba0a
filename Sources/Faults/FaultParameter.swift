/// One thing that can be said about a fault.
package struct FaultParameter: Sendable, Hashable {
    /// What values it takes.
    package enum Kind: Sendable, Hashable {
        /// A time such as `250ms`; at least zero.
        case duration
        /// A number of bytes, plain or as `64KiB`, in this range.
        case byteCount(ClosedRange<Int>)
        /// A whole number in this range.
        case integer(ClosedRange<Int>)
        case bool
        case text
        /// One word of these.
        case choice([String])
    }

    package let name: String
    package let kind: Kind
    /// What it means, with its unit, in one sentence.
    package let summary: String
    /// In force when nothing is said; nil where leaving it out means something of its own, which the summary says.
    package let defaultValue: FaultValue?
    /// Whether it must be said.
    package let isRequired: Bool
    /// Whether `fault: value` means this one, without its name.
    package let isShorthand: Bool

    package init(
        _ name: String,
        _ kind: Kind,
        _ summary: String,
        default defaultValue: FaultValue? = nil,
        isRequired: Bool = false,
        isShorthand: Bool = false
    ) {
        self.name = name
        self.kind = kind
        self.summary = summary
        self.defaultValue = defaultValue
        self.isRequired = isRequired
        self.isShorthand = isShorthand
    }
}

/// A value of a fault's parameter.
package enum FaultValue: Sendable, Hashable {
    case duration(Duration)
    /// A number, or a number of bytes.
    case integer(Int)
    case bool(Bool)
    /// A text, or one word of a choice.
    case text(String)
}
