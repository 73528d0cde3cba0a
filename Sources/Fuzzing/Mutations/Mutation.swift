internal import Tapes

/// One way to change an answer, with the values worth trying.
package struct Mutation: Sendable {
    /// Where the change is made.
    package enum Layer: String, Sendable, Hashable, CaseIterable {
        case http, stream, payload
    }

    package enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The meaning stays: the client must not notice.
        case preserving
        /// The answer is broken: the client must report it.
        case breaking
        /// Only a broken server would send it; tried only when asked for.
        case brokenServer = "broken-server"
    }

    /// Mutations are made in this order, whatever order they are named in.
    enum Phase: Int, Sendable, Comparable {
        /// On the pieces of the conversation.
        case conversation
        /// On the content of events.
        case payload
        /// On the list of blocks.
        case blocks
        /// On everything below: lines, boundaries, the head, the ending.
        case transport

        static func < (left: Phase, right: Phase) -> Bool { left.rawValue < right.rawValue }
    }

    /// A value of the mutation's parameter.
    struct Value: Sendable {
        let name: String
        /// Why a client fails here, most likely.
        let cause: Cause
        /// The tape on which the value shows; nil for ``BaseTape/text``.
        let base: String?
        /// Whether it takes a good part of the client's time limit.
        let isSlow: Bool
        /// Whether it takes much of the processor, so that once is enough.
        let isHeavy: Bool

        init(
            _ name: String,
            _ cause: Cause,
            on base: String? = nil,
            isSlow: Bool = false,
            isHeavy: Bool = false
        ) {
            self.name = name
            self.cause = cause
            self.base = base
            self.isSlow = isSlow
            self.isHeavy = isHeavy
        }
    }

    typealias Change = @Sendable (inout Draft, _ value: String, inout SeededGenerator) -> Bool

    package let name: String
    package let layer: Layer
    package let kind: Kind
    let phase: Phase
    /// How often clients in the wild fail here: 1 for most often.
    let rank: Int
    /// What it does, in one sentence.
    package let summary: String
    /// Mutations of one slot exclude each other.
    let slot: String
    let values: [Value]
    let apis: Set<InferenceAPI>
    /// False where the mutation cannot be made on the draft.
    let change: Change

    init(
        _ name: String,
        _ layer: Layer,
        _ kind: Kind,
        _ phase: Phase,
        rank: Int,
        _ summary: String,
        slot: String? = nil,
        apis: Set<InferenceAPI> = Set(InferenceAPI.allCases),
        values: [Value],
        change: @escaping Change
    ) {
        self.name = name
        self.layer = layer
        self.kind = kind
        self.phase = phase
        self.rank = rank
        self.summary = summary
        self.slot = slot ?? name
        self.apis = apis
        self.values = values
        self.change = change
    }
}

extension Mutation {
    package var valueNames: [String] { values.map(\.name) }

    func value(named name: String) -> Value? { values.first { $0.name == name } }
}
