internal import HTTPTypes
internal import OpenRouterAPI
internal import Tapes
internal import Testing

@testable internal import Simulation

@Suite("Model listings")
struct ModelsQueryTests {
    static let models: [CatalogModel] = Catalog.embedded.models

    static let entries = Dictionary(uniqueKeysWithValues: Market(models).entries.map { ($0.model.id, $0) })
    static let scores = Dictionary(BenchmarkScores.all(of: models).map { ($0.model.canonicalSlug, $0) }) { first, _ in
        first
    }

    /// The region in an endpoint's tag; else the countries of the data centers, or of the headquarters.
    private static func places(of endpoint: CatalogEndpoint) -> [String] {
        if let region = endpoint.tag.wholeMatch(of: /.*\/((?:eu|us)(?:-.*|rope)?)/)?.1 { return [String(region)] }
        let known = endpoint.provider.dataCenters ?? []
        return known.isEmpty ? [endpoint.provider.headquarters].compactMap { $0 } : known
    }

    private static func page(_ query: String) throws -> ModelsQuery.Page {
        try ModelsQuery(RequestTarget("/api/v1/models?\(query)").queryItems, now: World.mockTime).page(of: models)
    }

    private static func ids(_ query: String) throws -> [String] {
        try page(query).models.map(\.id)
    }

    @Test("Without parameters all current models with text output are listed, newest first")
    func everything() throws {
        let page = try Self.page("")
        let expected = Self.models.filter { $0.outputModalities.contains("text") && !$0.isLegacy }
        #expect(Set(page.models.map(\.id)) == Set(expected.map(\.id)))
        #expect(page.totalCount == expected.count)
        #expect(page.next == nil)
        #expect(zip(page.models, page.models.dropFirst()).allSatisfy { $0.created >= $1.created })
    }

    static let filters: [(query: String, isListed: @Sendable (CatalogModel) -> Bool)] = [
        ("output_modalities=text", { $0.outputModalities.contains("text") }),
        ("output_modalities=embeddings", { $0.outputModalities.contains("embeddings") }),
        ("output_modalities=image,video", { !Set($0.outputModalities).isDisjoint(with: ["image", "video"]) }),
        ("output_modalities=all", { _ in true }),
        ("input_modalities=image", { $0.inputModalities.contains("image") }),
        ("input_modalities=image,audio", { Set($0.inputModalities).isSuperset(of: ["image", "audio"]) }),
        ("supported_parameters=tools", { $0.supportedParameters.contains("tools") }),
        ("supported_parameters=tools,seed", { Set($0.supportedParameters).isSuperset(of: ["tools", "seed"]) }),
        ("supported_parameters=telepathy", { _ in false }),
        ("q=gpt-4", { $0.id.lowercased().contains("gpt-4") || $0.name.lowercased().contains("gpt-4") }),
        ("q=CLAUDE+Sonnet", { $0.name.lowercased().contains("claude sonnet") }),
        ("q=", { _ in true }),
        ("context=1000000", { $0.contextLength ?? 0 >= 1_000_000 }),
        ("arch=claude", { $0.tokenizer == "Claude" }),
        ("model_authors=openai,google", { ["openai", "google"].contains($0.author) }),
        ("providers=azure", { $0.endpoints.contains { $0.provider.name == "Azure" } }),
        ("max_price=0", { $0.pricing.prompt == .zero }),
        (
            "min_price=1&max_price=2.5",
            {
                ((USD("0.000001") ?? .zero)...(USD("0.0000025") ?? .zero)).contains(
                    $0.pricing.prompt ?? USD(picodollars: -1)
                )
            }
        ),
        ("min_output_price=15", { $0.pricing.completion ?? .zero >= USD("0.000015") ?? .zero }),
        ("max_output_price=0.5", { $0.pricing.completion.map { $0 <= USD("0.0000005") ?? .zero } ?? false }),
        ("providers=Azure", { $0.endpoints.contains { $0.provider.name == "Azure" } }),
        ("distillable=true", { $0.isDistillable }),
        ("distillable=false", { !$0.isDistillable }),
        ("zdr=true", { $0.endpoints.contains(where: \.hasZeroDataRetention) }),
        (
            "region=us",
            { $0.endpoints.contains { places(of: $0).contains { $0 == "US" || $0.hasPrefix("us") } } }
        ),
        (
            "region=eu",
            { $0.endpoints.contains { places(of: $0).contains { ["FR", "NL"].contains($0) || $0.hasPrefix("eu") } } }
        ),
        ("max_age_days=200", { $0.created * 1_000_000 >= Int(World.mockTime) - 200 * 86_400_000_000 }),
        ("min_age_days=200", { $0.created * 1_000_000 <= Int(World.mockTime) - 200 * 86_400_000_000 }),
        ("category=science", { entries[$0.id]?.isPopular(in: .science) == true }),
        ("min_coding_index=40", { scores[$0.canonicalSlug]?.codingIndex ?? 0 >= 40 }),
        ("max_agentic_index=30", { scores[$0.canonicalSlug]?.agenticIndex ?? 99 <= 30 }),
        (
            "min_intelligence_index=20&max_intelligence_index=40",
            { (20...40).contains(scores[$0.canonicalSlug]?.intelligenceIndex ?? 0) }
        ),
        ("min_tool_success_rate=0.9", { entries[$0.id]?.toolSuccessRate ?? 0 >= 0.9 }),
        ("max_tool_success_rate=0.9", { entries[$0.id]?.toolSuccessRate ?? 1 <= 0.9 }),
        ("use_rss=false&nonsense=1", { _ in true }),
    ]

    @Test("A filter lists the models that satisfy it", arguments: filters.indices)
    func filtering(row: Int) throws {
        let (query, isListed) = Self.filters[row]
        let listsAllOutputs = query.contains("output_modalities")
        let expected = Self.models.filter { model in
            !model.isLegacy && (listsAllOutputs || model.outputModalities.contains("text")) && isListed(model)
        }
        #expect(try Set(Self.ids(query)) == Set(expected.map(\.id)), "\(query)")
        #expect(try Self.page(query).totalCount == expected.count)
        #expect(!expected.isEmpty || query.contains("telepathy"), "\(query) tests nothing")
    }

    static let orders: [(name: String, key: @Sendable (CatalogModel) -> Double)] = [
        ("newest", { -Double($0.created) }),
        ("pricing-low-to-high", { (($0.pricing.prompt ?? .zero) + ($0.pricing.completion ?? .zero)).dollars }),
        ("pricing-high-to-low", { -(($0.pricing.prompt ?? .zero) + ($0.pricing.completion ?? .zero)).dollars }),
        ("most-popular", { Double(entries[$0.id]?.rank ?? .max) }),
        (
            "top-weekly",
            { model in
                let today = CivilTime(microseconds: World.mockTime).dayNumber
                return entries[model.id].map { entry in
                    -Double((today - 7..<today).reduce(0) { $0 + entry.tokens(on: $1) })
                } ?? .infinity
            }
        ),
        ("intelligence-high-to-low", { -(scores[$0.canonicalSlug]?.intelligenceIndex ?? -1) }),
        ("coding-high-to-low", { -(scores[$0.canonicalSlug]?.codingIndex ?? -1) }),
        ("agentic-high-to-low", { -(scores[$0.canonicalSlug]?.agenticIndex ?? -1) }),
        ("design-arena-elo-high-to-low", { -(scores[$0.canonicalSlug]?.bestElo ?? -1) }),
        ("context-high-to-low", { -Double($0.contextLength ?? 0) }),
        ("throughput-high-to-low", { -($0.endpoints.map(\.tokensPerSecond).max() ?? 0) }),
        ("latency-low-to-high", { Double(($0.endpoints.map(\.latency).min() ?? .seconds(3600)) / .microseconds(1)) }),
    ]

    @Test("A listing is sorted as asked, and everything stays in it", arguments: orders.indices)
    func sorting(row: Int) throws {
        let (name, key) = Self.orders[row]
        let keys = try Self.page("sort=\(name)").models.map(key)
        #expect(keys == keys.sorted())
        #expect(try Set(Self.ids("sort=\(name)")) == Set(Self.ids("")))
    }

    @Test(
        "Values that are not in a list are refused",
        arguments: [
            "sort=best", "category=cooking", "region=mars", "distillable=maybe", "zdr=false", "min_age_days=-1",
        ]
    )
    func unknownValues(query: String) {
        #expect(throws: APIError.self) { try Self.ids(query) }
    }

    @Test("A listing may be a feed, with links to pages or to chats")
    func feed() throws {
        let feed = Exchange(.get("/models?use_rss=true&limit=2&q=gpt", key: nil))
        #expect(feed.status == 200)
        #expect(feed.fields[.contentType] == "application/rss+xml")
        #expect(feed.body.hasPrefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?><rss version=\"2.0\"><channel>"))
        #expect(feed.body.ranges(of: "<item>").count == 2)
        #expect(feed.body.contains("<link>https://openrouter.ai/~openai/"))
        let chats = Exchange(.get("/models?use_rss=true&use_rss_chat_links=true&limit=1", key: nil))
        #expect(chats.body.contains("<link>https://openrouter.ai/chat?models="))
    }

    @Test("Pages are slices, and next leads to the following one")
    func paging() throws {
        let all = try Self.ids("")
        #expect(try Self.ids("limit=10") == Array(all[..<10]))
        #expect(try Self.ids("offset=5&limit=3") == Array(all[5..<8]))
        #expect(try Self.ids("offset=5") == Array(all[5...]))
        #expect(try Self.ids("offset=\(all.count)") == [])
        #expect(try Self.ids("offset=9223372036854775807&limit=1000") == [])
        #expect(try Self.page("limit=10").totalCount == all.count)
        #expect(try Self.page("limit=10").next == "/api/v1/models?offset=10&limit=10")
        #expect(try Self.page("offset=5").next == nil)
        #expect(try Self.page("limit=\(all.count)").next == nil)
        #expect(
            try Self.page("limit=\(all.count - 1)").next
                == "/api/v1/models?offset=\(all.count - 1)&limit=\(all.count - 1)"
        )
    }

    @Test(
        "Following next gives the whole listing, filters and order included",
        arguments: [
            "limit=7", "limit=1000", "limit=3&q=claude+sonnet", "sort=pricing-low-to-high&limit=11&min_price=1",
            "output_modalities=image,embeddings&limit=2", "limit=4&q=gpt%264+%2B%C3%A9&offset=0", "q=%2e5&limit=9",
        ]
    )
    func following(query: String) throws {
        var found: [String] = []
        var next: String? = "/api/v1/models?\(query)"
        while let target = next {
            let page = try ModelsQuery(RequestTarget(target).queryItems, now: World.mockTime).page(of: Self.models)
            found += page.models.map(\.id)
            #expect(page.next != next)
            next = page.next
        }
        let unpaged = query.split(separator: "&").filter { !$0.hasPrefix("limit") && !$0.hasPrefix("offset") }
        #expect(try found == Self.ids(unpaged.joined(separator: "&")))
    }

    @Test(
        "A bad value is refused by name",
        arguments: [
            ("limit=0", "limit: expected an integer from 1 to 1000, received \"0\""),
            ("limit=1001", "limit: expected an integer from 1 to 1000, received \"1001\""),
            ("limit=", "limit: expected an integer from 1 to 1000, received \"\""),
            ("limit=ten", "limit: expected an integer from 1 to 1000, received \"ten\""),
            ("offset=-1", "offset: expected an integer of at least 0, received \"-1\""),
            ("context=0", "context: expected an integer of at least 1, received \"0\""),
            ("min_price=-1", "min_price: expected USD per million tokens, received \"-1\""),
            ("max_output_price=cheap", "max_output_price: expected USD per million tokens, received \"cheap\""),
            (
                "output_modalities=text,smell",
                "output_modalities: expected all or some of text, image, audio, embeddings, video, rerank, speech, "
                    + "transcription, received \"smell\""
            ),
            (
                "output_modalities=file",
                "output_modalities: expected all or some of text, image, audio, embeddings, video, rerank, speech, "
                    + "transcription, received \"file\""
            ),
            (
                "input_modalities=embeddings",
                "input_modalities: expected all or some of text, image, file, audio, video, received \"embeddings\""
            ),
        ]
    )
    func badValues(query: String, message: String) throws {
        let exchange = Exchange(.get("/models?\(query)", key: nil))
        #expect(exchange.status == 400)
        let field = message.prefix { $0 != ":" }
        let text = JSON.string("Invalid request parameters: \(message)").text
        #expect(
            exchange.body
                == #"{"error":{"message":\#(text),"code":400,"metadata":{"error_type":"invalid_request","field":"\#(field)"}}}"#
        )
    }

    @Test("The listing's envelope has data, total count and links; a page names the next")
    func envelope() throws {
        let exchange = Exchange(.get("/models?limit=1&q=gpt", key: nil))
        let body = try exchange.json()
        #expect(body.names == ["data", "total_count", "links"])
        #expect(body["links"]?.text == #"{"next":"/api/v1/models?offset=1&limit=1&q=gpt"}"#)
        #expect(try Exchange(.get("/models", key: nil)).json()["links"]?.text == #"{"next":null}"#)
    }

    @Test(
        "The count looks at output modalities only",
        arguments: ["", "output_modalities=all", "output_modalities=embeddings", "q=claude", "limit=1"]
    )
    func count(query: String) throws {
        let isFilter = query.hasPrefix("output_modalities")
        let count = try Self.page(isFilter ? query : "").totalCount
        #expect(Exchange(.get("/models/count?\(query)", key: nil)).body == #"{"data":{"count":\#(count)}}"#)
    }
}
