import HTTPTypes
import Playback
import Tapes
import Testing

@testable import SimulatorServer

@Suite("Metrics")
struct MetricsTests {
    @Test("are the text format of Prometheus, with cumulative buckets")
    func text() {
        let metrics = Metrics()
        let answer = Metrics.AnswerKind(.tape(Tape(head: ResponseHead(status: .ok), origin: .control)))
        metrics.countMiss()
        metrics.count(
            answer,
            PlaybackReport(
                outcome: .played,
                sends: [.init(at: .zero, due: .zero, byteCount: 10)],
                duration: .milliseconds(3)
            )
        )
        metrics.count(nil, PlaybackReport(outcome: .cancelled, duration: .seconds(90)))
        let lines = metrics.text().split(separator: "\n")
        for line in [
            "openrouter_sim_answers_total{origin=\"control\",status=\"2xx\"} 1",
            "openrouter_sim_played_total{outcome=\"cancelled\"} 1",
            "openrouter_sim_played_total{outcome=\"played\"} 1",
            "openrouter_sim_misses_total 1",
            "openrouter_sim_sent_bytes_total 10",
            "openrouter_sim_recordings_in_memory 0",
            "openrouter_sim_recordings_memory_bytes 0",
            "openrouter_sim_answer_duration_seconds_bucket{le=\"0.001\"} 0",
            "openrouter_sim_answer_duration_seconds_bucket{le=\"0.005\"} 1",
            "openrouter_sim_answer_duration_seconds_bucket{le=\"60.0\"} 1",
            "openrouter_sim_answer_duration_seconds_bucket{le=\"+Inf\"} 2",
            "openrouter_sim_answer_duration_seconds_count 2",
        ] {
            #expect(lines.contains { $0 == line }, "\(line)")
        }
        #expect(metrics.text().hasSuffix("\n"))
    }
}
