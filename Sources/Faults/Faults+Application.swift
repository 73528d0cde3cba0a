package import Tapes

extension Sequence<any Fault> {
    /// Applies the faults in their order and notes in ``Origin/faults`` the names of those that made a difference.
    ///
    /// Each fault gets randomness of its own, so that one fault's appetite does not change what the next one does.
    ///
    /// - Parameters:
    ///   - answer: the answer so far.
    ///   - generator: where the faults' randomness comes from; moves on by one draw for each fault.
    package func alter(_ answer: inout AlteredTape, using generator: inout SeededGenerator) {
        for fault in self {
            let name = type(of: fault).name
            var branch = generator.branch(mixing: name)
            let before = answer
            fault.alter(&answer, using: &branch)
            if answer.differs(from: before) { answer.tape.origin.faults.append(name) }
        }
    }
}

extension AlteredTape {
    /// Whether a client could tell the two apart.
    fileprivate func differs(from other: AlteredTape) -> Bool {
        if tape != other.tape { return true }
        // Changes of what is lowered cannot be compared, only what comes out of them.
        let counts = (codingChanges.count, wireChanges.count)
        guard counts != (other.codingChanges.count, other.wireChanges.count) else { return false }
        let (wire, otherWire) = (lowered(for: .usual), other.lowered(for: .usual))
        return wire.writes.count != otherWire.writes.count || wire.endingGap != otherWire.endingGap
            || zip(wire.writes, otherWire.writes).contains { $0.gap != $1.gap || $0.bytes != $1.bytes }
    }
}
