internal import OpenRouterAPI
internal import Tapes
internal import Testing

@testable internal import Simulation

/// Slugs of the embedded catalog; what the router makes of preferences is tested in Routing.
@Suite("Router")
struct RouterTests {
    static let router = Router(catalog: .embedded)

    private static func route(_ slug: String) throws -> RouteCandidate {
        var generator = SeededGenerator(seed: 0)
        let request = RoutingRequest(models: [slug], purpose: .conversation, now: 0)
        return try #require(try router.plan(for: request, using: &generator).candidates.first)
    }

    @Test(
        "A slug leads to its model, and the answer names it",
        arguments: [
            ("openai/gpt-4o", "openai/gpt-4o", "openai/gpt-4o"),
            ("openai/gpt-5-mini", "openai/gpt-5-mini", "openai/gpt-5-mini-2025-08-07"),
            ("openai/gpt-5-mini-2025-08-07", "openai/gpt-5-mini", "openai/gpt-5-mini-2025-08-07"),
            ("google/gemma-4-31b-it:free", "google/gemma-4-31b-it:free", "google/gemma-4-31b-it:free"),
            ("google/gemma-4-31b-it-20260402", "google/gemma-4-31b-it", "google/gemma-4-31b-it-20260402"),
            (
                "qwen/qwen-plus-2025-07-28:thinking", "qwen/qwen-plus-2025-07-28:thinking",
                "qwen/qwen-plus-2025-07-28:thinking"
            ),
            ("~openai/gpt-latest", "openai/gpt-5.5", "openai/gpt-5.5-20260423"),
            ("anthropic/claude-sonnet-4-5", "anthropic/claude-sonnet-4.5", "anthropic/claude-4.5-sonnet-20250929"),
            ("openai/gpt-4o:nitro", "openai/gpt-4o", "openai/gpt-4o"),
            ("openai/gpt-4o:floor", "openai/gpt-4o", "openai/gpt-4o"),
            ("openai/gpt-4o:online", "openai/gpt-4o", "openai/gpt-4o"),
            ("openai/gpt-4o:exacto", "openai/gpt-4o", "openai/gpt-4o"),
            ("google/gemma-4-31b-it:free:online", "google/gemma-4-31b-it:free", "google/gemma-4-31b-it:free"),
            ("openai/gpt-4o:nitro:online", "openai/gpt-4o", "openai/gpt-4o"),
            ("~openai/gpt-latest:nitro", "openai/gpt-5.5", "openai/gpt-5.5-20260423"),
            // A listed variant is a row of its own.
            ("moonshotai/kimi-k2-0905:exacto", "moonshotai/kimi-k2-0905:exacto", "moonshotai/kimi-k2-0905:exacto"),
        ]
    )
    func slugs(requested: String, id: String, served: String) throws {
        let route = try Self.route(requested)
        #expect(route.model.id == id)
        #expect(route.servedModel == served)
        #expect(route.router == nil)
    }

    @Test(
        "An unknown slug is no valid model ID",
        arguments: [
            "acme/nope-1", "gpt-4o", "openai/gpt-4o:cheap", "openai/GPT-4o", " openai/gpt-4o",
            ":nitro",
            "openai/", "~openai/gpt", "acme/nope:nitro",
        ]
    )
    func unknown(slug: String) {
        #expect(throws: APIError.invalidModel(slug, requestedModels: [slug])) { try Self.route(slug) }
    }

    @Test(
        "A model of another endpoint is refused",
        arguments: [
            ("openai/text-embedding-3-small", "embeddings"), ("cohere/rerank-v3.5", "rerank"),
            ("google/veo-3.1", "video"),
            ("hexgrad/kokoro-82m", "speech"), ("openai/whisper-large-v3", "transcription"),
        ]
    )
    func otherEndpoints(slug: String, output: String) {
        #expect(throws: APIError.wrongEndpoint(slug, outputs: [output], requestedModels: [slug])) {
            try Self.route(slug)
        }
    }
}
