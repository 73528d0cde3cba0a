internal import OpenRouterAPI

/// A branch of `anyOf` or `oneOf` that a value does not fit, and how far it is from fitting.
struct SchemaBranch: Comparable {
    let id: SchemaID
    /// Where the branch is defined.
    let target: JSONPointer
    let violations: [SchemaViolation]
    /// Where the value stands whose branch it is.
    let place: JSONPointer

    /// Whether the value is of another type than the branch is about.
    var isOfOtherKind: Bool {
        violations.contains { $0.instance == place && $0.keyword == "type" }
    }

    /// Whether a member that tells branches apart has another branch's value.
    private var isTaggedOtherwise: Bool {
        violations.contains {
            $0.instance.components.count == place.components.count + 1 && ["const", "enum"].contains($0.keyword)
        }
    }

    /// Smaller is nearer: the right type first, then the right tag, then the fewest violations.
    private var rank: (Int, Int, Int) {
        (isOfOtherKind ? 1 : 0, isTaggedOtherwise ? 1 : 0, violations.count)
    }

    /// The first violation in few words.
    var summary: String {
        violations.first { $0.instance == place && $0.keyword == "type" }?.message
            .split(separator: ", found").first.map(String.init) ?? violations.first?.message ?? ""
    }

    static func < (left: SchemaBranch, right: SchemaBranch) -> Bool {
        left.rank < right.rank
    }

    static func == (left: SchemaBranch, right: SchemaBranch) -> Bool {
        left.rank == right.rank
    }
}
