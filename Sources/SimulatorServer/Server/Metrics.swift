internal import Playback
internal import Synchronization
internal import Tapes

/// Counters in the text format of Prometheus.
///
/// Labels are from closed sets, so their number is bounded.
package final class Metrics: Sendable {
    /// Where an answer came from, and the class of its status; both from closed sets.
    struct AnswerKind: Hashable, Comparable {
        fileprivate let origin: Origin.Kind
        /// First digit of the status; 0 without a head.
        fileprivate let statusClass: Int

        init(_ answer: Answer) {
            origin = answer.origin.kind
            statusClass = (answer.status ?? 0) / 100
        }

        fileprivate var statusText: String { statusClass == 0 ? "none" : "\(statusClass)xx" }

        static func < (left: AnswerKind, right: AnswerKind) -> Bool {
            (left.origin.rawValue, left.statusClass) < (right.origin.rawValue, right.statusClass)
        }
    }

    private struct State {
        var answers: [AnswerKind: Int] = [:]
        var outcomes: [PlaybackReport.Outcome: Int] = [:]
        var misses = 0
        var sentByteCount = 0
        var durationBuckets = [Int](repeating: 0, count: Metrics.bucketBounds.count)
        var durationSum = 0.0
        var durationCount = 0
    }

    /// Seconds; upper bounds of the duration histogram.
    private static let bucketBounds = [0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10, 60]

    private let state = Mutex(State())

    package init() {}

    package var missCount: Int { state.withLock { $0.misses } }

    package var answerCount: Int { state.withLock { $0.answers.values.reduce(0, +) } }

    func countMiss() {
        state.withLock { $0.misses += 1 }
    }

    /// Counts an exchange once it is over.
    ///
    /// - Parameters:
    ///   - answer: nil when the client left before there was one.
    ///   - report: how it was played.
    func count(_ answer: AnswerKind?, _ report: PlaybackReport) {
        let seconds = Double(report.duration.microseconds) / 1e6
        let byteCount = report.byteCount
        let bucket = Self.bucketBounds.firstIndex { seconds <= $0 }
        state.withLock { state in
            if let answer { state.answers[answer, default: 0] += 1 }
            state.outcomes[report.outcome, default: 0] += 1
            state.sentByteCount += byteCount
            state.durationSum += seconds
            state.durationCount += 1
            if let bucket { state.durationBuckets[bucket] += 1 }
        }
    }

    /// The exposition (https://prometheus.io/docs/instrumenting/exposition_formats/, text format 0.0.4).
    ///
    /// `sources` are the cassettes that are played.
    func text(_ sources: [CassetteAnswerSource] = []) -> String {
        let state = state.withLock { $0 }
        let loads = sources.map(\.load)
        var lines: [String] = []
        func metric(_ name: String, _ type: String, _ help: String) {
            lines.append("# HELP openrouter_sim_\(name) \(help)")
            lines.append("# TYPE openrouter_sim_\(name) \(type)")
        }
        metric("answers_total", "counter", "Answers by where they came from and class of status.")
        for (kind, count) in state.answers.sorted(by: { $0.key < $1.key }) {
            let labels = "origin=\"\(kind.origin.rawValue)\",status=\"\(kind.statusText)\""
            lines.append("openrouter_sim_answers_total{\(labels)} \(count)")
        }
        metric("played_total", "counter", "Answers by how playing them ended.")
        for (outcome, count) in state.outcomes.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            lines.append("openrouter_sim_played_total{outcome=\"\(outcome.rawValue)\"} \(count)")
        }
        metric("misses_total", "counter", "Requests that no recording answered.")
        lines.append("openrouter_sim_misses_total \(state.misses)")
        metric("sent_bytes_total", "counter", "Bytes of answers handed to the kernel.")
        lines.append("openrouter_sim_sent_bytes_total \(state.sentByteCount)")
        metric("recordings_in_memory", "gauge", "Recordings that were read and are kept.")
        lines.append("openrouter_sim_recordings_in_memory \(loads.reduce(0) { $0 + $1.count })")
        metric("recordings_memory_bytes", "gauge", "Memory that they take, about.")
        lines.append("openrouter_sim_recordings_memory_bytes \(loads.reduce(0) { $0 + $1.byteCount })")
        metric("answer_duration_seconds", "histogram", "Time from the end of a request to the end of its answer.")
        var cumulative = 0
        for (bound, count) in zip(Self.bucketBounds, state.durationBuckets) {
            cumulative += count
            lines.append("openrouter_sim_answer_duration_seconds_bucket{le=\"\(bound)\"} \(cumulative)")
        }
        lines.append("openrouter_sim_answer_duration_seconds_bucket{le=\"+Inf\"} \(state.durationCount)")
        lines.append("openrouter_sim_answer_duration_seconds_sum \(state.durationSum)")
        lines.append("openrouter_sim_answer_duration_seconds_count \(state.durationCount)")
        return lines.joined(separator: "\n") + "\n"
    }
}
