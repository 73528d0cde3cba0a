extension Simulator {
    @TaskLocal static var scoped: Simulator?

    /// The simulator of the test that runs: that of its trait, or the innermost `withSimulator`.
    ///
    /// - Throws: ``SimulatorError`` with the code ``SimulatorError/Code/noSimulator`` where there is none, such as in
    ///   a detached task.
    public static var current: Simulator {
        get throws(SimulatorError) {
            if let scoped { return scoped }
            throw SimulatorError(
                .noSimulator,
                "no simulator runs here. Expected a test with the trait .simulator(…), or a call of withSimulator "
                    + "around this one; tasks of their own (Task.detached) do not inherit it."
            )
        }
    }
}
