/// All faults, in the order of the documentation.
package enum FaultTable {
    package static let all: [any Fault.Type] = []

    /// Nil for a word that is no fault.
    package static func fault(named name: String) -> (any Fault.Type)? {
        all.first { $0.name == name }
    }
}
