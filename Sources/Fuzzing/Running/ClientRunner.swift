internal import ChildProcesses
internal import OpenRouterAPI
internal import Tapes

/// Runs the client against a case and judges it.
struct ClientRunner: Sendable {
    /// What came of one case.
    struct Result: Sendable {
        var fuzzCase: FuzzCase
        var observation: Observation
        var failing: Failing?
        var expected: ExpectedAnswer
        var verdict: Draft.Verdict
        /// The body of the client's last request for an answer.
        var request: Request?
    }

    let server: FuzzServer
    let settings: FuzzSettings
    var oracle: Oracle

    /// What the client may take to start, which says nothing of its streams: some need seconds on a busy machine.
    var startAllowance = Duration.seconds(30)

    /// What it may need besides waiting: a client that waits as long as it may and then reports it needs a little more than
    /// its limit.
    var allowance: Duration { startAllowance + max(.seconds(2), settings.timeout / 4) }

    var timeLimit: Duration { settings.timeout + allowance }

    /// - Returns: nil when the case's mutations cannot be made.
    /// - Throws: `ChildCommandError` when the client cannot be started, `CancellationError`.
    func run(_ fuzzCase: FuzzCase) async throws -> Result? {
        guard let draft = fuzzCase.draft(timeout: settings.timeout) else { return nil }
        var plain = fuzzCase
        plain.uses = []
        let recovery = draft.recovers ? plain.draft(timeout: settings.timeout) : nil
        let number = server.begin(CaseAnswers(draft, recovery: recovery))
        let outcome: CapturedCommand.Outcome
        do {
            outcome = try await CapturedCommand(
                settings.command,
                environment: environment(of: number),
                timeLimit: timeLimit
            ).run()
        } catch {
            _ = server.finish(number)
            throw error
        }
        let visit = server.finish(number)
        // A client that was killed because of it has shown nothing.
        try Task.checkCancellation()
        let observation = Observation(outcome, requestCount: visit.requestCount)
        return Result(
            fuzzCase: fuzzCase,
            observation: observation,
            failing: oracle.judge(observation, draft.expected, draft.verdict),
            expected: draft.expected,
            verdict: draft.verdict,
            request: visit.request
        )
    }

    private static let key = "sk-or-v1-" + String(repeating: "0123456789abcdef", count: 4)

    private func environment(of number: Int) -> [String: String] {
        let origin = server.origin(of: number)
        return [
            "OPENROUTER_BASE_URL": origin + "/api/v1",
            "OPENROUTER_API_KEY": Self.key,
            "OPENAI_BASE_URL": origin + "/api/v1",
            "OPENAI_API_KEY": Self.key,
            // The Anthropic SDK appends /v1/messages itself.
            "ANTHROPIC_BASE_URL": origin + "/api",
            "ANTHROPIC_API_KEY": Self.key,
            "OPENROUTER_SIM_TIMEOUT": Self.seconds(settings.timeout),
            // A proxy of the user's must not come between.
            "NO_PROXY": "127.0.0.1,localhost",
            "no_proxy": "127.0.0.1,localhost",
        ]
    }

    /// A plain decimal number, without a fraction where there is none.
    private static func seconds(_ duration: Duration) -> String {
        let milliseconds = duration.microseconds / 1000
        return milliseconds % 1000 == 0 ? String(milliseconds / 1000) : "\(Double(milliseconds) / 1000)"
    }
}
