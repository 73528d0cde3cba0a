/// Failures that one defect explains.
struct FindingGroups: Sendable {
    struct Group: Sendable {
        var cause: Cause
        /// The plainest first.
        var results: [ClientRunner.Result]
    }

    /// In the order in which their first failures came.
    let groups: [Group]

    init(_ failed: [ClientRunner.Result]) {
        // Several mutations of which one fails alone say nothing new.
        let alone = Set(failed.filter { $0.fuzzCase.uses.count == 1 }.flatMap(\.fuzzCase.uses))
        let telling = failed.filter { result in
            result.fuzzCase.uses.count < 2 || !result.fuzzCase.uses.contains { alone.contains($0) }
        }
        let found = Set(telling.map(\.cause))
        // Errors of three kinds that are told, and not by the exit status.
        let told = Set(telling.filter(\.tellsErrorWithSuccess).map(\.cause)).count >= 3
        var groups: [Group] = []
        for result in telling {
            let cause =
                told && result.tellsErrorWithSuccess ? .exitStatus : CauseFolding.fold(result.cause, among: found)
            if cause != .combination, let index = groups.firstIndex(where: { $0.cause == cause }) {
                groups[index].results.append(result)
            } else {
                groups.append(Group(cause: cause, results: [result]))
            }
        }
        // What shows the cause by name represents it best.
        for index in groups.indices {
            let cause = groups[index].cause
            groups[index].results =
                groups[index].results.filter { $0.cause == cause }
                + groups[index].results.filter { $0.cause != cause }
        }
        self.groups = groups
    }
}

extension ClientRunner.Result {
    /// Whether the client said something on standard error, where it should have reported an error, and exited with 0.
    fileprivate var tellsErrorWithSuccess: Bool {
        guard !observation.errors.isEmpty else { return false }
        return failing == .falseSuccess || (failing == .wrongOutput && verdict == .either)
    }
}
