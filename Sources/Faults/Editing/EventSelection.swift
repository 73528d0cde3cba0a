internal import Tapes

/// Which events of a stream a fault is about: a run of them, by index or by place.
struct EventSelection {
    enum Which: String, CaseIterable {
        case first, last, random, all
    }

    static let index = FaultParameter(
        "index",
        .integer(-1_000_000...1_000_000),
        "The first event meant, counted from 0, or from the end with -1 as the last; unless said, `which` tells."
    )
    static let which = FaultParameter.choice(
        "which",
        "The events meant: so many at the start, at the end, at a random place, or all; not together with `index`.",
        default: Which.random
    )

    /// How many; the default is the fault's own.
    static func count(default count: Int) -> FaultParameter {
        FaultParameter("count", .integer(1...1_000_000), "Number of events.", default: .integer(count))
    }

    private let index: Int?
    private let which: Which
    private let count: Int

    /// - Throws: ``FaultArgumentError`` for both `index` and `which`.
    init(_ arguments: FaultArguments, count: FaultParameter) throws(FaultArgumentError) {
        index = arguments.integer(Self.index.name)
        if index != nil, arguments[Self.which.name] != nil {
            throw FaultArgumentError(
                parameter: "which",
                message: "'index' and 'which' both say which events are meant; leave one out"
            )
        }
        which = arguments.word(Self.which)
        self.count = arguments.integer(count)
    }

    /// The positions meant among so many events; empty when there are none.
    func positions(among total: Int, using generator: inout SeededGenerator) -> Range<Int> {
        let count = min(self.count, total)
        guard count > 0 else { return 0..<0 }
        if let index {
            let start = index < 0 ? total + index : index
            guard (0..<total).contains(start) else { return 0..<0 }
            return start..<min(total, start + count)
        }
        switch which {
        case .first: return 0..<count
        case .last: return (total - count)..<total
        case .random:
            let start = generator.below(total - count + 1)
            return start..<(start + count)
        case .all: return 0..<total
        }
    }
}
