internal import OpenRouterAPI

/// Benchmarks that OpenRouter runs itself, without search (schema `UnifiedBenchmarksORItem`).
enum KnowledgeBenchmark: String, CaseIterable {
    case questions = "gpqa_diamond"
    case airline = "tau_bench_verified_airline"
}

extension KnowledgeBenchmark {
    var taskType: BenchmarkQuery.TaskType {
        switch self {
        case .questions: .intelligence
        case .airline: .agentic
        }
    }

    /// Of one run: GPQA Diamond has 198 questions, the airline of tau-bench 50 tasks.
    var taskCount: Int {
        switch self {
        case .questions: 198
        case .airline: 50
        }
    }

    var tokensOfTask: Int {
        switch self {
        case .questions: 4_000
        case .airline: 20_000
        }
    }

    func accuracy(of scores: BenchmarkScores) -> Double? {
        switch self {
        case .questions: scores.accuracy(rawValue, from: 0.25, to: 0.92, needsTools: false)
        case .airline: scores.accuracy(rawValue, from: 0.15, to: 0.82, needsTools: true)
        }
    }
}

/// Benchmarks of searching (schema `UnifiedBenchmarksSearchItem`).
enum SearchBenchmark: String, CaseIterable {
    case browse = "search_browsecomp"
    case exam = "search_hle"
    case deep = "search_dsqa"
    case wide = "search_widesearch"
}

extension SearchBenchmark {
    var metric: String { self == .wide ? "f1_by_item" : "accuracy" }

    func score(of scores: BenchmarkScores) -> Double? {
        scores.accuracy(rawValue, from: 0.02, to: 0.7, needsTools: true)
    }
}

/// How a model was run in a search benchmark.
struct SearchLane {
    let engine: String
    let surface: String
    private let turns: Int?
    private let effort: String?

    init(_ scores: BenchmarkScores, _ benchmark: SearchBenchmark) {
        let engines = ["exa", "native", "parallel", "perplexity"]
        let name = "lane \(benchmark.rawValue)"
        engine = engines[scores.noise.integer(name + " engine", in: 0...3)]
        surface = scores.noise.fraction(name) < 0.7 ? "server-tool" : "plugin"
        turns = surface == "plugin" ? nil : scores.noise.integer(name + " turns", in: 10...40)
        effort = scores.model.supportedParameters.contains("reasoning") ? "high" : nil
    }

    /// Schema `UnifiedBenchmarksSearchRunConfig`.
    var json: JSON {
        [
            "max_agent_turns": turns.map { .integer($0) } ?? .null,
            "reasoning_effort": effort.json,
            "temperature": .null,
        ]
    }
}
