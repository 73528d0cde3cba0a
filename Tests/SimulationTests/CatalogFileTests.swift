internal import OpenRouterAPI
internal import Testing

@testable internal import Simulation

@Suite("Catalog file")
struct CatalogFileTests {
    struct Mistake: Sendable, CustomTestStringConvertible {
        var text: String
        var problem: String

        var testDescription: String { problem }
    }

    @Test("is read as it is written")
    func roundTrip() throws {
        let embedded = CatalogFile.embedded
        let text = CatalogFile.text(models: embedded.models, providers: embedded.providers)
        let read = try CatalogFile(parsing: Array(text.utf8), file: "catalog.json")
        #expect(read.catalog.models.map(\.json) == embedded.catalog.models.map(\.json))
        #expect(read.catalog.providers == embedded.catalog.providers)
        #expect(CatalogFile.text(models: read.models, providers: read.providers) == text)
    }

    private static func models(_ row: String) -> String { #"{"providers":[],"models":[\#(row)]}"# }

    @Test(
        "says what is wrong with it and where",
        arguments: [
            Mistake(text: "{", problem: "c.json:1:2: unexpected "),
            Mistake(text: #"{"models":[]}"#, problem: "c.json:1:1: expected an array 'providers'"),
            Mistake(text: #"{"models":{},"providers":[]}"#, problem: "c.json:1:11: expected an array 'models'"),
            Mistake(text: models(""), problem: "c.json:1:26: expected at least one model"),
            Mistake(text: models(#"{"id":"gpt"}"#), problem: "c.json:1:33: expected an 'id' such as"),
            Mistake(text: models(#"{"id":"a/b"}"#), problem: "c.json:1:27: 'a/b' has no 'pricing'"),
            Mistake(
                text: models(#"{"id":"a/b","pricing":{"prompt":"0"}}"#),
                problem: "c.json:1:49: 'a/b' has no price 'completion'; expected a decimal string"
            ),
            Mistake(
                text: models(#"{"id":"a/b","pricing":{"prompt":0.1,"completion":"0"}}"#),
                problem: "c.json:1:59: 'prompt' of 'a/b' is no price; expected a decimal string"
            ),
            Mistake(
                text: models(#"{"id":"a/b","context_length":"8k","pricing":{"prompt":"0","completion":"0"}}"#),
                problem: "c.json:1:56: 'context_length' of 'a/b' is no whole number from 0 up"
            ),
            Mistake(
                text: models(#"{"id":"a/b","pricing":{"prompt":"0","completion":"0"},"alias_of":"a/c"}"#),
                problem: "c.json:1:27: 'alias_of' names 'a/c', which is no model of this file"
            ),
        ]
    )
    func mistakes(_ mistake: Mistake) throws {
        let error = try #require(throws: CatalogFileError.self) {
            try CatalogFile(parsing: Array(mistake.text.utf8), file: "c.json")
        }
        #expect(error.description.hasPrefix(mistake.problem), "\(error)")
    }
}

@Suite("Catalog update")
struct CatalogUpdateTests {
    private static let id = "openai/gpt-4o-mini"

    /// What OpenRouter would list of the embedded catalog.
    private static func listing(_ change: (inout [JSON]) -> Void = { _ in }) throws -> JSONDocument {
        var models = CatalogFile.embedded.catalog.models.filter(\.isListedByDefault).map(\.json)
        change(&models)
        let answer: JSON = ["data": .array(models)]
        return try JSONDocument(parsing: answer.serialized())
    }

    private static func change(_ id: String, of models: inout [JSON], _ change: (inout JSONObject) -> Void) {
        for (index, model) in models.enumerated() where model.members?["id"] == .string(id) {
            var members = model.members ?? [:]
            change(&members)
            models[index] = .object(members)
        }
    }

    private static func update(_ listing: JSONDocument, isForced: Bool = false) throws -> CatalogUpdate {
        try CatalogUpdate(.embedded, listing: listing, source: "models", isForced: isForced)
    }

    @Test("leaves every row as it is written when nothing has changed")
    func unchanged() throws {
        let update = try Self.update(Self.listing())
        #expect(update.added.isEmpty && update.changed.isEmpty && update.gone.isEmpty)
        #expect(update.withoutEndpoints.isEmpty)
        let embedded = CatalogFile.embedded
        #expect(try update.text() == CatalogFile.text(models: embedded.models, providers: embedded.providers))
    }

    @Test("takes new prices, and asks who serves the model for them")
    func price() throws {
        let listing = try Self.listing { models in
            Self.change(Self.id, of: &models) { $0["pricing"] = ["prompt": "0.001", "completion": "0.002"] }
        }
        var update = try Self.update(listing)
        #expect(update.changed == [Self.id])
        #expect(update.withoutEndpoints == [Self.id])
        let answer: JSON = [
            "data": [
                "endpoints": [
                    [
                        "provider_name": "Newcomer", "tag": "newcomer/fp8", "quantization": "fp8",
                        "context_length": 1000,
                        "pricing": ["prompt": "0.001", "completion": "0.002", "discount": 0],
                        "uptime_last_5m": 99.5, "throughput_last_30m": .null,
                    ]
                ]
            ]
        ]
        try update.setEndpoints(try JSONDocument(parsing: answer.serialized()), of: Self.id)
        #expect(update.withoutEndpoints.isEmpty)
        let catalog = try CatalogFile(parsing: Array(try update.text().utf8), file: "new").catalog
        let model = try #require(catalog[Self.id])
        #expect(model.pricing.prompt == USD("0.001"))
        #expect(model.endpoints.map(\.provider.slug) == ["newcomer"])
        #expect(model.endpoints.first?.quantization == "fp8")
        #expect(model.endpoints.first?.recentUptime == 99.5)
    }

    @Test("adds what is new, and keeps what is listed no longer as legacy models")
    func membership() throws {
        let listing = try Self.listing { models in
            models.removeAll { $0.members?["id"] == .string(Self.id) }
            Self.change("openai/gpt-4o", of: &models) { $0["id"] = "openai/gpt-9" }
        }
        let update = try Self.update(listing)
        #expect(update.added == ["openai/gpt-9"])
        #expect(Set(update.gone) == [Self.id, "openai/gpt-4o"])
        #expect(update.withoutEndpoints == ["openai/gpt-9"])
        let catalog = try CatalogFile(parsing: Array(try update.text().utf8), file: "new").catalog
        #expect(catalog[Self.id]?.isLegacy == true)
        #expect(catalog[Self.id]?.endpoints.isEmpty == false)
        #expect(catalog["openai/gpt-9"] != nil)
    }

    @Test("refuses a part of a listing, unless it is told to take it")
    func parts() throws {
        let listing = try Self.listing { $0 = Array($0.prefix(3)) }
        let error = try #require(throws: CatalogFileError.self) { try Self.update(listing) }
        #expect(error.message.hasPrefix("3 models are listed, of "))
        #expect(error.message.hasSuffix("Use --force to take it"))
        #expect(throws: Never.self) { try Self.update(listing, isForced: true) }
    }

    @Test("refuses prices and models that are none")
    func invalid() throws {
        let listing = try Self.listing { models in
            Self.change(Self.id, of: &models) { $0["pricing"] = ["prompt": "free", "completion": "0"] }
        }
        let error = try #require(throws: CatalogFileError.self) { try Self.update(listing) }
        #expect(error.message.hasPrefix("'prompt' of '\(Self.id)' is no price"))
        let page = try JSONDocument(parsing: Array(#"{"error":{"code":503}}"#.utf8))
        #expect(throws: CatalogFileError.self) { try Self.update(page) }
    }
}
