internal import HTTPTypes
internal import OpenRouterAPI

extension Operation {
    /// `GET /benchmarks`: results of three sources (reference: platform §5.10), made up; see ``BenchmarkScores``.
    static let getBenchmarks = Operation(
        "getBenchmarks",
        .get,
        "/benchmarks",
        .anyKey,
        query: [
            QueryParameter("source", .choice(of: BenchmarkQuery.Source.self)),
            QueryParameter("task_type", .choice(of: BenchmarkQuery.TaskType.self)),
            QueryParameter(
                "benchmark_type",
                .choice(KnowledgeBenchmark.allCases.map(\.rawValue) + SearchBenchmark.allCases.map(\.rawValue))
            ),
            QueryParameter("include_run_config", .bool),
            QueryParameter("search_engine", .text),
            QueryParameter("search_surface", .choice(["server-tool", "plugin"])),
            QueryParameter("arena", .choice(of: DesignArena.self)),
            QueryParameter("category", .text),
            QueryParameter("max_results", .integer(in: 1...Int.max)),
        ]
    ) { call throws(APIError) in
        try call.countDataRequest()
        let query = BenchmarkQuery(call.query, now: call.world.now)
        let limit = try call.query.integer("max_results", in: 1...Int.max) ?? .max
        let rows = Array(query.rows(of: BenchmarkScores.all(of: call.catalog.models)).prefix(limit))
        return .json(["data": .array(rows.map(\.json)), "meta": query.meta(rows)])
    }
}

/// Which results are asked for.
struct BenchmarkQuery {
    enum Source: String, CaseIterable {
        case artificialAnalysis = "artificial-analysis"
        case designArena = "design-arena"
        case openRouter = "openrouter"
    }

    enum TaskType: String, CaseIterable {
        case coding, intelligence, agentic, search
    }

    /// A row and whose it is.
    struct Row {
        let permaslug: String
        let json: JSON
    }

    private let query: QueryReader
    private let source: Source?
    private let taskType: TaskType?
    private let knowledge: KnowledgeBenchmark?
    private let search: SearchBenchmark?
    private let now: Int64

    init(_ query: QueryReader, now: Int64) {
        self.query = query
        self.now = now
        source = query.value("source").flatMap(Source.init(rawValue:))
        taskType = query.value("task_type").flatMap(TaskType.init(rawValue:))
        knowledge = query.value("benchmark_type").flatMap(KnowledgeBenchmark.init(rawValue:))
        search = query.value("benchmark_type").flatMap(SearchBenchmark.init(rawValue:))
    }

    /// Search results are there when they are asked for, and then nothing else is; a parameter of one source does not
    /// touch the others.
    func rows(of scores: [BenchmarkScores]) -> [Row] {
        let isOfSearch =
            taskType == .search || search != nil || query.value("search_engine") != nil
            || query.value("search_surface") != nil
        func wants(_ wanted: Source) -> Bool { source == nil || source == wanted }
        if isOfSearch { return wants(.openRouter) ? searchRows(scores) : [] }
        return (wants(.artificialAnalysis) ? analysisRows(scores) : [])
            + (wants(.designArena) ? arenaRows(scores) : [])
            + (wants(.openRouter) ? knowledgeRows(scores) : [])
    }

    /// Schema `UnifiedBenchmarksMeta`.
    func meta(_ rows: [Row]) -> JSON {
        [
            "as_of": .string(CivilTime.dateText(ofDay: CivilTime(microseconds: now).dayNumber) + "T00:00:00Z"),
            "version": "v1",
            "source": (source?.rawValue).json,
            "source_url": (source?.address).json,
            "citation": (source?.citation).json,
            "task_type": (taskType?.rawValue).json,
            "model_count": .integer(Set(rows.map(\.permaslug)).count),
        ]
    }
}

// MARK: - Rows of each source

extension BenchmarkQuery {
    /// Schema `UnifiedBenchmarksAAItem`, the best one by the index asked for first.
    private func analysisRows(_ scores: [BenchmarkScores]) -> [Row] {
        func index(_ scores: BenchmarkScores) -> Double? {
            switch taskType {
            case .coding: scores.codingIndex
            case .agentic: scores.agenticIndex
            default: scores.intelligenceIndex
            }
        }
        return sorted(scores, by: index).map { scores, _ in
            row(scores, .artificialAnalysis) {
                [
                    "intelligence_index": (scores.intelligenceIndex).json,
                    "coding_index": (scores.codingIndex).json,
                    "agentic_index": (scores.agenticIndex).json,
                    "pricing": scores.model.benchmarkPricing,
                ]
            }
        }
    }

    /// Schema `UnifiedBenchmarksDAItem`, by arena and category, the best one first.
    private func arenaRows(_ scores: [BenchmarkScores]) -> [Row] {
        let arena = query.value("arena").flatMap(DesignArena.init(rawValue:)) ?? (source == nil ? nil : .models)
        let category = query.value("category") ?? (taskType == .coding ? "codecategories" : nil)
        if taskType == .intelligence { return [] }
        let arenas = arena.map { [$0] } ?? (taskType == .agentic ? [.agents] : DesignArena.allCases)
        let found = arenas.flatMap { arena in
            scores.flatMap { scores in scores.ratings(arena).map { (arena: arena, scores: scores, rating: $0) } }
        }
        let sorted = found.filter { category == nil || $0.rating.category == category }.sorted { left, right in
            (left.arena.rawValue, left.rating.category, -left.rating.elo, left.scores.model.permaslug)
                < (right.arena.rawValue, right.rating.category, -right.rating.elo, right.scores.model.permaslug)
        }
        return sorted.map { arena, scores, rating in
            row(scores, .designArena) {
                [
                    "arena": .string(arena.rawValue),
                    "category": .string(rating.category),
                    "elo": .number(rating.elo),
                    "win_rate": .number(rating.winRate),
                    "avg_generation_time_ms": .integer(rating.generationMilliseconds),
                    "tournament_stats": [
                        "first_place": .integer(rating.places[0]),
                        "second_place": .integer(rating.places[1]),
                        "third_place": .integer(rating.places[2]),
                        "fourth_place": .integer(rating.places[3]),
                        "total": .integer(rating.places.reduce(0, +)),
                    ],
                    "pricing": scores.model.benchmarkPricing,
                ]
            }
        }
    }

    /// Schema `UnifiedBenchmarksORItem`.
    private func knowledgeRows(_ scores: [BenchmarkScores]) -> [Row] {
        let wanted = KnowledgeBenchmark.allCases.filter { benchmark in
            (knowledge == nil || knowledge == benchmark) && (taskType == nil || taskType == benchmark.taskType)
        }
        return wanted.flatMap { benchmark in
            sorted(scores) { benchmark.accuracy(of: $0) }.map { scores, accuracy in
                let runs = scores.noise.integer("runs \(benchmark.rawValue)", in: 1...4)
                return row(scores, .openRouter) {
                    [
                        "benchmark_type": .string(benchmark.rawValue),
                        "accuracy": .number(accuracy),
                        // A single run has none.
                        "accuracy_stddev": runs == 1
                            ? .null : .number(Double(scores.noise.integer("deviation", in: 5...30)) / 1000),
                        "avg_cost_per_task": scores.cost(ofTokens: benchmark.tokensOfTask),
                        "total_tasks": .integer(benchmark.taskCount * runs),
                        "last_run_timestamp": .string(lastRun(scores, benchmark.rawValue)),
                    ]
                }
            }
        }
    }

    /// Schema `UnifiedBenchmarksSearchItem`: each model's best configuration.
    private func searchRows(_ scores: [BenchmarkScores]) -> [Row] {
        let wanted = SearchBenchmark.allCases.filter { search == nil || search == $0 }
        guard knowledge == nil, taskType == nil || taskType == .search else { return [] }
        return wanted.flatMap { benchmark in
            let lanes = sorted(scores) { benchmark.score(of: $0) }.map { ($0, $1, SearchLane($0, benchmark)) }
            let matching = lanes.filter { _, _, lane in
                (query.value("search_engine") ?? lane.engine) == lane.engine
                    && (query.value("search_surface") ?? lane.surface) == lane.surface
            }
            return matching.map { scores, score, lane in
                row(scores, .openRouter) {
                    var members: JSONObject = [
                        "benchmark_type": .string(benchmark.rawValue),
                        "primary_metric": .string(benchmark.metric),
                        "primary_score": .number(score),
                        "total_tasks": 100,
                        "avg_cost_per_task": scores.cost(ofTokens: 30_000),
                        "avg_latency_per_task_ms": .integer(
                            scores.noise.integer("latency \(benchmark.rawValue)", in: 8_000...90_000)
                        ),
                        "search_engine": .string(lane.engine),
                        "search_surface": .string(lane.surface),
                        "last_run_timestamp": .string(lastRun(scores, benchmark.rawValue)),
                    ]
                    if query.isOn("include_run_config") { members.append("run_config", lane.json) }
                    return members
                }
            }
        }
    }

    /// Those with a score, the best one first.
    private func sorted(
        _ scores: [BenchmarkScores],
        by score: (BenchmarkScores) -> Double?
    ) -> [(BenchmarkScores, Double)] {
        let scored = scores.compactMap { scores in score(scores).map { (scores, $0) } }
        return scored.sorted { left, right in
            left.1 == right.1 ? left.0.model.permaslug < right.0.model.permaslug : left.1 > right.1
        }
    }

    private func row(_ scores: BenchmarkScores, _ source: Source, _ members: () -> JSONObject) -> Row {
        var object: JSONObject = [
            "source": .string(source.rawValue),
            "model_permaslug": .string(scores.model.permaslug),
            "display_name": .string(scores.model.shortName),
        ]
        object.append(contentsOf: members())
        return Row(permaslug: scores.model.permaslug, json: .object(object))
    }

    /// Within the last month, but not before the model was there.
    private func lastRun(_ scores: BenchmarkScores, _ benchmark: String) -> String {
        let today = CivilTime(microseconds: now).dayNumber
        let day = max(today - scores.noise.integer("last run \(benchmark)", in: 1...28), scores.model.created / 86_400)
        return CivilTime.dateText(ofDay: min(day, today)) + "T06:00:00Z"
    }
}

extension BenchmarkQuery.Source {
    fileprivate var address: String {
        switch self {
        case .artificialAnalysis: "https://artificialanalysis.ai"
        case .designArena: "https://www.designarena.ai"
        case .openRouter: "https://openrouter.ai/rankings"
        }
    }

    /// As the schema's example gives it for the first one.
    fileprivate var citation: String {
        switch self {
        case .artificialAnalysis:
            "Source: Artificial Analysis (artificialanalysis.ai) via OpenRouter (openrouter.ai/rankings)."
        case .designArena: "Source: Design Arena (designarena.ai) via OpenRouter (openrouter.ai/rankings)."
        case .openRouter: "Source: OpenRouter (openrouter.ai/rankings)."
        }
    }
}

extension BenchmarkScores {
    /// USD for a task's tokens, a tenth of them answers; null where the price varies.
    fileprivate func cost(ofTokens count: Int) -> JSON {
        guard let prompt = model.pricing.prompt, let completion = model.pricing.completion else { return .null }
        return (prompt * (count - count / 10) + completion * (count / 10)).json
    }
}

extension CatalogModel {
    /// The name without the author before it.
    fileprivate var shortName: String { name.firstRange(of: ": ").map { String(name[$0.upperBound...]) } ?? name }

    /// Schema `UnifiedBenchmarkPricing`.
    fileprivate var benchmarkPricing: JSON {
        guard let prompt = pricing.prompt, let completion = pricing.completion else { return .null }
        return ["prompt": .string(prompt.decimalText), "completion": .string(completion.decimalText)]
    }
}

extension Double? {
    /// Null for no score.
    fileprivate var json: JSON { map { .number($0) } ?? .null }
}
