internal import HTTPTypes
internal import OpenRouterAPI
package import Tapes

/// Asks a live API and the simulator the same, and tells where the live API has moved on.
///
/// Only reads, unless it may spend: then a few requests that cost a fraction of a cent.
package struct DriftRun {
    private let specification: OpenAPIDocument
    private let key: String
    private let spends: Bool
    private let live: (Request) async throws -> Tape
    private let simulated: (Request) async throws -> Tape
    private var liveMemory = AnswerMemory()
    private var simulatedMemory = AnswerMemory()
    private var cases: [ConformanceCase] = []

    /// - Parameters:
    ///   - specification: what both are held against.
    ///   - key: of the live API.
    ///   - spends: whether inference may be asked for.
    ///   - live: asks the live API.
    ///   - simulated: asks the simulator.
    package init(
        _ specification: OpenAPIDocument,
        key: String,
        spends: Bool,
        live: @escaping (Request) async throws -> Tape,
        simulated: @escaping (Request) async throws -> Tape
    ) {
        self.specification = specification
        self.key = key
        self.spends = spends
        self.live = live
        self.simulated = simulated
    }

    /// - Parameter isSelected: which operations to ask.
    /// - Returns: a case for each request.
    /// - Throws: what the live API's caller throws.
    package mutating func report(
        on isSelected: (OpenAPIOperation) -> Bool = { _ in true }
    ) async throws -> ConformanceReport {
        for sample in SampleRequests.cheapest {
            guard let operation = specification.operation(named: sample.operation) else { continue }
            if spends, isSelected(operation) {
                try await compare(sample, sample, operation)
            } else {
                // The simulator's later answers build on it.
                _ = try await answer(sample, operation)
            }
        }
        for operation in specification.readsInOrder where isSelected(operation) {
            let byHand = SampleRequests.all.filter { $0.operation == operation.name }
            if byHand.isEmpty {
                try await compareGenerated(operation)
            }
            for sample in byHand {
                try await compare(
                    sample.filled(with: liveMemory.captured),
                    sample.filled(with: simulatedMemory.captured),
                    operation
                )
            }
        }
        return ConformanceReport(specification, cases: cases, isSelected: isSelected)
    }

    private mutating func compareGenerated(_ operation: OpenAPIOperation) async throws {
        let generator = SampleGenerator(specification: specification)
        var sample = generator.request(for: operation, liveMemory)
        for parameter in operation.parameters where parameter.location == .path {
            sample.path[parameter.name] = liveMemory.value(of: parameter.name, in: operation.path) ?? "{{unknown}}"
        }
        try await compare(sample, generator.request(for: operation, simulatedMemory), operation)
    }

    private mutating func answer(_ sample: SampleRequest, _ operation: OpenAPIOperation) async throws -> ReceivedAnswer
    {
        let received = ReceivedAnswer(try await simulated(sample.request(of: operation, key: ConformanceRun.key)))
        if received.isSuccess, let json = received.json { simulatedMemory.note(json, of: sample) }
        return received
    }

    private mutating func compare(
        _ liveSample: SampleRequest,
        _ simulatedSample: SampleRequest,
        _ operation: OpenAPIOperation
    ) async throws {
        let ours = try await answer(simulatedSample, operation)
        let request = liveSample.request(of: operation, key: key)
        guard !request.target.raw.contains("%7B%7B") else {
            var skipped = ConformanceCase(operation, liveSample.name, request, nil)
            skipped.verdict = .skipped
            skipped.problems = [ConformanceProblem(.status, "nothing to ask for: no earlier answer names one")]
            return cases.append(skipped)
        }
        let received = ReceivedAnswer(try await live(request))
        if received.isSuccess, let json = received.json { liveMemory.note(json, of: liveSample) }
        var found = ConformanceCase(operation, liveSample.name, request, received)
        found.problems =
            AnswerCheck(specification: specification, operation: operation)
            .problems(of: received, isStreamed: liveSample.isStreamed && received.isSuccess)
        if received.isSuccess {
            found.problems += undeclared(in: received, operation)
            if ours.isSuccess { found.problems += shapeProblems(received, ours) }
        }
        if !found.problems.isEmpty {
            found.verdict = .drifts
        } else if !received.isSuccess {
            found.verdict = .skipped
            found.problems = [ConformanceProblem(.status, "answered \(received.errorMessage ?? "without a reason")")]
        }
        cases.append(found)
    }

    private func undeclared(in answer: ReceivedAnswer, _ operation: OpenAPIOperation) -> [ConformanceProblem] {
        guard let status = answer.status, let mediaType = answer.mediaType,
            let media = operation.bodies(forStatus: status)?.first(where: { $0.includes(mediaType) }),
            let schema = media.schema
        else { return [] }
        var problems: [ConformanceProblem] = []
        var told: Set<JSONPointer> = []
        for payload in answer.payloads {
            var finder = UndeclaredMembers(specification.schemas)
            finder.look(at: payload.place == .body ? payload.value : payload.event, schema)
            for pointer in finder.pointers where told.insert(pointer.withoutPositions).inserted {
                var problem = ConformanceProblem(payload.place, "the document does not declare this member")
                problem.pointer = payload.place == .body ? pointer : pointer.insideData
                problems.append(problem)
            }
        }
        return problems
    }

    private func shapeProblems(_ live: ReceivedAnswer, _ ours: ReceivedAnswer) -> [ConformanceProblem] {
        live.shape.excess(over: ours.shape).map { excess in
            let types = Self.text(excess.types)
            var problem = ConformanceProblem(
                .body,
                excess.otherTypes.map { "\(types) in the live answer, \(Self.text($0)) in the simulator's" }
                    ?? "the live answer has this member, the simulator's has not"
            )
            problem.pointer = excess.pointer
            return problem
        }
    }

    private static func text(_ types: Set<String>) -> String {
        types.sorted().joined(separator: " or ")
    }
}

extension ReceivedAnswer {
    /// The JSON values of the answer: its body or its events.
    fileprivate var payloads: [Payload] {
        var ignored: [ConformanceProblem] = []
        if isEventStream { return events(endedBy: "[DONE]", &ignored) }
        return json.map { [Payload(place: .body, value: $0)] } ?? []
    }

    /// All events together have one shape.
    fileprivate var shape: JSONShape {
        payloads.reduce(into: JSONShape()) { $0.add($1.value) }
    }
}

extension JSONPointer {
    /// The same place whichever element of an array it is in.
    fileprivate var withoutPositions: JSONPointer {
        JSONPointer(components: components.map { Int($0) == nil ? $0 : "*" })
    }
}

extension OpenAPIDocument {
    /// Lists before what is in them.
    fileprivate var readsInOrder: [OpenAPIOperation] {
        operations.filter { $0.method == .get }.enumerated().sorted { left, right in
            let depths = (left.element.path.count { $0 == "{" }, right.element.path.count { $0 == "{" })
            return (depths.0, left.offset) < (depths.1, right.offset)
        }.map(\.element)
    }
}
