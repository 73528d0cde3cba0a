/// What to fuzz and how long.
package struct FuzzSettings: Sendable {
    /// The client and its arguments.
    package var command: [String]
    package var api = InferenceAPI.chat
    package var seed: UInt64 = 0
    /// The most cases, the warm-up not counted.
    package var caseLimit = 400
    /// The most time for all of them; nil for no limit.
    package var timeBudget: Duration?
    /// What the client is told to wait for at most.
    package var timeout = Duration.seconds(10)
    package var kinds: Set<Mutation.Kind> = [.preserving, .breaking]
    package var layers: Set<Mutation.Layer> = Set(Mutation.Layer.allCases)
    /// Names of mutations to try; empty for all.
    package var mutations: Set<String> = []
    package var ignoresOutput = false
    /// Cases at the same time.
    package var parallelism = 4
    /// The tapes to mutate.
    package var bases = BaseTape.all
    package var requestLimit = 8
    /// Memory in bytes that a run may have beyond what the warm-up had.
    package var memoryAllowance = 256 << 20
    /// Asked before each case; true ends the run early.
    package var isStopped: @Sendable () -> Bool = { false }
    /// Cases to run before all others.
    package var corpus: [FuzzCase] = []
    /// What the report says beside its findings.
    package var notes: [String] = []
    /// Runs that explaining one finding may take.
    package var shrinkLimit = 60

    package init(command: [String]) {
        self.command = command
    }
}
