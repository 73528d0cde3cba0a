internal import Faults
internal import Testing

@Suite("Fault table")
struct FaultTableTests {
    @Test("Names are unique, in snake case")
    func names() {
        let names = FaultTable.all.map { $0.name }
        #expect(Set(names).count == names.count)
        #expect(names.allSatisfy { name in name.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "_" } })
    }
}
