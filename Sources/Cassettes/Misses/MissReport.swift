package import OpenRouterAPI

/// Why no recording answers a request, the nearest ones, and what to do about it.
///
/// Made from redacted requests, with every text cut short: it may be shown in an answer, a log and a page.
package struct MissReport: Sendable, Hashable {
    package enum Reason: Sendable, Hashable {
        /// No recording has this fingerprint.
        case neverRecorded
        /// The same body was recorded with another method or path: which.
        case otherEndpoint(String)
        /// There are recordings, all played in this world; other worlds count for themselves.
        ///
        /// `world` is nil where nobody plays.
        case consumed(times: Int, world: String?)
        /// All recordings of the request end where a client left or the recorder died.
        case onlyIncomplete(clientLeft: Int, interrupted: Int)
    }

    /// A recording that is like the request, and how it differs.
    package struct NearMiss: Sendable, Hashable {
        package var file: String
        package var id: Int64
        package var method: String
        /// Path and query.
        package var target: String
        /// At most ``differenceLimit`` lines, the first ones.
        package var differences: [String]
        /// How many there are in all, or how many were counted before counting stopped.
        package var differenceCount: Int
    }

    /// How many near misses a report names.
    package static let nearMissLimit = 3
    /// How many differences of a near miss are written out.
    package static let differenceLimit = 5
    /// How many characters of a value, a model or a path are shown.
    package static let textLimit = 80

    package var method: String
    package var target: String
    package var model: String?
    package var fingerprint: Fingerprint
    package var reason: Reason
    /// How many recordings there are in all cassettes together.
    package var recordingCount: Int
    /// How many of them were looked at: all, unless there are many.
    package var lookedAtCount: Int
    /// Nearest first.
    package var nearest: [NearMiss]
    /// What to do, one sentence each, with the exact command where there is one.
    package var fixes: [String]
}

extension MissReport.Reason {
    /// One word for machines.
    package var code: String {
        switch self {
        case .neverRecorded: "never_recorded"
        case .otherEndpoint: "other_endpoint"
        case .consumed: "consumed"
        case .onlyIncomplete: "only_incomplete"
        }
    }

    /// One sentence for people.
    package var sentence: String {
        switch self {
        case .neverRecorded: "this request was never recorded"
        case .otherEndpoint(let endpoint): "this request was recorded with another method or path: \(endpoint)"
        case .consumed(let times, let world):
            "this request was recorded \(times == 1 ? "once" : "\(times) times"), and each recording was played"
                + (world.map { " in world '\(MissDifferences.short($0))'" } ?? "")
        case .onlyIncomplete(_, interrupted: 0): "this request was recorded, but only until the client left"
        case .onlyIncomplete(clientLeft: 0, _): "this request was recorded, but only until the recorder was stopped"
        case .onlyIncomplete:
            "this request was recorded, but only until the client left or the recorder was stopped"
        }
    }
}

extension MissReport {
    /// For `metadata` of the error envelope.
    package var json: JSON {
        var object: JSONObject = [
            "reason": .string(reason.code),
            "message": .string(reason.sentence),
            "request": .string("\(method) \(target)"),
            "fingerprint": .string(fingerprint.description),
            "recordings": .integer(recordingCount),
        ]
        if lookedAtCount < recordingCount { object.append("looked_at", .integer(lookedAtCount)) }
        object.append("nearest", .array(nearest.map(\.json)))
        object.append("how_to_fix", .array(fixes.map { .string($0) }))
        return .object(object)
    }

    /// Several lines for stderr, without a line feed at the end.
    package var text: String {
        var lines = ["miss: \(method) \(target)" + (model.map { " (\($0))" } ?? "") + ": \(reason.sentence)"]
        let recordings = recordingCount == 1 ? "1 recording" : "\(recordingCount) recordings"
        let lookedAt = lookedAtCount < recordingCount ? "\(lookedAtCount) of \(recordings)" : recordings
        lines.append("  looked at \(lookedAt)" + (nearest.isEmpty ? ", none is similar" : ", nearest:"))
        for miss in nearest {
            lines.append("  #\(miss.id) \(miss.method) \(miss.target) in \(miss.file)")
            lines += miss.differences.map { "      \($0)" }
            if miss.differences.isEmpty { lines.append("      the same request") }
            let rest = miss.differenceCount - miss.differences.count
            if rest > 0 { lines.append("      and \(rest) more") }
        }
        lines.append("  how to fix:")
        lines += fixes.map { "    - \($0)" }
        return lines.joined(separator: "\n")
    }
}

extension MissReport.NearMiss {
    fileprivate var json: JSON {
        [
            "cassette": .string(file),
            "interaction": .integer(Int(id)),
            "request": .string("\(method) \(target)"),
            "differences": .array(differences.map { .string($0) }),
            "difference_count": .integer(differenceCount),
        ]
    }
}
