/// All mutations, in the order of the documentation.
package enum MutationTable {
    package static let all: [Mutation] =
        lines + events + boundaries + transport + chatPayload + items + toolCalls + endings + failures

    package static func mutation(named name: String) -> Mutation? {
        all.first { $0.name == name }
    }
}
