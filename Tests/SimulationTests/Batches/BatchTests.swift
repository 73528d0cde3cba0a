internal import HTTPTypes
internal import OpenRouterAPI
internal import Tapes
internal import Testing

@testable internal import Simulation

@Suite("Batches")
struct BatchTests {
    private static let two = BatchCall.body([BatchCall.chat("Name a river"), BatchCall.chat("Name a lake")])

    // MARK: - States

    @Test("A batch is validated, answered and finalized in its time")
    func lifeCycle() throws {
        let time = MovingTime()
        let world = time.world
        let accepted = Exchange(BatchCall.request(Self.two), in: world)
        #expect(accepted.status == 202)
        let id = try #require(try accepted.json()["id"]?.string)
        #expect(id.wholeMatch(of: /batch_[0-9a-f]{32}/) != nil)
        #expect(
            accepted.body
                == #"{"id":"\#(id)","object":"batch","endpoint":"/v1/chat/completions","model":"openai/gpt-4o-mini","#
                + #""completion_window":"24h","status":"validating","created_at":1790000000,"finalized_at":null,"#
                + #""request_counts":{"total":2,"completed":0,"failed":0},"usage":null,"results":null,"error":null}"#
        )
        time.pass(milliseconds: 1999)
        #expect(BatchCall.poll(id, in: world).body == accepted.body)
        var seen: [String] = []
        for step: Int64 in [1, 1500, 1500, 999, 1] {
            time.pass(milliseconds: step)
            let batch = try BatchCall.poll(id, in: world).json()
            seen.append("\(batch["status"]?.string ?? "") \(batch["request_counts"]?["completed"]?.int ?? -1)")
            #expect((batch["results"]?.isNull == true) == (batch["status"]?.string != "completed"))
        }
        #expect(seen == ["in_progress 0", "in_progress 1", "finalizing 2", "finalizing 2", "completed 2"])
        time.pass(milliseconds: 60_000)
        let batch = try BatchCall.poll(id, in: world).json()
        #expect(batch["finalized_at"]?.int == 1_790_000_006)
        #expect(batch["results"]?.count == 2)
        #expect(batch["error"]?.isNull == true)
    }

    @Test("Where the clock stands still, each poll moves a batch on")
    func polls() throws {
        let world = World.make()
        let id = try BatchCall.submit(Self.two, in: world)
        let seen = try (0..<5).map { _ in
            let batch = try BatchCall.poll(id, in: world).json()
            return "\(batch["status"]?.string ?? "") \(batch["request_counts"]?["completed"]?.int ?? -1)"
        }
        #expect(seen == ["validating 0", "in_progress 1", "finalizing 2", "completed 2", "completed 2"])
    }

    @Test("Long batches take longer")
    func longBatch() throws {
        let time = MovingTime()
        let world = time.world
        let id = try BatchCall.submit(BatchCall.body((0..<200).map { BatchCall.chat("Name river \($0)") }), in: world)
        time.pass(milliseconds: 4000)
        let half = try BatchCall.poll(id, in: world).json()
        #expect(half["status"]?.string == "in_progress")
        #expect(half["request_counts"]?["completed"]?.int == 100)
        time.pass(milliseconds: 2999)
        #expect(try BatchCall.poll(id, in: world).json()["status"]?.string == "finalizing")
        time.pass(milliseconds: 1)
        #expect(try BatchCall.poll(id, in: world).json()["status"]?.string == "completed")
    }

    // MARK: - Results

    @Test("Results stand in the order of the lines, each with exactly one of response and error")
    func order() throws {
        let lines = [BatchCall.chat("Name a river"), #"{"messages":[]}"#, BatchCall.chat("Name a lake")]
        let batch = try BatchCall.finished(BatchCall.body(lines), in: .make())
        let results = try #require(batch["results"]).elements.map { $0 }
        #expect(results.map { $0["custom_id"]?.string } == ["line-0", "line-1", "line-2"])
        #expect(results.allSatisfy { $0.names == ["id", "custom_id", "response", "error"] })
        #expect(results.map { $0["response"]?.isNull } == [false, true, false])
        #expect(results.map { $0["error"]?.isNull } == [true, false, true])
        let ids = results.compactMap { $0["id"]?.string }
        #expect(ids.allSatisfy { $0.wholeMatch(of: /batch_req_[0-9a-f]{32}/) != nil })
        #expect(Set(ids).count == 3)
        #expect(
            results[1]["error"]?.text
                == #"{"message":"Invalid request parameters: messages: expected at least one message, received an array","#
                + #""type":"invalid_request","param":"messages"}"#
        )
        #expect(batch["request_counts"]?.text == #"{"total":3,"completed":2,"failed":1}"#)
        let response = try #require(results[2]["response"])
        #expect(response.names == ["status_code", "request_id", "body"])
        #expect(response["status_code"]?.int == 200)
        let bodyID = try #require(response["body"]?["id"]?.string)
        #expect(bodyID.wholeMatch(of: /gen-batch-1790000000-[0-9a-f]{20}/) != nil)
        #expect(response["request_id"]?.string == "req" + bodyID.dropFirst(3))
    }

    /// An endpoint, a model, and a body for it without the model.
    static let endpoints: [(endpoint: String, model: String, body: String)] = [
        ("/v1/chat/completions", "openai/gpt-4o-mini", #"{"messages":[{"role":"user","content":"Name a river"}]}"#),
        ("/v1/responses", "openai/gpt-4o-mini", #"{"input":"Name a river"}"#),
        (
            "/v1/messages", "anthropic/claude-sonnet-4.5",
            #"{"max_tokens":50,"messages":[{"role":"user","content":"Name a river"}]}"#
        ),
        ("/v1/embeddings", "openai/text-embedding-3-small", #"{"input":["Name a river","Name a lake"]}"#),
    ]

    @Test("Each line is answered as its endpoint answers it, at exactly half the price", arguments: endpoints)
    func endpoint(path: String, model: String, body: String) throws {
        let direct = World.make()
        let whole = String(body.dropLast()) + #","model":"\#(model)"}"#
        let answer = Exchange(.make(.post, String(path.dropFirst(3)), body: whole), in: direct)
        let directID = try #require(answer.answered.generationID)
        let directCost = try #require(direct.generation(id: directID, key: Request.mockKey)).cost
        #expect(directCost > .zero)

        let world = World.make()
        let batch = try BatchCall.finished(BatchCall.body([body], endpoint: path, model: model), in: world)
        let response = try #require(batch["results"]?[0]?["response"]?["body"])
        let id = try #require(response["id"]?.string)
        let record = try #require(world.generation(id: id, key: Request.mockKey))
        #expect(record.cost + record.cost == directCost)
        #expect(response["usage"]?["cost"]?.text == record.cost.json.text)
        #expect(batch["usage"]?["cost"]?.text == record.cost.json.text)
        #expect(record.userAgent == nil && !record.isStreamed)
        // All but ids and prices is the same.
        let said = ["choices", "output", "content", "data"]
        let expected = try answer.json()
        for name in said { #expect(response[name].map(Self.withoutIDs) == expected[name].map(Self.withoutIDs)) }
        #expect(said.contains { response[$0] != nil })
        #expect(response.names == expected.names)
    }

    /// Ids of output items differ from call to call.
    private static func withoutIDs(_ value: JSONValue) -> String {
        value.text.replacing(/"id":"[^"]*"/, with: "")
    }

    @Test("A row of the batch API is at half price already; where there is none, its base is halved")
    func batchRows() throws {
        let simulator = Simulator(
            catalog: try RoutingFixture.catalog(
                #"""
                [{"id":"acme/a","pricing":{"prompt":"0.000003","completion":"0.000005"},"endpoints":[{"provider":"Acme"}]},
                {"id":"acme/a:batch","canonical_slug":"acme/a","pricing":{"prompt":"0.000001","completion":"0.000002"},
                "endpoints":[{"provider":"Acme"}]},
                {"id":"acme/b","pricing":{"prompt":"0.000002","completion":"0.000004"},"endpoints":[{"provider":"Acme"}]}]
                """#
            )
        )
        for model in ["acme/a:batch", "acme/b:batch", "acme/b"] {
            let body = BatchCall.body([BatchCall.chat("Name a river")], model: model)
            let batch = try BatchCall.finished(body, in: .make(), by: simulator)
            #expect(batch["model"]?.string == model)
            let usage = try #require(batch["usage"])
            let prompt = try #require(usage["prompt_tokens"]?.int)
            let completion = try #require(usage["completion_tokens"]?.int)
            let cost = USD(picodollars: 1_000_000) * prompt + USD(picodollars: 2_000_000) * completion
            #expect(usage["cost"]?.text == cost.json.text, "\(model)")
        }
    }

    @Test("A line that no provider serves is an error; the batch completes")
    func failingProviders() throws {
        let world = World.make()
        let attempts = ScriptedAttempts.failing(ProviderFailure(.providerOverloaded))
        let batch = try BatchCall.finished(Self.two, in: world, attempts: attempts)
        #expect(batch["status"]?.string == "completed")
        #expect(batch["request_counts"]?.text == #"{"total":2,"completed":0,"failed":2}"#)
        #expect(batch["results"]?[0]?["error"]?["type"]?.string == "provider_overloaded")
        #expect(
            batch["usage"]?.text
                == #"{"prompt_tokens":0,"completion_tokens":0,"total_tokens":0,"cost":0,"is_byok":false}"#
        )
        #expect(world.account(forKey: Request.mockKey).ledger.total == .zero)
    }

    // MARK: - Accounts

    @Test("A batch is booked when it has ended, once, and its sums agree with ledger and generations")
    func booking() throws {
        let time = MovingTime()
        let world = time.world
        let id = try BatchCall.submit(Self.two, in: world, fields: [.userAgent: "batcher/1"])
        time.pass(milliseconds: 5999)
        _ = BatchCall.poll(id, in: world)
        #expect(world.account(forKey: Request.mockKey).ledger.total == .zero)
        time.pass(milliseconds: 1)
        #expect(world.takeCallbacks().isEmpty)
        let total = world.account(forKey: Request.mockKey).ledger.total
        #expect(total > .zero, "booked without a poll")
        let batch = try BatchCall.poll(id, in: world).json()
        #expect(world.account(forKey: Request.mockKey).ledger.total == total)
        #expect(batch["usage"]?["cost"]?.text == total.json.text)
        let ids = try #require(batch["results"]).elements.compactMap { $0["response"]?["body"]?["id"]?.string }
        var sums = (cost: USD.zero, prompt: 0, completion: 0)
        for id in ids {
            let record = try #require(world.generation(id: id, key: Request.mockKey))
            sums = (
                sums.cost + record.cost, sums.prompt + record.usage.prompt, sums.completion + record.usage.completion
            )
            let data = try #require(try Exchange(.get("/generation?id=\(id)"), in: world).json()["data"])
            #expect(data["total_cost"]?.text == record.cost.json.text)
            #expect(data["user_agent"]?.string == "batcher/1")
            #expect(data["streamed"]?.bool == false)
        }
        #expect(ids.count == 2)
        #expect(sums.cost == total)
        #expect(batch["usage"]?["prompt_tokens"]?.int == sums.prompt)
        #expect(batch["usage"]?["completion_tokens"]?.int == sums.completion)
        #expect(batch["usage"]?["total_tokens"]?.int == sums.prompt + sums.completion)
    }

    @Test("Equal lines get different ids, and the same seed the same batch")
    func determinism() throws {
        let line = BatchCall.chat("Name a river")
        let first = try BatchCall.finished(BatchCall.body([line, line]), in: .make())
        let second = try BatchCall.finished(BatchCall.body([line, line]), in: .make())
        #expect(first.text == second.text)
        let ids = try #require(first["results"]).elements.compactMap { $0["response"]?["body"]?["id"]?.string }
        #expect(Set(ids).count == 2)
    }

    @Test("The response cache and streams are none of a batch's, whatever its header says")
    func header() throws {
        let world = World.make()
        var fields = HTTPFields()
        fields[.xOpenRouterCache] = "true"
        let line = BatchCall.chat("Name a river", #""stream":false"#)
        let batch = try BatchCall.finished(BatchCall.body([line, line]), in: world, fields: fields)
        let ids = try #require(batch["results"]).elements.compactMap { $0["response"]?["body"]?["id"]?.string }
        #expect(Set(ids).count == 2)
        for id in ids { #expect(try #require(world.generation(id: id, key: Request.mockKey)).cost > .zero) }
    }

    // MARK: - Who and where

    @Test("Another key's batch, an unknown one and what is not documented are not found")
    func unknown() throws {
        let world = World.make()
        let id = try BatchCall.submit(Self.two, in: world)
        #expect(BatchCall.poll(id, in: world, key: "sk-or-v1-other").status == 404)
        let unknown = BatchCall.poll("batch_none", in: world)
        #expect(unknown.status == 404)
        #expect(try unknown.json()["error"]?["message"]?.string == "Batch batch_none not found")
        #expect(BatchCall.poll(id + "/cancel", in: world).status == 404)
        #expect(BatchCall.poll(id, in: world).status == 200)
    }

    @Test("Below v1 there are no batches", arguments: ["/beta/batches", "/batches", "/api/beta/batches"])
    func belowV1(path: String) {
        #expect(Exchange(.make(.post, path, body: Self.two)).status == 404)
    }

    @Test("A key and credits are needed")
    func access() {
        var request = BatchCall.request(Self.two)
        request.fields[.authorization] = nil
        #expect(Exchange(request).status == 401)
        let world = World.make()
        world.book(key: Request.mockKey, cost: Account.openCredits)
        #expect(Exchange(BatchCall.request(Self.two), in: world).status == 402)
    }

    @Test("The oldest batches are dropped beyond a bound")
    func bound() throws {
        let world = World.make()
        let first = try BatchCall.submit(Self.two, in: world)
        let second = try BatchCall.submit(Self.two, in: world)
        let failing = BatchCall.body([#"{"messages":[{"role":"user","content":[{"type":"file"}]}]}"#])
        for _ in 0..<(BatchJobs.limit - 1) { _ = Exchange(BatchCall.request(failing), in: world) }
        #expect(BatchCall.poll(first, in: world).status == 404)
        #expect(BatchCall.poll(second, in: world).status == 200)
    }
}
