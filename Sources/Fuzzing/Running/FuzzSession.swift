internal import NIOCore
internal import OpenRouterAPI
internal import Tapes

/// A run of the fuzzer from the warm-up to the report.
package struct FuzzSession: Sendable {
    /// How far it has come.
    package struct Progress: Sendable, Hashable {
        package enum Phase: String, Sendable {
            case warmUp = "warm-up"
            case corpus, tapes, mutations, combinations, explaining
        }

        package var phase: Phase
        package var done: Int
        package var planned: Int
        package var failed: Int
    }

    private let settings: FuzzSettings
    private let report: @Sendable (Progress) -> Void

    package init(_ settings: FuzzSettings, progress: @escaping @Sendable (Progress) -> Void = { _ in }) {
        self.settings = settings
        report = progress
    }

    /// Runs all cases.
    ///
    /// - Throws: `ChildCommandError` when the client cannot be started, an error of NIO's when no port can be bound.
    package func run() async throws -> FuzzReport {
        let server = try await FuzzServer.start()
        do {
            let result = try await run(against: server)
            await server.stop()
            return result
        } catch {
            await server.stop()
            throw error
        }
    }

    private func run(against server: FuzzServer) async throws -> FuzzReport {
        let start = ContinuousClock.now
        var runner = ClientRunner(
            server: server,
            settings: settings,
            oracle: Oracle(ignoresOutput: settings.ignoresOutput)
        )
        runner.oracle.requestLimit = settings.requestLimit
        var notes = settings.notes
        report(Progress(phase: .warmUp, done: 0, planned: 1, failed: 0))
        let warmUp = try await warmUp(runner)
        var results: [ClientRunner.Result] = []
        if warmUp.failing == nil {
            // Several at a time take longer than the first one alone.
            runner.startAllowance = min(runner.startAllowance, warmUp.observation.duration * 3)
            runner.oracle.memoryByteLimit = warmUp.observation.peakMemoryByteCount + settings.memoryAllowance
            let body = warmUp.request.flatMap { try? JSONDocument(parsing: Array($0.body.readableBytesView)) }?.root
            let hasTools = body?["tools"]?.count ?? 0 > 0
            if !hasTools { notes.append("The client declares no tool, so it got no tapes with calls of tools.") }
            if body?["stream"]?.bool != true { notes.append("The client did not ask for a stream (\"stream\": true).") }
            let schedule = Schedule(settings: settings, hasTools: hasTools)
            results = try await runAll(schedule, runner, start: start)
        } else {
            results = [warmUp]
        }
        let caseCount = results.count
        notes += Self.notes(warmUp, results, settings)
        let plainCase = warmUp.failing == nil ? warmUp.fuzzCase : nil
        let findings = try await explain(results, runner, plainCase: plainCase, &notes)
        return FuzzReport(
            command: settings.command,
            api: settings.api,
            seed: settings.seed,
            caseCount: caseCount,
            duration: ContinuousClock.now - start,
            findings: findings,
            notes: notes
        )
    }

    /// What the reader has to know before the findings make sense.
    private static func notes(
        _ warmUp: ClientRunner.Result,
        _ results: [ClientRunner.Result],
        _ settings: FuzzSettings
    ) -> [String] {
        var notes: [String] = []
        if warmUp.failing != nil {
            notes.append(
                "The client failed on a plain answer, so nothing else was tried. It has to read OPENROUTER_BASE_URL and "
                    + "OPENROUTER_API_KEY, make one streaming request to the \(settings.api.rawValue) API, print the text "
                    + "and a line feed, and exit 0."
            )
        } else if results.count < min(settings.caseLimit, settings.corpus.count) {
            let made = Set(results.map(\.fuzzCase))
            for fuzzCase in settings.corpus where !made.contains(fuzzCase) {
                notes.append("\(fuzzCase.name) was not run: its mutations cannot be made on its tape any more.")
            }
        }
        if settings.isStopped() { notes.append("The run was interrupted.") }
        return notes
    }

    /// A plain answer; a second time if the first failed, since a first start may be slow.
    private func warmUp(_ runner: ClientRunner) async throws -> ClientRunner.Result {
        let base = settings.bases.first { $0.name == BaseTape.plain.name } ?? settings.bases.first ?? .plain
        let fuzzCase = FuzzCase(api: settings.api, base: base, seed: settings.seed)
        var result = try await runner.run(fuzzCase)
        if result?.failing != nil { result = try await runner.run(fuzzCase) }
        guard let result else { preconditionFailure("a tape without mutations can always be made") }
        return result
    }

    private func runAll(_ schedule: Schedule, _ runner: ClientRunner, start: ContinuousClock.Instant) async throws
        -> [ClientRunner.Result]
    {
        let limit = settings.caseLimit
        let deadline = settings.timeBudget.map { start + $0 }
        var results: [ClientRunner.Result] = []
        func run(_ phase: Progress.Phase, _ cases: [FuzzCase]) async throws {
            let chosen = Array(cases.prefix(max(0, limit - results.count)))
            results += try await Batch(runner: runner, parallelism: settings.parallelism, deadline: deadline)
                .run(chosen) { [results] done, failed in
                    report(
                        Progress(
                            phase: phase,
                            done: results.count + done,
                            planned: limit,
                            failed: results.count { $0.failing != nil } + failed
                        )
                    )
                }
        }
        try await run(.corpus, settings.corpus)
        try await run(.tapes, schedule.tapes)
        let broken = Set(results.filter { $0.failing != nil && $0.fuzzCase.uses.isEmpty }.map(\.fuzzCase.base.name))
        try await run(.mutations, schedule.systematic(broken: broken))
        let failed = Set(results.filter { $0.failing != nil && $0.fuzzCase.uses.count == 1 }.flatMap(\.fuzzCase.uses))
        try await run(.combinations, schedule.combinations(limit - results.count, failed: failed, broken: broken))
        return results
    }

    private func explain(
        _ results: [ClientRunner.Result],
        _ runner: ClientRunner,
        plainCase: FuzzCase?,
        _ notes: inout [String]
    ) async throws -> [Finding] {
        let failed = results.filter { $0.failing != nil }
        let groups = FindingGroups(failed).groups
        // Where nothing was tried, there has to be a finding, lest nothing looks like success.
        var explainer = Explainer(runner: runner, runLimit: settings.shrinkLimit, plainCase: plainCase)
        var findings: [Finding] = []
        for (number, group) in groups.enumerated() {
            report(Progress(phase: .explaining, done: number, planned: groups.count, failed: failed.count))
            // A combination that has in it what was found already says nothing new.
            if group.cause == .combination, let known = findings.firstIndex(where: { $0.isPart(of: group.results[0]) })
            {
                findings[known].caseNames += group.results.map(\.fuzzCase.name)
                continue
            }
            switch try await explainer.explain(group) {
            case .finding(var finding):
                if group.cause == .combination {
                    let known = Set(findings.map(\.cause))
                    finding.cause = CauseFolding.fold(finding.cause, of: finding.failing, among: known)
                }
                if let index = findings.firstIndex(where: { $0.cause == finding.cause }) {
                    findings[index].caseNames += finding.caseNames
                } else {
                    findings.append(finding)
                }
            case .unconfirmed(let note):
                notes.append(note)
            }
        }
        return CauseFolding.foldChance(findings)
    }
}

extension Finding {
    /// Whether the failed case has all the mutations of this one.
    fileprivate func isPart(of result: ClientRunner.Result) -> Bool {
        !fuzzCase.uses.isEmpty && failing.name == result.failing?.name
            && Set(fuzzCase.uses).isSubset(of: result.fuzzCase.uses)
    }
}
