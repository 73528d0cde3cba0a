internal import HTTPTypes
internal import OpenRouterAPI
internal import Tapes
internal import Testing

@testable internal import Simulation

@Suite("Embeddings")
struct EmbeddingsTests {
    private static let small = "openai/text-embedding-3-small"

    private static func request(_ members: String, model: String = small, fields: HTTPFields = [:]) -> Request {
        .make(.post, "/embeddings", body: #"{"model":"\#(model)",\#(members)}"#, fields: fields)
    }

    private static func vectors(_ exchange: Exchange) throws -> [[Double]] {
        try exchange.json()["data"]?.elements.map { $0["embedding"]?.elements.compactMap(\.double) ?? [] } ?? []
    }

    @Test("A text becomes a list with one vector of the model's size")
    func text() throws {
        let world = World.make()
        let exchange = Exchange(Self.request(#""input":"The quick brown fox""#), in: world)
        #expect(exchange.status == 200)
        #expect(exchange.fields[.contentType] == "application/json")
        let body = try exchange.json()
        #expect(body.names == ["object", "data", "model", "provider", "id", "usage"])
        #expect(body["object"]?.string == "list")
        #expect(body["model"]?.string == Self.small)
        #expect(["OpenAI", "Azure"].contains(body["provider"]?.string ?? ""))
        #expect(body["id"]?.string == "embd-" + (exchange.fields[.xGenerationID] ?? "").dropFirst(4))
        #expect(body["data"]?.count == 1)
        #expect(body["data"]?[0]?.names == ["object", "embedding", "index"])
        #expect(try Self.vectors(exchange).map(\.count) == [1536])
        #expect(body["usage"]?.text == #"{"prompt_tokens":4,"total_tokens":4,"cost":8e-8}"#)
        #expect(exchange.body == Exchange(Self.request(#""input":"The quick brown fox""#)).body)
    }

    @Test("The ledger and the generation know the call")
    func booking() throws {
        let world = World.make()
        let exchange = Exchange(Self.request(#""input":["one two","three"],"user":"u-1""#), in: world)
        let id = try #require(exchange.answered.generationID)
        #expect(id.hasPrefix("gen-1790000000-"))
        let generation = try #require(try Exchange(.get("/generation?id=\(id)"), in: world).json()["data"])
        #expect(generation["api_type"]?.string == "embeddings")
        #expect(generation["tokens_prompt"]?.int == 3)
        #expect(generation["native_tokens_completion"]?.int == 0)
        #expect(generation["external_user"]?.string == "u-1")
        #expect(generation["total_cost"]?.double == 6e-8)
        #expect(world.account(forKey: Request.mockKey).ledger.total == USD("0.00000006"))
    }

    @Test("Answers come in the order of the inputs, each as if it were alone")
    func order() throws {
        let texts = ["first", "second", "third", "first"]
        let body = JSON.object(["input": .array(texts.map { .string($0) })]).text
        let batch = try Self.vectors(Exchange(Self.request(String(body.dropFirst().dropLast()))))
        let alone = try texts.flatMap { try Self.vectors(Exchange(Self.request(#""input":"\#($0)""#))) }
        #expect(batch == alone)
        #expect(batch[0] == batch[3])
        #expect(batch[0] != batch[1])
    }

    @Test("Base64 is the same numbers as little-endian floats, and floats are printed as shortly as floats can be")
    func encodings() throws {
        let exchange = Exchange(Self.request(#""input":"Hello","dimensions":16"#))
        let base64 = try Exchange(Self.request(#""input":"Hello","dimensions":16,"encoding_format":"base64""#)).json()
        let bytes = try #require(Base64.decoded(base64["data"]?[0]?["embedding"]?.string ?? ""))
        let floats = stride(from: 0, to: bytes.count, by: 4).map { start in
            Float(bitPattern: (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[start + $1]) << UInt32(8 * $1) })
        }
        #expect(floats.count == 16)
        let numbers = try #require(try exchange.json()["data"]?[0]?["embedding"]?.elements.compactMap(\.numberText))
        #expect(numbers == floats.map(\.description))
        #expect(numbers.allSatisfy { $0.utf8.count <= 16 })
        let same = Exchange(Self.request(#""input":"Hello","dimensions":16,"encoding_format":"float""#))
        #expect(try Self.vectors(same) == Self.vectors(exchange))
    }

    @Test("Fewer dimensions are the first ones, of length 1 again")
    func dimensions() throws {
        let whole = try Self.vectors(Exchange(Self.request(#""input":"Hello world""#)))[0]
        let part = try Self.vectors(Exchange(Self.request(#""input":"Hello world","dimensions":256"#)))[0]
        #expect(part.count == 256)
        let length = whole[..<256].reduce(0) { $0 + $1 * $1 }.squareRoot()
        for (left, right) in zip(whole[..<256], part) { #expect(abs(left / length - right) < 1e-6) }
    }

    @Test(
        "Every form of input is read",
        arguments: [
            (#""input":[1,2,3]"#, 1, 3), (#""input":[[1,2],[3]]"#, 2, 3),
            (#""input":["a","b"],"input_type":"search_query""#, 2, 2),
            (
                #""input":[{"content":[{"type":"text","text":"one"},{"type":"text","text":"two"}]},{"content":[{"type":"text","text":"three"}]}]"#,
                2, 3
            ),
        ]
    )
    func forms(members: String, count: Int, tokens: Int) throws {
        let exchange = Exchange(Self.request(members))
        let body = try exchange.json()
        #expect(body["data"]?.elements.map { $0["index"]?.int } == Array(0..<count))
        #expect(body["usage"]?["prompt_tokens"]?.int == tokens)
        #expect(body["usage"]?["prompt_tokens_details"] == nil)
    }

    @Test("Pictures, sound, video and files count by themselves, where the model reads them")
    func media() throws {
        let row =
            #"[{"id":"acme/all","name":"All","created":1,"context_length":0,"input_modalities":["text","image","audio","video","file"],"output_modalities":["embeddings"],"pricing":{"prompt":"0.000001","completion":"0"},"endpoints":[{"provider":"Acme"}]}]"#
        let catalog = Catalog(
            models: try JSONDocument(parsing: row.utf8).root,
            providers: try JSONDocument(parsing: #"[{"name":"Acme","slug":"acme"}]"#.utf8).root
        )
        let parts = [
            #"{"type":"text","text":"one"}"#, #"{"type":"image_url","image_url":{"url":"https://example.com/a.png"}}"#,
            #"{"type":"input_audio","input_audio":{"data":"data:audio/wav;base64,UklGRg==","format":"wav"}}"#,
            #"{"type":"input_video","input_video":{"data":"data:video/mp4;base64,AAAA","format":"mp4"}}"#,
            #"{"type":"input_file","input_file":{"data":"data:application/pdf;base64,AAAA","format":"pdf"}}"#,
        ]
        let simulator = Simulator(catalog: catalog)
        let members = #""input":[{"content":[\#(parts.joined(separator: ","))]}]"#
        let body = try Exchange(Self.request(members, model: "acme/all"), by: simulator).json()
        #expect(body["data"]?[0]?["embedding"]?.count == 1024)
        let details = try #require(body["usage"]?["prompt_tokens_details"])
        #expect(details.names == ["text_tokens", "image_tokens", "audio_tokens", "video_tokens"])
        #expect(details["image_tokens"]?.int == 765)
        let sum = details.members.compactMap { $0.value.int }.reduce(0, +)
        #expect(sum == body["usage"]?["prompt_tokens"]?.int)

        let vectors = try parts.map { part in
            try Self.vectors(
                Exchange(Self.request(#""input":[{"content":[\#(part)]}]"#, model: "acme/all"), by: simulator)
            )[0]
        }
        #expect(Set(vectors).count == parts.count)
        let refused = Exchange(Self.request(#""input":[{"content":[\#(parts[1])]}]"#))
        #expect(refused.status == 404)
    }

    @Test(
        "Wrong bodies are refused with the field's name",
        arguments: [
            (#""x":1"#, "input: expected \(all), received nothing"),
            (#""input":null"#, "input: expected \(all), received null"),
            (#""input":7"#, "input: expected \(all), received 7"),
            (#""input":{}"#, "input: expected \(all), received an object"),
            (#""input":"""#, "input: expected a text, received an empty string"),
            (#""input":[]"#, "input: expected at least one element, received an empty array"),
            (#""input":["a",""]"#, "input[1]: expected a text, received an empty string"),
            (#""input":["a",1]"#, "input[1]: expected a string like the elements before it, received 1"),
            (#""input":[1,"a"]"#, #"input[1]: expected a token id, received "a""#),
            (#""input":[-1]"#, "input[0]: expected a token id, received -1"),
            (#""input":[1.5]"#, "input[0]: expected a token id, received 1.5"),
            (#""input":[[1],[]]"#, "input[1]: expected at least one token id, received an empty array"),
            (#""input":[[1],2]"#, "input[1]: expected an array of token ids, received 2"),
            (#""input":[[1],["a"]]"#, #"input[1][0]: expected a token id, received "a""#),
            (#""input":[{}]"#, "input[0].content: expected an array of parts, received nothing"),
            (#""input":[{"content":[]}]"#, "input[0].content: expected at least one part, received an empty array"),
            (#""input":[{"content":["a"]}]"#, #"input[0].content[0]: expected an object, received "a""#),
            (
                #""input":[{"content":[{"type":"file"}]}]"#,
                #"input[0].content[0].type: expected one of text, image_url, input_audio, input_video, input_file, received "file""#
            ),
            (
                #""input":[{"content":[{"type":"text","text":""}]}]"#,
                #"input[0].content[0].text: expected a text, received """#
            ),
            (
                #""input":[{"content":[{"type":"image_url"}]}]"#,
                "input[0].content[0].image_url: expected an object with url, received nothing"
            ),
            (
                #""input":[{"content":[{"type":"input_audio","input_audio":{}}]}]"#,
                "input[0].content[0].input_audio.data: expected base64 or a data URL, received nothing"
            ),
            (
                #""input":[{"content":[{"type":"text","text":"a"}]},"b"]"#,
                #"input[1]: expected an object, received "b""#
            ),
            (#""input":"a","dimensions":0"#, "dimensions: expected an integer of at least 1, received 0"),
            (
                #""input":"a","dimensions":1537"#,
                "dimensions: expected an integer from 1 to 1536, the model's own number, received 1537"
            ),
            (
                #""input":"a","encoding_format":"hex""#,
                #"encoding_format: expected one of float, base64, received "hex""#
            ),
            (#""input":"a","input_type":1"#, "input_type: expected a string, received 1"),
            (#""input":"a","user":1"#, "user: expected a string, received 1"),
            (#""input":"a","provider":{"order":1}"#, "provider.order: expected an array of strings, received 1"),
        ]
    )
    func badRequests(members: String, message: String) throws {
        let world = World.make()
        let exchange = Exchange(Self.request(members), in: world)
        #expect(exchange.status == 400)
        #expect(try exchange.json()["error"]?["message"]?.string == "Invalid request parameters: \(message)")
        #expect(world.account(forKey: Request.mockKey).ledger.total == .zero)
    }

    private static let all =
        "a string, an array of strings, of token ids, of arrays of token ids, or of objects with content"

    @Test("A model is needed, and has to embed")
    func models() throws {
        let missing = Exchange(.make(.post, "/embeddings", body: #"{"input":"a"}"#))
        #expect(missing.status == 400)
        #expect(missing.body.contains("model: expected a model ID such as openai/text-embedding-3-small"))
        for model in ["openai/gpt-4o", "cohere/rerank-v3.5"] {
            let exchange = Exchange(Self.request(#""input":"a""#, model: model))
            #expect(exchange.status == 400)
            #expect(try exchange.json()["error"]?["availability"]?["code"]?.string == "wrong_endpoint")
        }
        #expect(Exchange(Self.request(#""input":"a""#, model: "acme/none")).status == 400)
    }

    @Test("An input longer than the model's window is refused")
    func window() throws {
        let long = String(repeating: "word ", count: 8200)
        let exchange = Exchange(Self.request(#""input":["a","\#(long)"]"#))
        #expect(exchange.status == 400)
        let error = try #require(try exchange.json()["error"])
        #expect(error["message"]?.string?.contains("input 1 has about 8201 tokens") == true)
        #expect(error["metadata"]?["error_type"]?.string == "context_length_exceeded")
        let many = Array(repeating: #""\#(long.prefix(2000))""#, count: 30).joined(separator: ",")
        #expect(Exchange(Self.request(#""input":[\#(many)],"dimensions":8"#)).status == 200)
    }

    @Test("A batch of 2048 is answered quickly, and as large as it is")
    func batch() throws {
        let texts = (0..<2048).map { #""text number \#($0)""# }.joined(separator: ",")
        let clock = ContinuousClock()
        var exchange: Exchange?
        let time = clock.measure {
            exchange = Exchange(Self.request(#""input":[\#(texts)],"dimensions":64,"encoding_format":"base64""#))
        }
        #expect(try exchange?.json()["data"]?.count == 2048)
        // Release takes a hundredth of it; a square law would take minutes.
        #expect(time < .seconds(60))
    }

    @Test("The cache gives the same vectors at no cost")
    func cache() throws {
        let world = World.make()
        let request = Self.request(#""input":"Hello""#, fields: [.xOpenRouterCache: "true"])
        let first = Exchange(request, in: world)
        let second = Exchange(request, in: world)
        #expect(first.fields[.xOpenRouterCacheStatus] == "MISS")
        #expect(second.fields[.xOpenRouterCacheStatus] == "HIT")
        #expect(try Self.vectors(first) == Self.vectors(second))
        #expect(try second.json()["usage"]?.text == #"{"prompt_tokens":0,"total_tokens":0,"cost":0}"#)
        #expect(try second.json()["id"]?.string != first.json()["id"]?.string)
        #expect(world.account(forKey: Request.mockKey).ledger.total == USD("0.00000002"))
    }

    @Test("A provider that fails is followed by the next one, and the last failure is told")
    func fallback() throws {
        let world = World.make()
        let exchange = Exchange(Self.request(#""input":"Hello""#), in: world, attempts: FailingProviders(count: 1))
        #expect(exchange.status == 200)
        let id = try #require(exchange.answered.generationID)
        let attempts = try Exchange(.get("/generation?id=\(id)"), in: world).json()["data"]?["provider_responses"]
        #expect(attempts?.elements.map { $0["status"]?.int } == [503, 200])

        let failed = Exchange(Self.request(#""input":"Hello""#), in: world, attempts: FailingProviders())
        #expect(failed.status == 503)
        #expect(try failed.json()["error"]?["metadata"]?["previous_errors"]?.count == 1)

        let only = Self.request(#""input":"Hello","provider":{"order":["azure"],"allow_fallbacks":false}"#)
        #expect(try Exchange(only).json()["provider"]?.string == "Azure")
    }
}
