package import OpenRouterAPI
internal import Tapes

extension FuzzReport {
    /// The report for machines.
    package var json: JSON {
        [
            "command": .array(command.map { .string($0) }), "api": .string(api.rawValue), "seed": .string(String(seed)),
            "cases": .integer(caseCount), "milliseconds": .integer(Int(duration.microseconds / 1000)),
            "findings": .array(findings.map(\.json)), "notes": .array(notes.map { .string($0) }),
        ]
    }
}

extension Finding {
    fileprivate var json: JSON {
        [
            "cause": .string(cause.rawValue), "explanation": .string(explanation), "failure": .string(failing.name),
            "what": .string(failing.sentence), "name": .string(fuzzCase.name), "case": fuzzCase.json,
            "expected_output": .string(expected.output), "expected_verdict": .string(verdict),
            "output": .string(String(decoding: observation.output.prefix(64 << 10), as: UTF8.self)),
            "status": .integer(Int(observation.status)),
            "stderr": observation.lastErrorLine.map { .string($0) } ?? .null,
            "requests": .integer(observation.requestCount), "diagram": .string(diagram),
            "tape": .array(tapeLines.map { .string($0) }), "also": .array(caseNames.dropFirst().map { .string($0) }),
            "flaky": .bool(isFlaky), "extra_runs": .integer(extraRuns), "file": file.map { .string($0) } ?? .null,
        ]
    }
}
