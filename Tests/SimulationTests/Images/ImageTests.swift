internal import HTTPTypes
internal import OpenRouterAPI
internal import Tapes
internal import Testing

@testable internal import Simulation

@Suite("Images")
struct ImageTests {
    static let seedream = "bytedance-seed/seedream-4.5"

    static func request(_ members: String = "", model: String = seedream) -> Request {
        .image(#"{"model":"\#(model)","prompt":"A red panda"\#(members.isEmpty ? "" : ",")\#(members)}"#)
    }

    @Test("An answer has the bytes of each image, and what they cost")
    func answer() throws {
        let world = World.make()
        let exchange = Exchange(Self.request(#""n":3"#), in: world)
        #expect(exchange.status == 200)
        #expect(exchange.fields[.contentType] == "application/json")
        #expect(exchange.fields[.xProviderName] == "Seed")
        let json = try exchange.json()
        #expect(json.names == ["created", "data", "usage"])
        #expect(json["created"]?.int == 1_790_000_000)
        let images = try #require(json["data"]).elements.map { $0 }
        #expect(images.count == 3)
        #expect(Set(images.compactMap { $0["b64_json"]?.string }).count == 3)
        for image in images {
            #expect(image["media_type"]?.string == "image/png")
            let bytes = try #require(image["b64_json"]?.string.flatMap { Base64.decoded($0) })
            let size = try #require(ImageDimensions(of: bytes))
            #expect((size.width, size.height) == (1024, 1024))
        }
        let usage = try #require(json["usage"])
        #expect(usage.names == ["prompt_tokens", "completion_tokens", "total_tokens", "cost"])
        #expect(usage["cost"]?.double == 0.12)
        let id = try #require(exchange.answered.generationID)
        #expect(id.hasPrefix("gen-img-1790000000-"))
        #expect(exchange.fields[.xGenerationID] == id)
        let generation = try #require(try Exchange(.get("/generation?id=\(id)"), in: world).json()["data"])
        #expect(generation["api_type"]?.string == "image")
        #expect(generation["total_cost"]?.double == 0.12)
        #expect(generation["num_media_completion"]?.int == 3)
        #expect(generation["native_tokens_completion"]?.int == usage["completion_tokens"]?.int)
        #expect(generation["streamed"]?.bool == false)
        #expect(world.account(forKey: Request.mockKey).ledger.total == USD("0.12"))
    }

    @Test("The same seed and request give the same bytes, another seed others")
    func determinism() {
        let bytes = { (seed: UInt64) in Exchange(Self.request(), in: .make(seed: seed)).body }
        #expect(bytes(1) == bytes(1))
        #expect(bytes(1) != bytes(2))
    }

    @Test(
        "An image has the size that was asked for",
        arguments: [
            ("", 1024, 1024), (#""resolution":"512""#, 512, 512),
            (#""resolution":"2K","aspect_ratio":"16:9""#, 2048, 1152),
            (#""size":"2k","aspect_ratio":"1:8""#, 256, 2048), (#""size":"4K""#, 4096, 4096),
            (#""size":"640x480""#, 640, 480), (#""aspect_ratio":"9:19.5""#, 473, 1024),
            (#""size":"auto","aspect_ratio":"auto""#, 1024, 1024),
            (#""size":"1536x1024","resolution":"1K","aspect_ratio":"3:2""#, 1536, 1024),
            (#""size":"3840x2160","resolution":"4K","aspect_ratio":"16:9""#, 3840, 2160),
            (#""size":"1344x768","aspect_ratio":"16:9""#, 1344, 768),
        ]
    )
    func sizes(members: String, width: Int, height: Int) throws {
        let image = try #require(try Exchange(Self.request(members)).json()["data"]?[0])
        let bytes = try #require(image["b64_json"]?.string.flatMap { Base64.decoded($0) })
        let size = try #require(ImageDimensions(of: bytes))
        #expect((size.width, size.height) == (width, height))
    }

    @Test("An image has the format that was asked for", arguments: ImageFormat.allCases)
    func formats(format: ImageFormat) throws {
        let image = try #require(
            try Exchange(Self.request(#""output_format":"\#(format)","output_compression":0"#)).json()["data"]?[0]
        )
        #expect(image["media_type"]?.string == format.mediaType)
        let bytes = try #require(image["b64_json"]?.string.flatMap { Base64.decoded($0) })
        let signature: [UInt8] =
            switch format {
            case .png: [0x89] + Array("PNG".utf8)
            case .jpeg: [0xFF, 0xD8, 0xFF]
            case .webp: Array("RIFF".utf8)
            case .svg: Array("<svg".utf8)
            }
        #expect(bytes.starts(with: signature))
    }

    @Test("A transparent background is one in the pixels")
    func background() throws {
        let image = try #require(
            try Exchange(Self.request(#""background":"transparent","size":"64x64""#)).json()["data"]?[0]
        )
        let picture = try #require(image["b64_json"]?.string.flatMap { Base64.decoded($0) }.flatMap(PNGPicture.init))
        #expect(picture.pixels.first == .clear)
        let opaque = try #require(try Exchange(Self.request(#""size":"64x64""#)).json()["data"]?[0])
        let pixels = try #require(opaque["b64_json"]?.string.flatMap { Base64.decoded($0) }.flatMap(PNGPicture.init))
        #expect(!pixels.pixels.contains(.clear))
    }

    @Test("References count as prompt, and need a model that sees")
    func references() throws {
        let url =
            "data:image/png;base64," + Base64.encoded(SyntheticImage(width: 64, height: 64, seed: 1).encoded(as: .png))
        let plain = try Exchange(Self.request()).json()["usage"]?["prompt_tokens"]?.int ?? 0
        let members = #""input_references":[{"type":"image_url","image_url":{"url":"\#(url)"}}]"#
        let seen = try Exchange(Self.request(members)).json()["usage"]?["prompt_tokens"]?.int ?? 0
        #expect(plain > 0)
        #expect(seen > plain + 80)
    }

    @Test("A chat model that makes images serves too, by its token prices")
    func chatModel() throws {
        let exchange = Exchange(Self.request(model: "google/gemini-2.5-flash-image"))
        #expect(exchange.status == 200)
        #expect(try exchange.json()["usage"]?["cost"]?.double ?? 0 > 0)
    }

    @Test("A model that makes no images is on the wrong endpoint")
    func wrongEndpoint() throws {
        let exchange = Exchange(Self.request(model: "openai/gpt-4o"))
        #expect(exchange.status == 400)
        #expect(try exchange.json()["error"]?["availability"]?["code"]?.string == "wrong_endpoint")
    }

    @Test(
        "A bad request is refused with what is wrong and where",
        arguments: [
            ("model", #"{"prompt":"a"}"#), ("prompt", #"{"model":"m"}"#), ("prompt", #"{"model":"m","prompt":""}"#),
            ("n", bad(#""n":0"#)), ("n", bad(#""n":11"#)), ("aspect_ratio", bad(#""aspect_ratio":"7:5""#)),
            ("resolution", bad(#""resolution":"8K""#)), ("size", bad(#""size":"large""#)),
            ("size", bad(#""size":"9000x10""#)), ("size", bad(#""size":"8000x8000""#)),
            ("size", bad(#""size":"0x10""#)),
            ("size", bad(#""size":"2K","resolution":"1K""#)), ("size", bad(#""size":"1024x1024","resolution":"2K""#)),
            ("size", bad(#""size":"1024x1024","aspect_ratio":"16:9""#)), ("quality", bad(#""quality":"best""#)),
            ("background", bad(#""background":"clear""#)),
            ("background", bad(#""background":"transparent","output_format":"jpeg""#)),
            ("output_format", bad(#""output_format":"gif""#)),
            ("output_compression", bad(#""output_compression":101"#)),
            ("input_references[0].type", bad(#""input_references":[{"type":"audio_url"}]"#)),
            (
                "input_references[0].image_url.url",
                bad(#""input_references":[{"type":"image_url","image_url":{"url":"file:///x"}}]"#)
            ),
            ("seed", bad(#""seed":"x""#)), ("stream", bad(#""stream":1"#)),
            ("provider.only", bad(#""provider":{"only":1}"#)),
        ]
    )
    func badRequests(field: String, body: String) throws {
        let world = World.make()
        let exchange = Exchange(.image(body), in: world)
        #expect(exchange.status == 400)
        #expect(try exchange.json()["error"]?["metadata"]?["field"]?.string == field)
        #expect(world.account(forKey: Request.mockKey).ledger.total == .zero)
    }

    private static func bad(_ members: String) -> String {
        #"{"model":"\#(seedream)","prompt":"a",\#(members)}"#
    }

    @Test("At most sixteen references are taken")
    func tooManyReferences() throws {
        let one = #"{"type":"image_url","image_url":{"url":"https://example.com/a.png"}}"#
        let list = { (count: Int) in Array(repeating: one, count: count).joined(separator: ",") }
        #expect(Exchange(Self.request(#""input_references":[\#(list(16))]"#)).status == 200)
        #expect(Exchange(Self.request(#""input_references":[\#(list(17))]"#)).status == 400)
    }

    // MARK: - Streams

    static let gpt = "openai/gpt-5-image"

    @Test("A provider that streams shows each image unfinished, then finished")
    func stream() throws {
        let world = World.make()
        let exchange = Exchange(Self.request(#""n":2,"stream":true"#, model: Self.gpt), in: world)
        #expect(exchange.fields[.contentType] == "text/event-stream")
        #expect(!exchange.body.contains("event:"))
        let chunks = try exchange.chunks()
        let partial = "image_generation.partial_image"
        let completed = "image_generation.completed"
        #expect(chunks.compactMap { $0["type"]?.string } == [partial, partial, completed, partial, partial, completed])
        #expect(chunks.map { $0["partial_image_index"]?.int } == [0, 1, nil, 0, 1, nil])
        #expect(chunks[2].names == ["type", "b64_json", "media_type", "created"])
        #expect(chunks[5].names == ["type", "b64_json", "media_type", "created", "usage"])
        let buffered = try Exchange(Self.request(#""n":2"#, model: Self.gpt)).json()
        let images = try #require(buffered["data"]).elements.compactMap { $0["b64_json"]?.string }
        #expect(images == chunks.filter { $0["type"]?.string == completed }.compactMap { $0["b64_json"]?.string })
        #expect(!images.contains(chunks[0]["b64_json"]?.string ?? ""))
        #expect(chunks[5]["usage"]?.text == buffered["usage"]?.text)
        let id = try #require(exchange.answered.generationID)
        let generation = try Exchange(.get("/generation?id=\(id)"), in: world).json()["data"]
        #expect(generation?["streamed"]?.bool == true)
        #expect(generation?["total_cost"]?.text == chunks[5]["usage"]?["cost"]?.text)
    }

    @Test("A stream waits for the provider's time between its events, and may begin with comments")
    func pace() throws {
        var settings = SimulationSettings()
        settings.keepAliveCount = 2
        let exchange = Exchange(
            Self.request(#""stream":true"#, model: Self.gpt),
            by: Simulator(settings: settings)
        )
        #expect(exchange.body.hasPrefix(": OPENROUTER PROCESSING\n\n: OPENROUTER PROCESSING\n\ndata: {"))
        #expect(exchange.tape.frames.filter { $0.gap > .zero }.count == 3)
    }

    @Test("A provider that does not stream ignores the flag")
    func unstreamed() throws {
        let exchange = Exchange(Self.request(#""stream":true"#))
        #expect(exchange.fields[.contentType] == "application/json")
        #expect(try exchange.json()["data"]?.count == 1)
        #expect(exchange.body == Exchange(Self.request()).body)
    }

    // MARK: - Providers

    @Test("When all providers fail, the last failure is told and nothing is charged")
    func failure() throws {
        let world = World.make()
        let exchange = Exchange(Self.request(), in: world, attempts: FailingProviders())
        #expect(exchange.status == 503)
        #expect(try exchange.json()["error"]?["metadata"]?["provider_name"]?.string == "Seed")
        #expect(world.account(forKey: Request.mockKey).ledger.total == .zero)
    }

    @Test("When a provider fails, the next one makes the image")
    func fallback() throws {
        let model = "google/gemini-2.5-flash-image"
        let world = World.make()
        let exchange = Exchange(Self.request(model: model), in: world, attempts: FailingProviders(count: 1))
        #expect(exchange.status == 200)
        let id = try #require(exchange.answered.generationID)
        let generation = try #require(try Exchange(.get("/generation?id=\(id)"), in: world).json()["data"])
        #expect(generation["provider_responses"]?.elements.map { $0["status"]?.int } == [503, 200])
    }

    // MARK: - Listings

    @Test("The listing has the models that make images, and where their endpoints are told")
    func models() throws {
        let json = try Exchange(.get("/images/models", key: nil)).json()
        let rows = try #require(json["data"]).elements.map { $0 }
        let ids = rows.compactMap { $0["id"]?.string }
        #expect(ids.contains(Self.seedream))
        #expect(ids.contains(Self.gpt))
        #expect(!ids.contains("openai/gpt-4o"))
        #expect(!ids.contains("openrouter/auto"))
        for row in rows {
            let isOpenAI = row["id"]?.string?.hasPrefix("openai/")
            #expect(row["supports_streaming"]?.bool == isOpenAI)
            let path = try #require(row["endpoints"]?.string).dropFirst("/api/v1".count)
            let endpoints = try Exchange(.get(String(path), key: nil)).json()
            #expect(endpoints["id"]?.text == row["id"]?.text)
            #expect(endpoints["endpoints"]?.count ?? 0 > 0)
        }
    }

    @Test("An endpoint tells its price")
    func endpoints() throws {
        let json = try Exchange(.get("/images/models/bytedance-seed/seedream-4.5/endpoints", key: nil)).json()
        #expect(
            json["endpoints"]?[0]?["pricing"]?.text == #"[{"billable":"output_image","unit":"image","cost_usd":0.04}]"#
        )
        #expect(Exchange(.get("/images/models/openai/gpt-4o/endpoints")).status == 404)
    }
}

extension Request {
    static func image(_ body: String) -> Request {
        make(.post, "/images", body: body)
    }
}
