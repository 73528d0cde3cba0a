internal import OpenRouterAPI
internal import TestSupport
internal import Testing

@testable internal import Simulation

@Suite("Catalog")
struct CatalogTests {
    static let catalog = Catalog.embedded

    /// Reference: platform §2.3, in the order of its listing example.
    static let members = [
        "id", "canonical_slug", "hugging_face_id", "name", "created", "description", "context_length", "architecture",
        "pricing", "top_provider", "per_request_limits", "supported_parameters", "default_parameters",
        "supported_voices", "knowledge_cutoff", "expiration_date", "links",
    ]

    private static func listing(_ query: String = "") throws -> [JSONValue] {
        let exchange = Exchange(.get("/models\(query)", key: nil))
        #expect(exchange.status == 200)
        return try exchange.json()["data"]?.elements.map { $0 } ?? []
    }

    @Test("All rows are there, with ids that differ")
    func rows() {
        #expect(Self.catalog.models.count == 126)
        #expect(Set(Self.catalog.models.map(\.id)).count == 126)
        #expect(Self.catalog.models.count { $0.endpoints.isEmpty } == 11)
        #expect(Self.catalog.models.reduce(0) { $0 + $1.endpoints.count } == 244)
        #expect(Self.catalog.models.count(where: \.isLegacy) == 12)
    }

    @Test("Every row is served with the members of the reference, in order", arguments: ["", "?output_modalities=all"])
    func servedMembers(query: String) throws {
        let rows = try Self.listing(query)
        #expect(rows.count > 100)
        for row in rows {
            let id = row["id"]?.string ?? ""
            let isAlias = id.hasPrefix("~")
            #expect(row.names == Self.members + (isAlias ? ["alias_target"] : []), "\(id)")
            #expect(
                row["architecture"]?.names
                    == ["modality", "input_modalities", "output_modalities", "tokenizer", "instruct_type"],
                "\(id)"
            )
            #expect(row["top_provider"]?.names == ["context_length", "max_completion_tokens", "is_moderated"], "\(id)")
            #expect(row["pricing"]?.names.prefix(2) == ["prompt", "completion"], "\(id)")
            #expect(row["per_request_limits"]?.isNull == true, "\(id)")
            #expect(row["created"]?.int ?? 0 > 1_600_000_000, "\(id)")
            #expect(row["is_moderated"] == nil)
            let slug = row["canonical_slug"]?.string ?? ""
            #expect(row["links"]?.text == #"{"details":"/api/v1/models/\#(slug)/endpoints"}"#, "\(id)")
            for price in row["pricing"]?.members.map({ $0 }) ?? [] where price.key != "overrides" {
                #expect(price.value.string.flatMap { Double($0) } != nil, "\(id): \(price.key)")
                #expect(price.value.string?.contains("e") == false, "\(id): \(price.key)")
            }
        }
    }

    @Test("A row is served in full as pinned")
    func pinnedRow() throws {
        let rows = try Self.listing()
        let row = try #require(rows.first { $0["id"]?.string == "anthropic/claude-sonnet-4.5" })
        try expectSnapshot(JSON(row).pretty() + "\n", "model-claude-sonnet-4.5.json")
    }

    @Test("Modalities are in the order text, image, file, audio, video")
    func modality() throws {
        let rows = try Self.listing("?output_modalities=all")
        func modality(_ id: String) -> String? {
            rows.first { $0["id"]?.string == id }?["architecture"]?["modality"]?.string
        }
        #expect(modality("openai/gpt-5.5") == "text+image+file->text")
        #expect(modality("openai/gpt-oss-20b:free") == "text->text")
        #expect(modality("openai/gpt-5-image") == "text+image+file->text+image")
        #expect(modality("openai/text-embedding-3-small") == "text->embeddings")
    }

    @Test(
        "Every alias stands for a model that is served",
        arguments: catalog.models.filter { $0.id.hasPrefix("~") }.map(\.id)
    )
    func aliases(id: String) throws {
        let alias = try #require(Self.catalog[id])
        let target = try #require(alias.aliasTarget.flatMap { Self.catalog[$0] })
        #expect(!target.endpoints.isEmpty)
        #expect(target.author == alias.author)
        #expect(alias.pricing.prompt == target.pricing.prompt)
        #expect(alias.pricing.completion == target.pricing.completion)
        #expect(alias.json.members?["alias_target"]?.members?["slug"] == .string(target.id))
    }

    @Test("The aliases stand for what the reference says")
    func aliasTable() {
        let targets = [
            "~anthropic/claude-sonnet-latest": "anthropic/claude-sonnet-4.6",
            "~anthropic/claude-opus-latest": "anthropic/claude-opus-4.7",
            "~anthropic/claude-haiku-latest": "anthropic/claude-haiku-4.5", "~openai/gpt-latest": "openai/gpt-5.5",
            "~openai/gpt-mini-latest": "openai/gpt-5.4-mini",
            "~google/gemini-flash-latest": "google/gemini-3-flash-preview",
            "~google/gemini-pro-latest": "google/gemini-3.1-pro-preview",
        ]
        let rows = Self.catalog.models.compactMap { model in model.aliasTarget.map { (model.id, $0) } }
        #expect(Dictionary(uniqueKeysWithValues: rows) == targets)
        #expect(
            Self.catalog["~openai/gpt-latest"]?.json.members?["alias_target"]?.text
                == #"{"name":"GPT-5.5","slug":"openai/gpt-5.5"}"#
        )
    }

    @Test("Every permanent slug finds a model, its base row before its variants")
    func canonicalSlugs() throws {
        for model in Self.catalog.models {
            let found = try #require(Self.catalog[model.canonicalSlug], "\(model.canonicalSlug)")
            #expect(found.canonicalSlug == model.canonicalSlug || found.id == model.canonicalSlug)
            #expect(Self.catalog[model.id]?.id == model.id)
        }
        #expect(Self.catalog["google/gemma-4-31b-it-20260402"]?.id == "google/gemma-4-31b-it")
        #expect(Self.catalog["openai/gpt-5-mini-2025-08-07"]?.id == "openai/gpt-5-mini")
        #expect(Self.catalog["openai/gpt-0"] == nil)
        #expect(Self.catalog[""] == nil)
    }

    @Test(
        "Free rows cost nothing on all their endpoints",
        arguments: catalog.models.filter { $0.id.hasSuffix(":free") }.map(\.id)
    )
    func freeRows(id: String) throws {
        let model = try #require(Self.catalog[id])
        #expect(model.pricing.isFree)
        #expect(!model.endpoints.isEmpty)
        #expect(model.endpoints.allSatisfy { $0.pricing.isFree })
        #expect(model.name.hasSuffix(" (free)"))
        #expect(model.canonicalSlug != model.id)
    }

    @Test("Every endpoint of a model that charges for tokens has prices of tokens")
    func endpointPrices() {
        for model in Self.catalog.models where (model.pricing.prompt ?? .zero) > .zero {
            for endpoint in model.endpoints {
                #expect((endpoint.pricing.prompt ?? .zero) > .zero, "\(model.id) at \(endpoint.tag)")
                #expect(endpoint.pricing.completion != nil, "\(model.id) at \(endpoint.tag)")
            }
        }
    }

    @Test("Every endpoint's provider has a slug that its tag begins with")
    func tags() {
        for model in Self.catalog.models {
            #expect(Set(model.endpoints.map(\.tag)).count == model.endpoints.count, "\(model.id)")
            for endpoint in model.endpoints {
                #expect(!endpoint.provider.name.isEmpty && !endpoint.provider.slug.isEmpty, "\(model.id)")
                #expect(endpoint.tokensPerSecond >= 1 && endpoint.latency > .zero, "\(model.id)")
            }
        }
    }

    static let rows = #"""
        [{"id":"acme/one","name":"Acme: One","created":1,"context_length":1000,"max_completion_tokens":100,
        "pricing":{"prompt":"0.000001","completion":"0.000002","image":"0.1"},"supported_parameters":["tools","seed"],
        "endpoints":[{"provider":"Acme Cloud"},{"provider":"New One.AI","tag":"new/fp8","context_length":500,
        "max_completion_tokens":null,"quantization":"fp8","prompt":"0.000003","supported_parameters":[],"status":-2,
        "latency":[120.6,1,1,1],"throughput":[0.2,1,1,1]}]},
        {"id":"acme/router","name":"Router","created":2,"pricing":{"prompt":"-1","completion":"-1"}},
        {"id":"~acme/latest","name":"Latest","created":3,"alias_of":"acme/one","pricing":{"prompt":"0","completion":"0"}}]
        """#

    private static func small() throws -> Catalog {
        Catalog(
            models: try JSONDocument(parsing: rows.utf8).root,
            providers: try JSONDocument(parsing: #"[{"name":"Acme Cloud","slug":"acme"}]"#.utf8).root
        )
    }

    @Test("An endpoint has its own facts, or else the model's")
    func endpointDefaults() throws {
        let model = try #require(try Self.small()["acme/one"])
        let first = try #require(model.endpoints.first)
        #expect(first.provider.slug == "acme")
        #expect(first.tag == "acme")
        #expect(first.contextLength == 1000)
        #expect(first.maxCompletionTokens == 100)
        #expect(first.quantization == "unknown")
        #expect(first.supportedParameters == ["tools", "seed"])
        #expect(first.pricing.members == model.pricing.members)
        #expect(first.status == 0)
        #expect(first.latency == .milliseconds(500))
        #expect(first.tokensPerSecond == 50)
        let second = try #require(model.endpoints.last)
        #expect(second.provider.slug == "new-one-ai")
        #expect(second.tag == "new/fp8")
        #expect(second.contextLength == 500)
        #expect(second.maxCompletionTokens == nil)
        #expect(second.quantization == "fp8")
        #expect(second.supportedParameters == [])
        #expect(second.pricing.prompt == USD("0.000003"))
        #expect(second.pricing.completion == USD("0.000002"))
        #expect(
            JSON.object(second.pricing.members).text == #"{"prompt":"0.000003","completion":"0.000002","image":"0.1"}"#
        )
        #expect(second.status == -2)
        #expect(second.latency == .milliseconds(120))
        #expect(second.tokensPerSecond == 1)
    }

    @Test("What a row leaves out has its default")
    func rowDefaults() throws {
        let catalog = try Self.small()
        let model = try #require(catalog["acme/router"])
        #expect(model.canonicalSlug == "acme/router")
        #expect(model.author == "acme")
        #expect(model.endpoints.isEmpty)
        #expect(catalog["~acme/latest"]?.author == "acme")
        #expect(
            model.json.text == #"""
                {"id":"acme/router","canonical_slug":"acme/router","hugging_face_id":null,"name":"Router","created":2,\#
                "description":"Router, simulated: answers are made up, prices and limits are those of the model.",\#
                "context_length":null,"architecture":{"modality":"text->text","input_modalities":["text"],\#
                "output_modalities":["text"],"tokenizer":"Other","instruct_type":null},\#
                "pricing":{"prompt":"-1","completion":"-1"},\#
                "top_provider":{"context_length":null,"max_completion_tokens":null,"is_moderated":false},\#
                "per_request_limits":null,"supported_parameters":[],"default_parameters":{},"supported_voices":null,\#
                "knowledge_cutoff":null,"expiration_date":null,\#
                "links":{"details":"/api/v1/models/acme/router/endpoints"}}
                """#
        )
    }
}
