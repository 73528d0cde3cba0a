internal import HTTPTypes
internal import NIOCore
internal import OpenRouterAPI
internal import Tapes
internal import Testing

@testable internal import Simulation

@Suite("Videos")
struct VideoTests {
    static let host: HTTPFields = {
        var fields = HTTPFields()
        if let name = HTTPField.Name("Host") { fields[name] = "127.0.0.1:6464" }
        return fields
    }()

    static func request(_ members: String = "", model: String = "google/veo-3.1") -> Request {
        .make(
            .post,
            "/videos",
            body: #"{"model":"\#(model)","prompt":"A lake"\#(members.isEmpty ? "" : ",")\#(members)}"#,
            fields: host
        )
    }

    private static func submit(_ members: String = "", in world: World) throws -> String {
        let exchange = Exchange(request(members), in: world)
        #expect(exchange.status == 202)
        return try #require(try exchange.json()["id"]?.string)
    }

    private static func status(_ id: String, in world: World) throws -> String? {
        try Exchange(.get("/videos/\(id)"), in: world).json()["status"]?.string
    }

    @Test("A job is accepted, made in its time, and fetched")
    func lifeCycle() throws {
        let time = MovingTime()
        let world = time.world
        let accepted = Exchange(Self.request(#""duration":4,"resolution":"480p""#), in: world)
        #expect(accepted.status == 202)
        let id = try #require(try accepted.json()["id"]?.string)
        #expect(id.wholeMatch(of: /[A-Za-z0-9]{20}/) != nil)
        let url = "http://127.0.0.1:6464/api/v1/videos/\(id)"
        #expect(accepted.body == #"{"id":"\#(id)","polling_url":"\#(url)","status":"pending"}"#)
        time.pass(seconds: 1)
        #expect(Exchange(.get("/videos/\(id)"), in: world).body == accepted.body)
        #expect(Exchange(.get("/videos/\(id)/content"), in: world).status == 400)
        time.pass(seconds: 1)
        #expect(try Self.status(id, in: world) == "in_progress")
        time.pass(seconds: 6)
        #expect(try Self.status(id, in: world) == "in_progress")
        #expect(world.account(forKey: Request.mockKey).ledger.total == .zero)
        time.pass(seconds: 1)

        let completed = Exchange(.get("/videos/\(id)"), in: world)
        let generationID = try #require(try completed.json()["generation_id"]?.string)
        #expect(generationID.hasPrefix("gen-vid-1790000000-"))
        #expect(
            completed.body == #"{"id":"\#(id)","generation_id":"\#(generationID)","polling_url":"\#(url)","#
                + #""status":"completed","unsigned_urls":["\#(url)/content?index=0"],"#
                + #""usage":{"cost":0.2,"is_byok":false}}"#
        )
        let content = Exchange(.get("/videos/\(id)/content?index=0"), in: world)
        #expect(content.fields[.contentType] == "video/mp4")
        let bytes = content.tape.frames.flatMap { Array($0.bytes.readableBytesView) }
        let header = MP4Reader(bytes: bytes).words("moov/trak[0]/tkhd")
        #expect(header.suffix(2).map { $0 >> 16 } == [854, 480])
        #expect(Exchange(.get("/videos/\(id)/content?index=1"), in: world).status == 404)
        #expect(Exchange(.get("/videos/\(id)/content?index=x"), in: world).status == 400)

        let generation = try Exchange(.get("/generation?id=\(generationID)"), in: world).json()["data"]
        #expect(generation?["api_type"]?.string == "video")
        #expect(generation?["total_cost"]?.double == 0.2)
        #expect(world.account(forKey: Request.mockKey).ledger.total == USD("0.2"))
    }

    @Test("Where the clock stands still, the third poll finds the video")
    func fixedClock() throws {
        let world = World.make()
        let id = try Self.submit(in: world)
        let statuses = try (0..<4).map { _ in try Self.status(id, in: world) }
        #expect(statuses == ["pending", "in_progress", "completed", "completed"])
        #expect(world.account(forKey: Request.mockKey).ledger.total == USD("0.4"))
        let again = World.make()
        let other = try Self.submit(in: again)
        #expect(other == id)
        for _ in 0..<3 { _ = try Self.status(id, in: again) }
        let path = "/videos/\(id)/content"
        #expect(Exchange(.get(path), in: world).body == Exchange(.get(path), in: again).body)
    }

    @Test("Another account's job is not found, nor is one that never was")
    func accounts() throws {
        let world = World.make()
        let id = try Self.submit(in: world)
        for path in ["/videos/\(id)", "/videos/\(id)/content"] {
            #expect(Exchange(.get(path, key: "sk-or-v1-other"), in: world).status == 404)
        }
        #expect(Exchange(.get("/videos/abc"), in: world).status == 404)
        #expect(Exchange(.get("/videos/abc/content"), in: world).status == 404)
    }

    @Test(
        "A video has the size that was asked for",
        arguments: [
            ("", 1280, 720), (#""resolution":"1080p","aspect_ratio":"9:16""#, 1080, 1920),
            (#""resolution":"768p""#, 1366, 768), (#""resolution":"4K""#, 3840, 2160),
            (#""resolution":"480p","aspect_ratio":"21:9""#, 1120, 480), (#""aspect_ratio":"1:1""#, 720, 720),
            (#""size":"640x480""#, 640, 480),
            (#""size":"1280x720","resolution":"720p","aspect_ratio":"16:9""#, 1280, 720),
        ]
    )
    func sizes(members: String, width: Int, height: Int) throws {
        let body = #"{"model":"google/veo-3.1","prompt":"a"\#(members.isEmpty ? "" : ",")\#(members)}"#
        let document = try JSONDocument(parsing: body.utf8)
        let size = try VideoRequest(reading: document.root, now: 0).size
        #expect((size.width, size.height) == (width, height))
    }

    @Test(
        "A bad request is refused with what is wrong and where",
        arguments: [
            ("prompt", #"{"model":"m"}"#), ("model", #"{"prompt":"a"}"#), ("duration", bad(#""duration":0"#)),
            ("duration", bad(#""duration":61"#)), ("duration", bad(#""duration":1.5"#)),
            ("resolution", bad(#""resolution":"8K""#)), ("aspect_ratio", bad(#""aspect_ratio":"5:4""#)),
            ("size", bad(#""size":"720p""#)), ("size", bad(#""size":"9000x720""#)),
            ("size", bad(#""size":"1280x720","resolution":"1080p""#)),
            ("size", bad(#""size":"1280x720","aspect_ratio":"9:16""#)), ("generate_audio", bad(#""generate_audio":1"#)),
            ("callback_url", bad(#""callback_url":"http://example.com/""#)),
            ("callback_url", bad(#""callback_url":"x""#)),
            ("upscale_factor", bad(#""upscale_factor":0"#)), ("creativity", bad(#""creativity":"much""#)),
            ("provider.zdr", bad(#""provider":{"zdr":true}"#)), ("seed", bad(#""seed":1.5"#)),
            (
                "frame_images[0].frame_type",
                bad(#""frame_images":[{"type":"image_url","image_url":{"url":"https://a.b/c.png"}}]"#)
            ),
            (
                "frame_images[0].type",
                bad(
                    #""frame_images":[{"frame_type":"first_frame","type":"video_url","video_url":{"url":"https://a/b"}}]"#
                )
            ),
            ("input_references[0].type", bad(#""input_references":[{"type":"text"}]"#)),
        ]
    )
    func badRequests(field: String, body: String) throws {
        let exchange = Exchange(.make(.post, "/videos", body: body))
        #expect(exchange.status == 400)
        #expect(try exchange.json()["error"]?["metadata"]?["field"]?.string == field)
    }

    private static func bad(_ members: String) -> String {
        #"{"model":"google/veo-3.1","prompt":"a",\#(members)}"#
    }

    @Test("Pictures stand for a prompt; sounds alone do not")
    func references() {
        let image = #"{"type":"image_url","image_url":{"url":"https://a.b/c.png"}"#
        let sound = #"{"type":"audio_url","audio_url":{"url":"https://a.b/c.mp3"}}"#
        for (members, status) in [
            (#""frame_images":[\#(image),"frame_type":"last_frame"}]"#, 202),
            (#""input_references":[\#(image)},\#(sound)]"#, 202), (#""input_references":[\#(sound)]"#, 400),
        ] {
            let body = #"{"model":"google/veo-3.1",\#(members)}"#
            #expect(Exchange(.make(.post, "/videos", body: body)).status == status)
        }
    }

    @Test("A model that makes no videos is on the wrong endpoint")
    func wrongEndpoint() throws {
        let exchange = Exchange(Self.request(model: "openai/gpt-4o"))
        #expect(exchange.status == 400)
        #expect(try exchange.json()["error"]?["availability"]?["code"]?.string == "wrong_endpoint")
    }

    // MARK: - Providers

    @Test("When no provider takes the request there is no job")
    func refusal() throws {
        let exchange = Exchange(Self.request(), attempts: FailingProviders())
        #expect(exchange.status == 503)
        #expect(try exchange.json()["id"] == nil)
    }

    @Test("A provider's answer that is an error fails the job, without charge")
    func failure() throws {
        struct Failing: ProviderAttempts {
            func outcome(of attempt: ProviderAttempt, in world: World) -> AttemptOutcome {
                .failedInBody(ProviderFailure(.providerUnavailable, message: "Render aborted"))
            }
        }
        let world = World.make()
        let members = #""callback_url":"http://127.0.0.1:9/hook""#
        let id = try #require(
            try Exchange(Self.request(members), in: world, attempts: Failing()).json()["id"]?.string
        )
        for _ in 0..<2 { _ = try Self.status(id, in: world) }
        let failed = try Exchange(.get("/videos/\(id)"), in: world).json()
        #expect(failed.names == ["id", "generation_id", "polling_url", "status", "error"])
        #expect(failed["status"]?.string == "failed")
        #expect(failed["error"]?.string == "Render aborted")
        #expect(Exchange(.get("/videos/\(id)/content"), in: world).status == 400)
        #expect(world.account(forKey: Request.mockKey).ledger.total == .zero)
        let callback = try #require(world.takeCallbacks().first)
        let body = try JSONDocument(parsing: callback.body).root
        #expect(body["type"]?.string == "video.generation.failed")
        #expect(body["data"]?["error"]?.string == "Render aborted")
    }

    // MARK: - Callbacks

    @Test("A job that has ended is told to its callback, once")
    func callback() throws {
        let time = MovingTime()
        let world = time.world
        let id = try Self.submit(#""duration":1,"callback_url":"https://example.com/hook""#, in: world)
        _ = try Self.submit(#""duration":1"#, in: world)
        time.pass(seconds: 5)
        #expect(world.takeCallbacks().isEmpty)
        time.pass(seconds: 1)
        let callbacks = world.takeCallbacks()
        #expect(callbacks.count == 1)
        let callback = try #require(callbacks.first)
        #expect(callback.url.text == "https://example.com/hook")
        #expect(callback.fields[.contentType] == "application/json")
        #expect(callback.fields[.xOpenRouterIdempotencyKey] == "\(id)-completed")
        let body = String(decoding: callback.body, as: UTF8.self)
        let job = try Exchange(.get("/videos/\(id)"), in: world).json()
        let generationID = try #require(job["generation_id"]?.string)
        #expect(
            body
                == #"{"type":"video.generation.completed","created_at":"2026-09-21T14:13:26.000Z","data":{"id":"\#(id)","#
                + #""status":"completed","generation_id":"\#(generationID)","model":"google/veo-3.1","#
                + #""unsigned_urls":\#(job["unsigned_urls"]?.text ?? ""),"usage":\#(job["usage"]?.text ?? "")}}"#
        )
        #expect(world.takeCallbacks().isEmpty)
        #expect(world.account(forKey: Request.mockKey).ledger.total == USD("0.1"), "both are booked without a poll")
    }

    @Test("The oldest jobs are dropped beyond a bound")
    func bound() throws {
        let world = World.make()
        let first = try Self.submit(in: world)
        for _ in 0..<VideoJobs.limit { _ = Exchange(Self.request(), in: world) }
        #expect(Exchange(.get("/videos/\(first)"), in: world).status == 404)
    }

    @Test("The listing has the models that make videos")
    func models() throws {
        let rows = try #require(try Exchange(.get("/videos/models", key: nil)).json()["data"]).elements.map { $0 }
        #expect(rows.compactMap { $0["id"]?.string } == ["google/veo-3.1"])
        #expect(rows.first?["supported_resolutions"]?.count == 7)
        #expect(rows.first?["pricing_skus"]?["duration_seconds"]?.string == "0.05")
    }
}
