import HTTPTypes
import Playback
import Tapes
import Testing

@testable import SimulatorServer

/// The text of `/_sim/metrics` held against the rules that `promtool check metrics` knows
/// (prometheus.io/docs/instrumenting/exposition_formats, prometheus.io/docs/practices/naming).
@Suite("Metrics as Prometheus reads them")
struct ExpositionTests {
    /// One family: its name, its type, its samples in order.
    private struct Family {
        var name: String
        var type: String
        var samples: [(name: String, labels: [String: String], value: Double)] = []
    }

    private static func families(_ text: String) throws -> [Family] {
        #expect(text.hasSuffix("\n") && !text.contains("\n\n"))
        var families: [Family] = []
        var help: Set<Substring> = []
        for line in text.split(separator: "\n") {
            if let match = line.wholeMatch(of: #/# HELP ([a-z_]+) \S.*\./#) {
                #expect(help.insert(match.1).inserted, "help twice: \(line)")
            } else if let match = line.wholeMatch(of: #/# TYPE ([a-z_]+) (counter|gauge|histogram)/#) {
                #expect(help.contains(match.1), "type before help: \(line)")
                families.append(Family(name: String(match.1), type: String(match.2)))
            } else {
                let match = try #require(
                    line.wholeMatch(of: #/([a-z_]+)(?:\{([^{}]+)\})? ([0-9.e+-]+)/#),
                    "no sample: \(line)"
                )
                let labels = try (match.2 ?? "").split(separator: ",").map { pair in
                    let label = try #require(pair.wholeMatch(of: #/([a-z]+)="([A-Za-z0-9_+.]*)"/#), "no label: \(pair)")
                    return (String(label.1), String(label.2))
                }
                let sample = (String(match.1), Dictionary(uniqueKeysWithValues: labels), try #require(Double(match.3)))
                let family = try #require(families.indices.last, "a sample before any type: \(line)")
                #expect(sample.0.hasPrefix(families[family].name))
                families[family].samples.append(sample)
            }
        }
        return families
    }

    /// Everything that labels can be made of, each a few times.
    private static func busyMetrics() -> Metrics {
        let metrics = Metrics()
        let origins: [Origin] = [
            Origin(.synthetic(seed: 1)), Origin(.cassette(file: "a\"b\n.cassette", interaction: 7)),
            Origin(.upstream(url: "https://x")), Origin(.scenario(file: "s.yaml", line: 3)), .control, .server,
        ]
        for origin in origins {
            for status in [100, 200, 201, 302, 404, 418, 500, 599, 999] {
                let head = ResponseHead(status: HTTPResponse.Status(code: status))
                let kind = Metrics.AnswerKind(.tape(Tape(head: head, origin: origin)))
                for outcome in [PlaybackReport.Outcome.played, .cancelled, .interrupted] {
                    metrics.count(kind, PlaybackReport(outcome: outcome, duration: .milliseconds(status)))
                }
            }
        }
        metrics.countMiss()
        return metrics
    }

    @Test("have help and type before their samples, and names as the rules want them", arguments: [false, true])
    func format(isBusy: Bool) throws {
        let families = try Self.families((isBusy ? Self.busyMetrics() : Metrics()).text())
        #expect(Set(families.map(\.name)).count == families.count)
        for family in families {
            #expect(family.name.hasPrefix("openrouter_sim_"))
            #expect((family.type == "counter") == family.name.hasSuffix("_total"), "\(family.name)")
            let series = family.samples.map { "\($0.name) \($0.labels.sorted { $0.key < $1.key })" }
            #expect(Set(series).count == series.count, "a sample twice in \(family.name)")
        }
    }

    @Test("have histograms whose buckets add up")
    func histograms() throws {
        let families = try Self.families(Self.busyMetrics().text()).filter { $0.type == "histogram" }
        #expect(!families.isEmpty)
        for family in families {
            let buckets = family.samples.filter { $0.name == family.name + "_bucket" }
            let bounds = try buckets.map {
                try #require(Double($0.labels["le"] == "+Inf" ? "inf" : $0.labels["le"] ?? ""))
            }
            #expect(bounds == bounds.sorted() && bounds.last == .infinity)
            let counts = buckets.map(\.value)
            #expect(counts == counts.sorted())
            let count = family.samples.first { $0.name == family.name + "_count" }?.value
            #expect(counts.last == count && count == 162)
            #expect((family.samples.first { $0.name == family.name + "_sum" }?.value ?? 0) > 0)
        }
    }

    @Test("have so many series and no more, whatever is served")
    func bounds() throws {
        let series = try Self.families(Self.busyMetrics().text()).flatMap(\.samples)
        // Six origins by nine classes of status and none, three outcomes, nine buckets with sum and count, two totals, two gauges.
        #expect(series.count <= 6 * 10 + 3 + 11 + 2 + 2)
        for (name, values) in [
            "origin": ["synthetic", "cassette", "upstream", "scenario", "control", "server"],
            "outcome": ["played", "cancelled", "interrupted"],
            "status": ["none"] + (1...9).map { "\($0)xx" },
        ] {
            #expect(series.compactMap { $0.labels[name] }.allSatisfy(values.contains), "\(name)")
        }
    }
}
