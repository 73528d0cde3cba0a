internal import HTTPTypes
package import Tapes

/// Calls every operation of a document and judges the answers.
///
/// Requests written by hand come first, in an order in which each finds what it needs; then one for every other
/// operation, creating before reading and deleting last; then requests that ought to fail.
package struct ConformanceRun {
    package static let key = "sk-or-v1-conformance"

    private let specification: OpenAPIDocument
    private let answer: (Request) async throws -> Tape
    private var memory = AnswerMemory()
    private var cases: [ConformanceCase] = []
    /// What was sent to the operations that exist, for the requests that ought to fail.
    private var answered: [String: SampleRequest] = [:]

    /// - Parameters:
    ///   - specification: what is called, and how answers have to be.
    ///   - answer: answers a request whose path starts with `/api/v1`.
    package init(_ specification: OpenAPIDocument, answer: @escaping (Request) async throws -> Tape) {
        self.specification = specification
        self.answer = answer
    }

    /// - Parameter isSelected: which operations to judge; the others are called where later ones need them.
    /// - Returns: the cases in the order of the document.
    /// - Throws: what `answer` throws.
    package mutating func report(
        on isSelected: (OpenAPIOperation) -> Bool = { _ in true }
    ) async throws -> ConformanceReport {
        for sample in SampleRequests.all {
            guard let operation = specification.operation(named: sample.operation) else { continue }
            try await run(sample.filled(with: memory.captured), of: operation, isJudged: isSelected(operation))
        }
        let generator = SampleGenerator(specification: specification)
        for operation in specification.operationsToGenerate {
            let sample = generator.request(for: operation, memory)
            try await run(sample, of: operation, isJudged: isSelected(operation))
        }
        for operation in specification.operations where isSelected(operation) {
            guard let sample = answered[operation.name] else { continue }
            try await runFailures(like: sample, of: operation)
            try await runBadRequests(like: sample, of: operation)
        }
        return ConformanceReport(specification, cases: cases, isSelected: isSelected)
    }

    private mutating func run(_ sample: SampleRequest, of operation: OpenAPIOperation, isJudged: Bool) async throws {
        let request = sample.request(of: operation, key: Self.key)
        let received = ReceivedAnswer(try await answer(request))
        if received.isSuccess, let json = received.json { memory.note(json, of: sample) }
        guard isJudged else { return }
        var found = ConformanceCase(operation, sample.name, request, received)
        found.problems = RequestCheck(specification: specification, operation: operation).problems(of: sample)
        if !found.problems.isEmpty {
            found.verdict = .badSample
        } else if received.isUnknownOperation {
            found.verdict = .notImplemented
        } else {
            answered[operation.name] = answered[operation.name] ?? sample
            judge(&found, received, sample, operation)
        }
        cases.append(found)
    }

    private func judge(
        _ found: inout ConformanceCase,
        _ received: ReceivedAnswer,
        _ sample: SampleRequest,
        _ operation: OpenAPIOperation
    ) {
        let check = AnswerCheck(specification: specification, operation: operation)
        found.problems = check.problems(of: received, isStreamed: sample.isStreamed)
        if !found.problems.isEmpty {
            found.verdict = .violates
        } else if let status = received.status, !received.isSuccess, !sample.expectedStatuses.contains(status) {
            found.verdict = .refused
            found.problems = [
                ConformanceProblem(.status, "expected a success, found \(received.errorMessage ?? "status \(status)")")
            ]
        }
    }

    /// Asks without a key, with broken JSON, and with an empty object; any answer that is declared will do.
    private mutating func runFailures(like sample: SampleRequest, of operation: OpenAPIOperation) async throws {
        var attempts = [("no key", sample.request(of: operation, key: nil))]
        if case .json = sample.body {
            attempts.append(("broken JSON", sample.request(of: operation, key: Self.key, body: "{\"model\":")))
            attempts.append(("empty object", sample.request(of: operation, key: Self.key, body: "{}")))
        }
        for (name, request) in attempts {
            let received = ReceivedAnswer(try await answer(request))
            var found = ConformanceCase(operation, name, request, received)
            let check = AnswerCheck(specification: specification, operation: operation)
            found.problems = check.problems(of: received, isStreamed: received.isEventStream)
            if !found.problems.isEmpty { found.verdict = .violates }
            cases.append(found)
        }
    }
}

extension ConformanceRun {
    /// Asks for everything that the document forbids; one case for all of it.
    private mutating func runBadRequests(like sample: SampleRequest, of operation: OpenAPIOperation) async throws {
        let requests = BadRequests(specification: specification, operation: operation, sample: sample).all
        var refusedCount = 0
        var problems: [ConformanceProblem] = []
        for bad in requests {
            var request = bad.sample.request(of: operation, key: Self.key)
            request.method = bad.method
            let received = ReceivedAnswer(try await answer(request))
            switch RefusalCheck().outcome(of: received, fault: bad.fault) {
            case .refused: refusedCount += 1
            case .accepted: break
            case .failed(let problem): problems.append(problem)
            }
        }
        var found = ConformanceCase(
            operation,
            "bad input: \(refusedCount) of \(requests.count) refused",
            sample.request(of: operation, key: Self.key),
            nil
        )
        found.problems = problems
        if !problems.isEmpty { found.verdict = .violates }
        cases.append(found)
    }
}

extension OpenAPIDocument {
    /// The operations without a request written by hand: creating before reading before changing, deleting last.
    fileprivate var operationsToGenerate: [OpenAPIOperation] {
        let byHand = Set(SampleRequests.all.map(\.operation))
        let rest = operations.filter { !byHand.contains($0.name) }
        return rest.enumerated().sorted { left, right in
            (left.element.rank, left.offset) < (right.element.rank, right.offset)
        }.map(\.element)
    }
}

extension OpenAPIOperation {
    fileprivate var rank: Int {
        guard method != .delete else { return 1000 }
        let creates = method == .post ? 0 : method == .get ? 1 : 2
        return path.count { $0 == "{" } * 10 + creates
    }
}
