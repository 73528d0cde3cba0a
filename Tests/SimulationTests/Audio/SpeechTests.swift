internal import HTTPTypes
internal import NIOCore
internal import OpenRouterAPI
internal import Tapes
internal import Testing

@testable internal import Simulation

@Suite("Speech")
struct SpeechTests {
    private static func request(_ members: String, model: String = "hexgrad/kokoro-82m") -> Request {
        .make(.post, "/audio/speech", body: #"{"model":"\#(model)",\#(members)}"#)
    }

    private static let hello = #""input":"Hello, this is a test of speech.","voice":"af_sky""#

    private static func bytes(_ exchange: Exchange) -> [UInt8] {
        exchange.tape.frames.flatMap { Array($0.bytes.readableBytesView) }
    }

    @Test("Speech is samples, or an MP3 that says its duration")
    func formats() {
        let samples = Exchange(Self.request(Self.hello))
        #expect(samples.status == 200)
        #expect(samples.fields[.contentType] == "audio/pcm")
        #expect(samples.fields[.xGenerationID]?.hasPrefix("gen-tts-1790000000-") == true)
        // 32 characters at 15 a second, 24,000 samples of two bytes.
        #expect(Self.bytes(samples).count == 2133 * 24 * 2)
        let mp3 = Exchange(Self.request(#"\#(Self.hello),"response_format":"mp3""#))
        #expect(mp3.fields[.contentType] == "audio/mpeg")
        let duration = AudioDuration(of: Self.bytes(mp3), format: "mp3")
        #expect(duration.isMeasured)
        #expect(abs(duration.seconds - 2.133) < 0.1)
        let same = Self.bytes(Exchange(Self.request(#"\#(Self.hello),"response_format":"pcm","user":"u-1""#)))
        #expect(same.elementsEqual(Self.bytes(samples)))
    }

    @Test("The speed changes the duration", arguments: [(0.25, 8532), (2, 1066), (4, 533)])
    func speed(speed: Double, milliseconds: Int) {
        let exchange = Exchange(Self.request(#"\#(Self.hello),"speed":\#(speed)"#))
        #expect(abs(Self.bytes(exchange).count / 48 - milliseconds) <= 2)
    }

    @Test("It comes in pieces of 4096 bytes at the endpoint's pace")
    func pieces() throws {
        let frames = Exchange(Self.request(Self.hello)).tape.frames
        #expect(frames.count == 25)
        #expect(frames.dropLast().allSatisfy { $0.bytes.readableBytes == 4096 })
        #expect(frames[0].gap == .milliseconds(800))
        #expect(frames.dropFirst().allSatisfy { $0.gap == .microseconds(16_666) })
    }

    @Test("The generation tells what it cost, by characters")
    func booking() throws {
        let world = World.make()
        let exchange = Exchange(Self.request(Self.hello + #","user":"u-1""#), in: world)
        let id = try #require(exchange.answered.generationID)
        let generation = try #require(try Exchange(.get("/generation?id=\(id)"), in: world).json()["data"])
        #expect(generation["api_type"]?.string == "tts")
        #expect(generation["model"]?.string == "hexgrad/kokoro-82m")
        #expect(generation["tokens_prompt"]?.int == 32)
        #expect(generation["tokens_completion"]?.int == 42)
        #expect(generation["external_user"]?.string == "u-1")
        #expect(generation["total_cost"]?.double == 0.00001984)
        #expect(world.account(forKey: Request.mockKey).ledger.total == USD("0.00001984"))
    }

    @Test("Voices sound different, and a model that names none has one")
    func voices() throws {
        let other = #""input":"Hello, this is a test of speech.","voice":"bf_emma""#
        let sounds = [other, Self.hello].map { Self.bytes(Exchange(Self.request($0))) }
        #expect(!sounds[0].elementsEqual(sounds[1]))
        let row =
            #"[{"id":"acme/voice","name":"Voice","created":1,"context_length":0,"output_modalities":["speech"],"pricing":{"prompt":"0","completion":"0"},"endpoints":[{"provider":"Acme"}]}]"#
        let catalog = Catalog(
            models: try JSONDocument(parsing: row.utf8).root,
            providers: try JSONDocument(parsing: "[]".utf8).root
        )
        for members in [#""input":"Hello""#, #""input":"Hello","voice":"anything""#] {
            let exchange = Exchange(Self.request(members, model: "acme/voice"), by: Simulator(catalog: catalog))
            #expect(exchange.status == 200)
        }
    }

    @Test("A sound with its text may stand for a voice")
    func references() {
        let audio = #"{"type":"input_audio","input_audio":{"data":"data:audio/wav;base64,UklGRg==","format":"wav"}}"#
        let text = #"{"type":"text","text":"Hello there"}"#
        for references in [audio, "\(audio),\(text)", "\(text),\(audio)"] {
            #expect(Exchange(Self.request(#""input":"Hi","input_references":[\#(references)]"#)).status == 200)
        }
        let expected = "input_references: expected one input_audio part and at most one text part, received "
        for (references, found) in [
            (text, "0 and 1"), ("\(audio),\(audio)", "2 and 0"), ("\(audio),\(text),\(text)", "1 and 2"),
        ] {
            let exchange = Exchange(Self.request(#"\#(Self.hello),"input_references":[\#(references)]"#))
            #expect(exchange.status == 400)
            #expect(exchange.body.contains(expected + found))
        }
    }

    @Test("A reference has its limits")
    func referenceLimits() {
        let data = String(repeating: "A", count: 20 * 1024 * 1024 + 1)
        let large = Exchange(
            Self.request(
                #"\#(Self.hello),"input_references":[{"type":"input_audio","input_audio":{"data":"\#(data)"}}]"#
            )
        )
        #expect(
            large.body.contains(
                "input_references[0].input_audio.data: expected at most 20971520 characters, received 20971521"
            )
        )
        let text = String(repeating: "a", count: 10_001)
        let long = Exchange(Self.request(#"\#(Self.hello),"input_references":[{"type":"text","text":"\#(text)"}]"#))
        #expect(long.body.contains("input_references[0].text: expected at most 10000 characters, received 10001"))
    }

    @Test(
        "Wrong bodies are refused with the field's name",
        arguments: [
            (#""voice":"af_sky""#, "input: expected the text to speak, received nothing"),
            (#""input":"","voice":"af_sky""#, #"input: expected the text to speak, received """#),
            (#""input":["a"],"voice":"af_sky""#, "input: expected a string, received an array"),
            (#""input":"a""#, "voice: expected one of af_bella, af_sky, am_adam, bf_emma, received nothing"),
            (
                #""input":"a","voice":"alloy""#,
                #"voice: expected one of af_bella, af_sky, am_adam, bf_emma, received "alloy""#
            ),
            (#""input":"a","voice":"""#, #"voice: expected the name of a voice, received """#),
            (
                #""input":"a","voice":"af_sky","response_format":"wav""#,
                #"response_format: expected one of mp3, pcm, received "wav""#
            ),
            (#""input":"a","voice":"af_sky","speed":0.2"#, "speed: expected a number from 0.25 to 4, received 0.2"),
            (#""input":"a","voice":"af_sky","speed":5"#, "speed: expected a number from 0.25 to 4, received 5"),
            (
                #""input":"a","voice":"af_sky","provider":{"options":1}"#,
                "provider.options: expected an object, received 1"
            ),
            (
                #""input":"a","voice":"af_sky","provider":{"options":{"openai":1}}"#,
                "provider.options.openai: expected an object, received 1"
            ),
            (
                #""input":"a","voice":"af_sky","input_references":[{"type":"image"}]"#,
                #"input_references[0].type: expected one of input_audio, text, received "image""#
            ),
            (
                #""input":"a","voice":"af_sky","input_references":[{"type":"input_audio","input_audio":{"data":"*"}}]"#,
                #"input_references[0].input_audio.data: expected a sound in base64, or as a data URL, received "*""#
            ),
        ]
    )
    func badRequests(members: String, message: String) throws {
        let exchange = Exchange(Self.request(members))
        #expect(exchange.status == 400)
        #expect(exchange.fields[.contentType] == "application/json")
        #expect(try exchange.json()["error"]?["message"]?.string == "Invalid request parameters: \(message)")
    }

    @Test("Long texts, other models and failing providers are refused")
    func failures() throws {
        let long = String(repeating: "a", count: 4097)
        #expect(
            Exchange(Self.request(#""input":"\#(long)","voice":"af_sky""#)).body.contains(
                "input: expected at most 4096 characters, received 4097"
            )
        )
        let chat = Exchange(Self.request(Self.hello, model: "openai/gpt-audio"))
        #expect(try chat.json()["error"]?["availability"]?["code"]?.string == "wrong_endpoint")
        let failed = Exchange(Self.request(Self.hello), attempts: FailingProviders())
        #expect(failed.status == 503)
        #expect(failed.fields[.contentType] == "application/json")
        let first = FailingProviders(count: 1, failure: ProviderFailure(.rateLimitExceeded, retryAfter: 7))
        #expect(Exchange(Self.request(Self.hello), attempts: first).fields[.retryAfter] == "7")
    }
}
