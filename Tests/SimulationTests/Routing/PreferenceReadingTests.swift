internal import OpenRouterAPI
internal import Testing

@testable internal import Simulation

@Suite("Reading provider preferences and router plugins")
struct PreferenceReadingTests {
    private static func preferences(_ text: String) throws -> ProviderPreferences {
        try ProviderPreferences(reading: FieldReader(try JSONDocument(parsing: text.utf8).root, path: "provider"))
    }

    private static func plugins(_ text: String) throws -> RouterPlugins {
        try RouterPlugins(reading: FieldReader(try JSONDocument(parsing: text.utf8).root))
    }

    private static let nothing = #"""
        {"order":null,"only":null,"ignore":null,"allow_fallbacks":null,"require_parameters":null,"data_collection":null,
        "zdr":null,"enforce_distillable_text":null,"quantizations":null,"sort":null,"max_price":null,
        "preferred_min_throughput":null,"preferred_max_latency":null}
        """#

    @Test("Null is as good as nothing, and unknown members do no harm", arguments: ["{}", nothing, #"{"require":1}"#])
    func defaults(text: String) throws {
        #expect(try Self.preferences(text) == ProviderPreferences())
    }

    @Test("Every member is read")
    func all() throws {
        let preferences = try Self.preferences(
            #"""
            {"order":["A"],"only":["B","C"],"ignore":["D"],"allow_fallbacks":false,"require_parameters":true,
            "data_collection":"deny","zdr":true,"enforce_distillable_text":true,"quantizations":["fp8","unknown"],
            "sort":{"by":"latency","partition":"none"},
            "max_price":{"prompt":"0.7","completion":0.9,"audio":1,"request":"0.01","image":2},
            "preferred_min_throughput":50,"preferred_max_latency":{"p50":1,"p75":1.5,"p90":3,"p99":null}}
            """#
        )
        var expected = ProviderPreferences()
        expected.order = ["A"]
        expected.only = ["B", "C"]
        expected.ignore = ["D"]
        expected.allowsFallbacks = false
        expected.requiresParameters = true
        expected.dataCollection = .deny
        expected.requiresZeroDataRetention = true
        expected.enforcesDistillableText = true
        expected.quantizations = [.fp8, .unknown]
        expected.sort = .latency
        expected.partition = ProviderPreferences.Partition.none
        expected.maximumPrice = .init(
            prompt: USD("0.7"),
            completion: USD("0.9"),
            audio: USD("1"),
            request: USD("0.01"),
            image: USD("2")
        )
        expected.preferredMinimumThroughput = .init(p50: 50)
        expected.preferredMaximumLatency = .init(p50: 1, p75: 1.5, p90: 3)
        #expect(preferences == expected)
    }

    private static let quantizations =
        "expected one of int4, int8, fp4, mxfp4, nvfp4, fp6, fp8, mxfp8, fp16, bf16, fp32, unknown"
    private static let price = "expected an amount of USD, at least 0, as a number or a string"
    private static let bound = "expected a number of at least 0"

    /// The object, and what is wrong with it.
    static let bad: [(text: String, path: String, problem: String)] = [
        ("[]", "provider", "expected an object, received an array"),
        (#"{"order":"openai"}"#, "provider.order", #"expected an array of strings, received "openai""#),
        (#"{"order":["a",1]}"#, "provider.order[1]", "expected a string, received 1"),
        (#"{"only":{}}"#, "provider.only", "expected an array of strings, received an object"),
        (#"{"ignore":[null]}"#, "provider.ignore[0]", "expected a string, received null"),
        (#"{"allow_fallbacks":"no"}"#, "provider.allow_fallbacks", #"expected true or false, received "no""#),
        (#"{"require_parameters":1}"#, "provider.require_parameters", "expected true or false, received 1"),
        (
            #"{"data_collection":"never"}"#, "provider.data_collection",
            #"expected one of allow, deny, received "never""#
        ),
        (#"{"zdr":"true"}"#, "provider.zdr", #"expected true or false, received "true""#),
        (
            #"{"enforce_distillable_text":0}"#, "provider.enforce_distillable_text",
            "expected true or false, received 0"
        ),
        (#"{"quantizations":["fp8","FP8"]}"#, "provider.quantizations[1]", #"\#(quantizations), received "FP8""#),
        (#"{"quantizations":"fp8"}"#, "provider.quantizations", #"expected an array of strings, received "fp8""#),
        (
            #"{"sort":"cheap"}"#, "provider.sort",
            #"expected one of price, throughput, latency, exacto, received "cheap""#
        ),
        (#"{"sort":[]}"#, "provider.sort", "expected one of price, throughput, latency, exacto, received an array"),
        (
            #"{"sort":{"by":"cheap"}}"#, "provider.sort.by",
            #"expected one of price, throughput, latency, exacto, received "cheap""#
        ),
        (
            #"{"sort":{"partition":"all"}}"#, "provider.sort.partition",
            #"expected one of model, none, received "all""#
        ),
        (#"{"max_price":3}"#, "provider.max_price", "expected an object, received 3"),
        (#"{"max_price":{"prompt":-1}}"#, "provider.max_price.prompt", "\(price), received -1"),
        (#"{"max_price":{"completion":"-0.1"}}"#, "provider.max_price.completion", #"\#(price), received "-0.1""#),
        (#"{"max_price":{"image":"cheap"}}"#, "provider.max_price.image", #"\#(price), received "cheap""#),
        (#"{"max_price":{"audio":"nan"}}"#, "provider.max_price.audio", #"\#(price), received "nan""#),
        (#"{"max_price":{"request":true}}"#, "provider.max_price.request", "\(price), received true"),
        (#"{"max_price":{"request":1e999}}"#, "provider.max_price.request", "\(price), received 1e999"),
        (
            #"{"preferred_min_throughput":"50"}"#, "provider.preferred_min_throughput",
            #"\#(bound) or an object with p50, p75, p90, p99, received "50""#
        ),
        (
            #"{"preferred_min_throughput":-1}"#, "provider.preferred_min_throughput",
            "\(bound) or an object with p50, p75, p90, p99, received -1"
        ),
        (
            #"{"preferred_max_latency":{"p90":"1"}}"#, "provider.preferred_max_latency.p90",
            #"\#(bound), received "1""#
        ),
        (#"{"preferred_max_latency":{"p99":-0.5}}"#, "provider.preferred_max_latency.p99", "\(bound), received -0.5"),
    ]

    @Test("A preference that is not what it has to be is told with its path", arguments: bad.indices)
    func badPreferences(row: Int) {
        let (text, path, problem) = Self.bad[row]
        let error = #expect(throws: APIError.self) { try Self.preferences(text) }
        #expect(error?.status == 400)
        #expect(error?.message == "Invalid request parameters: \(path): \(problem)")
        #expect(error?.metadata?["field"] == .string(path))
    }

    // MARK: - Plugins

    @Test("The routers' plugins are read; others are left alone, and a disabled one counts as missing")
    func allPlugins() throws {
        let plugins = try Self.plugins(
            #"""
            {"plugins":[{"id":"web","max_results":"many"},
            {"id":"auto-router","allowed_models":["a/*"],"excluded_models":["a/b"],"cost_tier":"xhigh",
            "cost_quality_tradeoff":3,"pin_model":true},
            {"id":"auto-beta-router","enabled":false,"allowed_models":["c/*"]},
            {"id":"pareto-router","enabled":true,"min_coding_score":0.8,"max_price":2.5,"price_source":"weighted_avg"},
            {"id":"fusion","analysis_models":["a/b"],"model":"c/d","preset":"general-fast","max_tool_calls":16,
            "tools":[]},{}]}
            """#
        )
        var expected = RouterPlugins()
        var automatic = RouterPlugins.Automatic()
        automatic.allowedModels = ["a/*"]
        automatic.excludedModels = ["a/b"]
        automatic.costTier = .xhigh
        automatic.costQualityTradeoff = 3
        automatic.pinsModel = true
        expected.automatic = automatic
        var pareto = RouterPlugins.Pareto()
        pareto.minimumCodingScore = 0.8
        pareto.maximumPrice = USD("2.5")
        expected.pareto = pareto
        var fusion = RouterPlugins.Fusion()
        fusion.analysisModels = ["a/b"]
        fusion.model = "c/d"
        fusion.preset = .generalFast
        expected.fusion = fusion
        #expect(plugins == expected)
        #expect(try Self.plugins("{}") == RouterPlugins())
        #expect(try Self.plugins(#"{"plugins":null}"#) == RouterPlugins())
    }

    /// The body, and what is wrong with it.
    static let badPlugins: [(text: String, path: String, problem: String)] = [
        (#"{"plugins":{}}"#, "plugins", "expected an array, received an object"),
        (#"{"plugins":["web"]}"#, "plugins[0]", #"expected an object, received "web""#),
        (#"{"plugins":[{"id":7}]}"#, "plugins[0].id", "expected a string, received 7"),
        (
            #"{"plugins":[{"id":"auto-router","enabled":"yes"}]}"#, "plugins[0].enabled",
            #"expected true or false, received "yes""#
        ),
        (
            #"{"plugins":[{"id":"web"},{"id":"auto-router","allowed_models":"a"}]}"#, "plugins[1].allowed_models",
            #"expected an array of strings, received "a""#
        ),
        (
            #"{"plugins":[{"id":"auto-beta-router","excluded_models":[1]}]}"#, "plugins[0].excluded_models[0]",
            "expected a string, received 1"
        ),
        (
            #"{"plugins":[{"id":"auto-router","cost_tier":"huge"}]}"#, "plugins[0].cost_tier",
            #"expected one of low, medium, high, xhigh, max, received "huge""#
        ),
        (
            #"{"plugins":[{"id":"auto-router","cost_quality_tradeoff":11}]}"#, "plugins[0].cost_quality_tradeoff",
            "expected an integer from 0 to 10, received 11"
        ),
        (
            #"{"plugins":[{"id":"pareto-router","min_coding_score":1.5}]}"#, "plugins[0].min_coding_score",
            "expected a number from 0 to 1, received 1.5"
        ),
        (
            #"{"plugins":[{"id":"pareto-router","max_price":"5"}]}"#, "plugins[0].max_price",
            #"expected a number of at least 0, received "5""#
        ),
        (
            #"{"plugins":[{"id":"pareto-router","price_source":"guess"}]}"#, "plugins[0].price_source",
            #"expected one of prompt, weighted_avg, received "guess""#
        ),
        (
            #"{"plugins":[{"id":"fusion","analysis_models":[]}]}"#, "plugins[0].analysis_models",
            "expected 1 to 8 models, received 0"
        ),
        (
            #"{"plugins":[{"id":"fusion","preset":"general"}]}"#, "plugins[0].preset",
            #"expected one of general-high, general-budget, general-fast, received "general""#
        ),
        (
            #"{"plugins":[{"id":"fusion","max_tool_calls":0}]}"#, "plugins[0].max_tool_calls",
            "expected an integer from 1 to 16, received 0"
        ),
        (
            #"{"plugins":[{"id":"fusion","tools":[{},{},{},{},{},{},{},{},{}]}]}"#, "plugins[0].tools",
            "expected at most 8 tools, received 9"
        ),
    ]

    @Test("A plugin's member that is not what it has to be is told with its path", arguments: badPlugins.indices)
    func badPlugin(row: Int) {
        let (text, path, problem) = Self.badPlugins[row]
        let error = #expect(throws: APIError.self) { try Self.plugins(text) }
        #expect(error?.status == 400)
        #expect(error?.message == "Invalid request parameters: \(path): \(problem)")
    }

    @Test(
        "Patterns are limited in number, in length and together",
        arguments: [
            (1024, 1, nil), (1025, 1, "plugins[0].allowed_models: expected at most 1024 patterns, received 1025"),
            (1, 1024, nil), (2, 1025, "plugins[0].allowed_models[0]: expected at most 1024 characters, received 1025"),
            (64, 1024, nil),
            (65, 1024, "plugins[0].allowed_models: expected at most 65536 characters in all, received 66560"),
        ] as [(Int, Int, String?)]
    )
    func patternLimits(count: Int, length: Int, problem: String?) throws {
        let pattern = "\"" + String(repeating: "a", count: length) + "\""
        let list = Array(repeating: pattern, count: count).joined(separator: ",")
        let text = #"{"plugins":[{"id":"auto-router","allowed_models":[\#(list)]}]}"#
        guard let problem else {
            #expect(try Self.plugins(text).automatic?.allowedModels.count == count)
            return
        }
        let error = #expect(throws: APIError.self) { try Self.plugins(text) }
        #expect(error?.message == "Invalid request parameters: \(problem)")
    }
}
