internal import HTTPTypes
internal import OpenRouterAPI
internal import Tapes
internal import Testing

@testable internal import Simulation

@Suite("Routes under guardrails")
struct GuardrailRoutingTests {
    /// The tags of the endpoints that a key's guardrails leave, in the catalog's order: each is asked for alone.
    private func providers(_ office: Office, _ key: String, _ model: String) throws -> [String] {
        let row = try #require(office.simulator.catalog[model])
        return row.endpoints.map(\.tag).filter { tag in
            office.chat(key: key, model: model, #""provider":{"only":["\#(tag)"]}"#).status == 200
        }
    }

    @Test(
        "Guardrails leave out providers, models and policies",
        arguments: [
            (#""allowed_providers":["azure"]"#, "openai/gpt-4o", ["azure"]),
            (#""allowed_providers":["Azure","nobody"]"#, "openai/gpt-4o", ["azure"]),
            (#""ignored_providers":["openai"]"#, "openai/gpt-4o", ["azure"]),
            (#""allowed_models":["openai/gpt-4o"]"#, "openai/gpt-4o", ["openai", "azure"]),
            (#""allowed_models":["openai/gpt-4o"]"#, "openai/gpt-4o-mini", []),
            (#""ignored_models":["openai/gpt-4o"]"#, "openai/gpt-4o", []),
            (#""enforce_zdr_openai":true"#, "openai/gpt-4o", ["azure"]),
            (#""enforce_zdr_anthropic":true"#, "openai/gpt-4o", ["openai", "azure"]),
            (#""enforce_zdr":true"#, "openai/gpt-4o", ["azure"]),
            (#""enable_free_model_training":false"#, "z-ai/glm-4.5-air:free", []),
            (#""enable_free_model_publication":false"#, "z-ai/glm-4.5-air:free", []),
            (#""enable_paid_model_training":false"#, "z-ai/glm-4.5-air:free", ["z-ai"]),
        ]
    )
    func restrictions(members: String, model: String, left: [String]) throws {
        var settings = SimulationSettings()
        settings.limitsFreeRequests = false
        let office = Office(settings)
        #expect(try providers(office, try office.guardedKey(members), model) == left)
    }

    @Test("What guardrails leave nobody for is 404, with the step, the reasons and what they exclude")
    func failure() throws {
        let office = Office()
        let key = try office.guardedKey(#""allowed_providers":["groq"],"enforce_zdr_openai":true"#)
        let exchange = Exchange(
            .chat(
                #"{"model":"openai/gpt-4o","messages":[{"role":"user","content":"Hi"}]}"#,
                key: key,
                fields: [.xOpenRouterMetadata: "enabled"]
            ),
            in: office.world,
            by: office.simulator
        )
        #expect(exchange.status == 404)
        let answer = try exchange.json()
        let error = try #require(answer["error"])
        #expect(
            error["message"]?.string == "No endpoints available matching your guardrail restrictions and data policy. "
                + "Configure: https://openrouter.ai/settings/privacy"
        )
        let metadata = try #require(error["metadata"])
        #expect(metadata["failed_routing_step"]?.string == "Filter by Guardrails")
        #expect(metadata["input_endpoint_count"]?.int == 2)
        #expect(metadata["error_type"]?.string == "not_found")
        let reasons = metadata["ineligibility_reasons"]?.elements.map {
            "\($0["reason"]?.string ?? "") \($0["endpoint_count"]?.int ?? 0)"
        }
        #expect(reasons == ["provider-not-allowed-by-guardrail 2", "zdr-violation-by-guardrail 1"])
        #expect(error["availability"]?["code"]?.string == "privacy_restricted")
        #expect(error["availability"]?["excluded_by"]?.text == #"["allowed_providers","data_policy:zdr"]"#)
        #expect(answer["openrouter_metadata"]?["endpoints"]?["total"]?.int == 2)
        #expect(answer["openrouter_metadata"]?["attempt"]?.int == 0)
    }

    @Test("A model that a guardrail leaves out is passed over for the next one, and by the automatic router")
    func fallback() throws {
        let office = Office()
        let key = try office.guardedKey(#""allowed_models":["openai/gpt-4o-mini"]"#)
        let fallback = office.chat(key: key, model: "openai/gpt-4o", #""models":["openai/gpt-4o-mini"]"#)
        #expect(try fallback.json()["model"]?.string == "openai/gpt-4o-mini")

        let chosen = try #require(try office.chat(model: "openrouter/auto").json()["model"]?.string)
        let ignoring = try office.guardedKey(#""ignored_models":["\#(chosen)"]"#)
        let other = try office.chat(key: ignoring, model: "openrouter/auto").json()["model"]?.string
        #expect(other != nil && other != chosen)
    }

    @Test("The guardrails of workspace, member and key all count")
    func layers() throws {
        let office = Office()
        let model = "anthropic/claude-sonnet-4.5"
        let all = try #require(office.simulator.catalog[model]).endpoints.map(\.provider.slug)
        #expect(Set(all) == ["anthropic", "google-vertex", "amazon-bedrock"])
        let key = try office.createKey()
        let ofMember = try office.createGuardrail(
            #""allowed_providers":["anthropic","amazon-bedrock","google-vertex"]"#
        )
        try office.assign(ofMember, members: [office.account.userID])
        let ofKey = try office.createGuardrail(#""allowed_providers":["anthropic","amazon-bedrock"]"#)
        try office.assign(ofKey, keys: [key.hash])
        #expect(Set(try providers(office, key.token, model)) == ["anthropic", "amazon-bedrock"])
        let ofWorkspace = try office.defaultWorkspace.defaultGuardrailID
        _ = try office.data(.patch, "/guardrails/\(ofWorkspace)", #"{"ignored_providers":["anthropic"]}"#)
        #expect(try providers(office, key.token, model) == ["amazon-bedrock"])
        // The open key was made by the owner, whose guardrail it follows.
        #expect(
            try providers(office, Request.mockKey, model).allSatisfy {
                $0.hasPrefix("google") || $0 == "amazon-bedrock"
            }
        )
        #expect(try providers(office, "sk-or-v1-other", model).count == all.count)
    }

    @Test("A key of another creator does not follow the owner's guardrail")
    func creators() throws {
        let office = Office()
        try office.assign(try office.createGuardrail(#""allowed_providers":["azure"]"#), members: [office.member(1)])
        let own = try office.createKey(#"{"name":"a"}"#).token
        let hers = try office.createKey(#"{"name":"b","creator_user_id":"\#(office.member(1))"}"#).token
        #expect(try providers(office, own, "openai/gpt-4o") == ["openai", "azure"])
        #expect(try providers(office, hers, "openai/gpt-4o") == ["azure"])
    }

    @Test("Guardrails narrow every kind of call")
    func otherOperations() throws {
        let office = Office()
        let key = try office.guardedKey(#""allowed_models":["openai/gpt-4o"]"#)
        let rows = [
            ("/embeddings", #"{"model":"openai/text-embedding-3-small","input":"Hi"}"#),
            (
                "/messages",
                #"{"model":"openai/gpt-4o-mini","max_tokens":9,"messages":[{"role":"user","content":"Hi"}]}"#
            ),
            ("/responses", #"{"model":"openai/gpt-4o-mini","input":"Hi"}"#),
            ("/completions", #"{"model":"openai/gpt-4o-mini","prompt":"Hi"}"#),
        ]
        for (path, body) in rows {
            let exchange = office.call(.post, path, body, key: key)
            #expect(exchange.status == 404)
            #expect(exchange.body.contains("matching your guardrail restrictions"), "\(exchange.body)")
        }
    }

    @Test("The models of a user are those that the key's guardrails leave")
    func userModels() throws {
        let office = Office()
        func models(_ key: String) throws -> [String] {
            let data = try #require(
                try office.call(.get, "/models/user?output_modalities=all", key: key).json()["data"]
            )
            return data.elements.compactMap { $0["id"]?.string }
        }
        let all = try models(Request.mockKey)
        let key = try office.guardedKey(#""allowed_models":["openai/gpt-4o","openai/gpt-4o-mini"]"#)
        let left = try models(key)
        #expect(left.contains("openai/gpt-4o"))
        #expect(left.contains("openai/gpt-4o-mini"))
        #expect(!left.contains("anthropic/claude-sonnet-4.5"))
        #expect(left.contains("openrouter/auto"))
        #expect(left.count < all.count)
        let ignoring = try office.guardedKey(#""ignored_models":["openai/gpt-4o"]"#)
        #expect(Set(all).subtracting(try models(ignoring)).contains("openai/gpt-4o"))
    }
}
