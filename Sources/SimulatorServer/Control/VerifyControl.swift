internal import HTTPTypes
internal import NIOCore
internal import OpenRouterAPI
internal import Scenarios
internal import Simulation
internal import Tapes

/// What a test asserts of the requests that came: counts, their order, nothing unused, no misses.
enum VerifyControl {
    static let operations: [ControlOperation] = [
        ControlOperation(
            method: .get,
            path: "/verify",
            summary: "Misses, rules and recordings that were not used; passed when there are none of the first.",
            query: [.world],
            respond: show
        ),
        ControlOperation(
            method: .post,
            path: "/verify",
            summary: "Whether the requests of a world are those that were expected.",
            query: [.world],
            body: [
                "type": "object",
                "additionalProperties": false,
                "properties": [
                    "expect": [
                        "type": "array",
                        "items": [
                            "type": "object",
                            "additionalProperties": false,
                            "properties": [
                                "match": ["type": "object", "description": "As in a scenario's rule."],
                                "count": ["type": "integer", "minimum": 0],
                                "min": ["type": "integer", "minimum": 0],
                                "max": ["type": "integer", "minimum": 0],
                            ],
                        ],
                    ],
                    "order": [
                        "type": "array",
                        "items": [
                            "type": "object", "description": "As in a scenario's rule; others may come between.",
                        ],
                    ],
                    "no_misses": ["type": "boolean", "default": true],
                    "no_unused_rules": ["type": "boolean", "default": false],
                    "no_unused_recordings": ["type": "boolean", "default": false],
                ],
            ],
            respond: check
        ),
    ]

    private static func show(_ call: ControlCall) throws(APIError) -> ControlAnswer {
        .json(try report(call, Expectations()))
    }

    private static func check(_ call: ControlCall) throws(APIError) -> ControlAnswer {
        .json(try report(call, try Expectations(try call.body())))
    }

    private static func report(_ call: ControlCall, _ expectations: Expectations) throws(APIError) -> JSON {
        let served = try call.world()
        let entries = served.world.journal.entries
        let requests = entries.map { ScenarioRequest($0.request, at: $0.time) }
        var failures = expectations.counts.enumerated().compactMap { $1.failure(of: requests, index: $0) }
        if let failure = expectations.orderFailure(of: requests) { failures.append(failure) }
        let misses = entries.filter { $0.miss != nil }
        if expectations.forbidsMisses, !misses.isEmpty {
            failures.append("\(misses.count) requests matched no recording; GET /_sim/misses explains them")
        }
        let rules = unusedRules(call.services.library, in: served)
        if expectations.forbidsUnusedRules, !rules.isEmpty {
            failures.append("\(rules.count) rules were never used: \(rules.joined(separator: ", "))")
        }
        let recordings = call.services.sources.flatMap { $0.unusedRecordings(in: served.world) }
        if expectations.forbidsUnusedRecordings, !recordings.isEmpty {
            failures.append("\(recordings.count) recordings were never played: \(recordings.joined(separator: ", "))")
        }
        return [
            "world": .string(served.world.name),
            "passed": .bool(failures.isEmpty),
            "failures": .array(failures.map { .string($0) }),
            "requests": .integer(entries.count),
            "misses": .integer(misses.count),
            "unused_rules": .array(rules.map { .string($0) }),
            "unused_recordings": .array(recordings.map { .string($0) }),
        ]
    }

    /// Of the scenario that the world plays, or of the files.
    private static func unusedRules(_ library: ScenarioLibrary, in served: ServedWorld) -> [String] {
        let own = served.withScript { $0.scenario }
        let scenarios = own.map { [served.scenario(named: $0, in: library)].compactMap { $0 } } ?? library.files
        return scenarios.flatMap { $0.unusedRules(in: served) }
    }
}

/// What a test expects of the requests of a world.
private struct Expectations {
    struct Count {
        var matcher: RequestMatcher
        var range: ClosedRange<Int>

        func failure(of requests: [ScenarioRequest], index: Int) -> String? {
            let count = requests.count(where: matcher.matches)
            guard !range.contains(count) else { return nil }
            let expected =
                range.lowerBound == range.upperBound
                ? "\(range.lowerBound)"
                : range.upperBound == .max
                    ? "at least \(range.lowerBound)" : "\(range.lowerBound) to \(range.upperBound)"
            return "expect[\(index)]: \(count) of \(requests.count) requests match, expected \(expected)"
        }
    }

    var counts: [Count] = []
    var order: [RequestMatcher] = []
    var forbidsMisses = true
    var forbidsUnusedRules = false
    var forbidsUnusedRecordings = false

    init() {}

    init(_ body: FieldReader) throws(APIError) {
        try body.check(names: ["expect", "order", "no_misses", "no_unused_rules", "no_unused_recordings"])
        forbidsMisses = try body.bool("no_misses") ?? true
        forbidsUnusedRules = try body.bool("no_unused_rules") ?? false
        forbidsUnusedRecordings = try body.bool("no_unused_recordings") ?? false
        for (index, element) in (try body.array("expect")?.elements.map { $0 } ?? []).enumerated() {
            let reader = try FieldReader(element, path: "expect[\(index)]")
            try reader.check(names: ["match", "count", "min", "max"])
            let exact = try reader.integer("count", in: 0...Int.max)
            var least = try reader.integer("min", in: 0...Int.max)
            var most = try reader.integer("max", in: 0...Int.max)
            if let exact { (least, most) = (exact, exact) }
            // With nothing said, one is enough.
            let lower = least ?? (most == nil ? 1 : 0)
            guard lower <= most ?? .max else {
                throw reader.invalid("max", expected: "at least min, \(lower)")
            }
            counts.append(Count(matcher: try Self.matcher(reader.optional("match")), range: lower...(most ?? .max)))
        }
        for element in try body.array("order")?.elements.map({ $0 }) ?? [] { order.append(try Self.matcher(element)) }
    }

    private static func matcher(_ value: JSONValue?) throws(APIError) -> RequestMatcher {
        guard let value else { return RequestMatcher() }
        do throws(ScenarioFileError) {
            return try RequestMatcher(reading: JSON(value).serialized(), file: "match")
        } catch {
            throw .unreadable(error)
        }
    }

    /// Nil when each expected request came after the one before it.
    func orderFailure(of requests: [ScenarioRequest]) -> String? {
        var rest = requests[...]
        for (index, matcher) in order.enumerated() {
            guard let position = rest.firstIndex(where: matcher.matches) else {
                let after = index == 0 ? "" : " after the one of order[\(index - 1)]"
                return "order[\(index)]: no request matches\(after)"
            }
            rest = rest[(position + 1)...]
        }
        return nil
    }
}
