internal import HTTPTypes
internal import OpenRouterAPI
internal import Tapes
internal import Testing

@testable internal import Simulation

@Suite("Rerank")
struct RerankTests {
    private static func request(_ members: String, model: String = "cohere/rerank-v3.5") -> Request {
        .make(.post, "/rerank", body: #"{"model":"\#(model)",\#(members)}"#)
    }

    private static let documents =
        #""documents":["Berlin is the capital of Germany.","Bread needs an hour.","Paris is the capital of France."]"#

    private static func results(_ exchange: Exchange) throws -> [JSONValue] {
        Array(try #require(exchange.json()["results"]).elements)
    }

    @Test("Documents come by relevance, with what was sent")
    func ranking() throws {
        let exchange = Exchange(Self.request(#""query":"What is the capital of France?",\#(Self.documents)"#))
        #expect(exchange.status == 200)
        let body = try exchange.json()
        #expect(body.names == ["id", "model", "provider", "results", "usage"])
        #expect(body["id"]?.string == exchange.fields[.xGenerationID])
        #expect(body["id"]?.string?.hasPrefix("gen-rerank-1790000000-") == true)
        #expect(body["model"]?.string == "cohere/rerank-v3.5")
        #expect(body["provider"]?.string == "Cohere")
        let results = try Self.results(exchange)
        #expect(results.map { $0["index"]?.int } == [2, 0, 1])
        #expect(results[0].names == ["index", "relevance_score", "document"])
        #expect(results[0]["document"]?.text == #"{"text":"Paris is the capital of France."}"#)
        let scores = results.compactMap { $0["relevance_score"]?.double }
        #expect(scores == scores.sorted(by: >))
        #expect(scores.allSatisfy { $0 > 0 && $0 < 1 })
        #expect(scores[0] > 0.5)
        #expect(scores[2] < 0.05)
    }

    @Test("The same text as the query has the highest score, and equal ones come in the order sent")
    func ties() throws {
        let results = try Self.results(
            Exchange(Self.request(#""query":"red fox","documents":["a b","red fox","x y","red fox","Red fox!"]"#))
        )
        #expect(results.map { $0["index"]?.int }.prefix(3) == [1, 3, 4])
        #expect(results[0]["relevance_score"]?.double == results[1]["relevance_score"]?.double)
        #expect(results[0]["relevance_score"]?.double ?? 0 > 0.99)
        #expect(results[4]["relevance_score"]?.double ?? 0 > 0)
    }

    @Test("top_n keeps the best", arguments: [(1, 1), (2, 2), (9, 3)])
    func limit(limit: Int, count: Int) throws {
        let exchange = Exchange(Self.request(#""query":"capital of France","top_n":\#(limit),\#(Self.documents)"#))
        #expect(try Self.results(exchange).count == count)
        #expect(try Self.results(exchange)[0]["index"]?.int == 2)
    }

    @Test(
        "Objects are documents too, and come back as they were",
        arguments: [
            #"{"text":"red fox"}"#, #"{"text":"red fox","image":"https://example.com/fox.png"}"#,
        ]
    )
    func objects(document: String) throws {
        let row =
            #"[{"id":"acme/rank","name":"Rank","created":1,"context_length":0,"input_modalities":["text","image"],"output_modalities":["rerank"],"pricing":{"prompt":"0","completion":"0","request":"0.001"},"endpoints":[{"provider":"Acme"}]}]"#
        let catalog = Catalog(
            models: try JSONDocument(parsing: row.utf8).root,
            providers: try JSONDocument(parsing: "[]".utf8).root
        )
        let request = Self.request(#""query":"red fox","documents":["blue whale",\#(document)]"#, model: "acme/rank")
        let results = try Self.results(Exchange(request, by: Simulator(catalog: catalog)))
        #expect(results[0]["index"]?.int == 1)
        #expect(results[0]["document"]?.text == document)
        let picture = Self.request(
            #""query":"fox","documents":[{"image":"https://example.com/fox.png"}]"#,
            model: "acme/rank"
        )
        let shown = try Self.results(Exchange(picture, by: Simulator(catalog: catalog)))
        #expect(shown[0]["document"]?.text == #"{"image":"https://example.com/fox.png"}"#)
    }

    @Test(
        "A search unit is a hundred documents begun, and is what costs",
        arguments: [(1, 1), (100, 1), (101, 2), (250, 3)]
    )
    func units(count: Int, units: Int) throws {
        let world = World.make()
        let documents = Array(repeating: #""a""#, count: count).joined(separator: ",")
        let exchange = Exchange(Self.request(#""query":"b","documents":[\#(documents)]"#), in: world)
        let usage = try #require(try exchange.json()["usage"])
        #expect(usage.names == ["search_units", "total_tokens", "cost"])
        #expect(usage["search_units"]?.int == units)
        #expect(usage["total_tokens"]?.int == count + 1)
        let cost = USD("0.002").map { $0 * units }
        #expect(usage["cost"]?.double == cost?.dollars)
        #expect(world.account(forKey: Request.mockKey).ledger.total == cost)
        let id = try #require(exchange.answered.generationID)
        let generation = try #require(try Exchange(.get("/generation?id=\(id)"), in: world).json()["data"])
        #expect(generation["api_type"]?.string == "rerank")
        #expect(generation["tokens_prompt"]?.int == count + 1)
        #expect(generation["total_cost"]?.double == cost?.dollars)
    }

    @Test(
        "Wrong bodies are refused with the field's name",
        arguments: [
            (#""documents":["a"]"#, "query: expected a text, received nothing"),
            (#""query":"","documents":["a"]"#, #"query: expected a text, received """#),
            (#""query":1,"documents":["a"]"#, "query: expected a string, received 1"),
            (
                #""query":"a""#,
                "documents: expected an array of strings or objects with text or image, received nothing"
            ),
            (#""query":"a","documents":"b""#, #"documents: expected an array, received "b""#),
            (#""query":"a","documents":[]"#, "documents: expected at least one document, received an empty array"),
            (
                #""query":"a","documents":["b",1]"#,
                "documents[1]: expected a string or an object with text or image, received 1"
            ),
            (#""query":"a","documents":[{}]"#, "documents[0]: expected text or image, received an object without them"),
            (#""query":"a","documents":[{"text":1}]"#, "documents[0].text: expected a string, received 1"),
            (#""query":"a","documents":["b"],"top_n":0"#, "top_n: expected an integer of at least 1, received 0"),
            (#""query":"a","documents":["b"],"provider":1"#, "provider: expected an object, received 1"),
        ]
    )
    func badRequests(members: String, message: String) throws {
        let exchange = Exchange(Self.request(members))
        #expect(exchange.status == 400)
        #expect(try exchange.json()["error"]?["message"]?.string == "Invalid request parameters: \(message)")
    }

    @Test("A model is needed, and has to rank; the last provider's failure is told")
    func failures() throws {
        let body = #""query":"a","documents":["b"]"#
        #expect(
            Exchange(.make(.post, "/rerank", body: "{\(body)}")).body.contains(
                "model: expected a model ID such as cohere/rerank-v3.5"
            )
        )
        let chat = Exchange(Self.request(body, model: "openai/gpt-4o"))
        #expect(try chat.json()["error"]?["availability"]?["code"]?.string == "wrong_endpoint")
        #expect(Exchange(Self.request(body), attempts: FailingProviders()).status == 503)
    }
}
