internal import HTTPTypes
internal import OpenRouterAPI
internal import Testing

@testable internal import Simulation

@Suite("Benchmarks and classifications")
struct BenchmarksTests {
    private static func rows(_ query: String) throws -> [JSONValue] {
        Array(try Office().data(.get, "/benchmarks?" + query).elements)
    }

    @Test(
        "Filters leave the rows they name",
        arguments: [
            ("source=artificial-analysis", "source", ["artificial-analysis"]),
            ("source=design-arena", "arena", ["models"]),
            ("source=design-arena&arena=agents&category=gamedev", "category", ["gamedev"]),
            ("source=openrouter", "benchmark_type", ["gpqa_diamond", "tau_bench_verified_airline"]),
            ("source=openrouter&benchmark_type=gpqa_diamond", "benchmark_type", ["gpqa_diamond"]),
            ("task_type=search", "source", ["openrouter"]),
            ("benchmark_type=search_widesearch", "primary_metric", ["f1_by_item"]),
            ("task_type=search&search_engine=exa", "search_engine", ["exa"]),
            ("search_surface=plugin", "search_surface", ["plugin"]),
            ("", "source", ["artificial-analysis", "design-arena", "openrouter"]),
            ("benchmark_type=gpqa_diamond", "source", ["artificial-analysis", "design-arena", "openrouter"]),
            ("task_type=coding", "source", ["artificial-analysis", "design-arena"]),
            ("task_type=agentic&source=openrouter", "benchmark_type", ["tau_bench_verified_airline"]),
        ] as [(String, String, Set<String>)]
    )
    func filters(query: String, member: String, values: Set<String>) throws {
        #expect(Set(try Self.rows(query).compactMap { $0[member]?.string }) == values)
    }

    @Test("Nothing is searched for elsewhere, and nothing is in an unknown category")
    func nothing() throws {
        #expect(try Self.rows("source=artificial-analysis&task_type=search").isEmpty)
        #expect(try Self.rows("source=design-arena&category=cooking").isEmpty)
        #expect(Office().call(.get, "/benchmarks?source=mine").status == 400)
        #expect(Office().call(.get, "/benchmarks?max_results=0").status == 400)
    }

    @Test("Scores are in range, the best ones first, and places add up")
    func scores() throws {
        let indices = try Self.rows("source=artificial-analysis&task_type=coding").compactMap {
            $0["coding_index"]?.double
        }
        #expect(indices == indices.sorted(by: >))
        #expect(indices.allSatisfy { (0...100).contains($0) })
        #expect(indices.count > 50)
        for row in try Self.rows("source=design-arena") {
            let stats = try #require(row["tournament_stats"])
            let places = ["first_place", "second_place", "third_place", "fourth_place"].compactMap { stats[$0]?.int }
            #expect(places.reduce(0, +) == stats["total"]?.int)
            #expect((0...100).contains(row["win_rate"]?.double ?? -1))
        }
        for row in try Self.rows("source=openrouter") {
            #expect((0...1).contains(row["accuracy"]?.double ?? -1))
        }
    }

    @Test("The meta member counts models, cites one source, and run settings come on request")
    func meta() throws {
        let answer = try Office().call(.get, "/benchmarks?source=design-arena&max_results=3").json()
        #expect(answer["data"]?.count == 3)
        #expect(answer["meta"]?["model_count"]?.int ?? 0 <= 3)
        #expect(answer["meta"]?["source_url"]?.string?.contains("designarena") == true)
        #expect(try Office().call(.get, "/benchmarks").json()["meta"]?["citation"]?.isNull == true)
        #expect(try Self.rows("task_type=search").allSatisfy { $0["run_config"] == nil })
        #expect(try Self.rows("task_type=search&include_run_config=true").allSatisfy { $0["run_config"] != nil })
    }

    @Test("Shares of tasks add up to one, in all and in each category, and models have a part of each")
    func shares() throws {
        let data = try Office().data(.get, "/classifications/task?window=7d")
        #expect(data["as_of"]?.string == "2026-09-20")
        #expect(data["window_days"]?.int == 7)
        let tasks = Array(try #require(data["classifications"]).elements)
        let categories = Array(try #require(data["macro_categories"]).elements)
        func units(_ rows: [JSONValue], _ member: String) -> Int {
            rows.reduce(0) { $0 + Int(((($1[member]?.double ?? 0) * 10_000)).rounded()) }
        }
        let usage = tasks.compactMap { $0["usage_share"]?.double }
        #expect(usage == usage.sorted(by: >))
        for member in ["usage_share", "token_share"] {
            #expect(units(tasks, member) == 10_000)
            #expect(units(categories, member) == 10_000)
            for category in categories {
                let ofCategory = tasks.filter { $0["macro_category"]?.string == category["key"]?.string }
                #expect(units(ofCategory, member) == units([category], member))
                #expect(units(ofCategory, "category_" + member) == 10_000)
            }
        }
        for task in tasks {
            let models = Array(try #require(task["models"]).elements)
            #expect(models.count == 10)
            #expect((1...10_000).contains(units(models, "tag_usage_share")))
            #expect((1...10_000).contains(units(models, "tag_token_share")))
        }
        #expect(Office().call(.get, "/classifications/task?window=30d").status == 400)
    }
}
