internal import HTTPTypes
internal import NIOCore
internal import OpenRouterAPI
internal import Tapes
internal import Testing

@testable internal import Simulation

@Suite("Transcriptions")
struct TranscriptionTests {
    private static let model = "openai/whisper-large-v3"

    /// 9.2 seconds.
    private static let wav = SyntheticSpeech(text: String(repeating: "a", count: 138), seed: 1).encoded(as: .wav)

    private static func request(_ members: String = "", audio: [UInt8] = wav, format: String = "wav") -> Request {
        let input = #""input_audio":{"data":"\#(Base64.encoded(audio))","format":"\#(format)"}"#
        return .make(.post, "/audio/transcriptions", body: #"{"model":"\#(model)",\#(input)\#(members)}"#)
    }

    private static func form(
        _ fields: [(String, String)] = [("model", model)],
        audio: [UInt8] = wav,
        filename: String? = "speech.wav",
        type: String? = nil
    ) -> Request {
        var body: [UInt8] = []
        for (name, value) in fields {
            body += "--X\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8
        }
        let name = filename.map { "; filename=\"\($0)\"" } ?? ""
        let type = type.map { "Content-Type: \($0)\r\n" } ?? ""
        body += "--X\r\nContent-Disposition: form-data; name=\"file\"\(name)\r\n\(type)\r\n".utf8
        body += audio
        body += "\r\n--X--\r\n".utf8
        var request = Request.make(
            .post,
            "/audio/transcriptions",
            fields: [.contentType: "multipart/form-data; boundary=X"]
        )
        request.body = ByteBuffer(bytes: body)
        return request
    }

    @Test("A sound becomes a text of its length")
    func json() throws {
        let exchange = Exchange(Self.request())
        #expect(exchange.status == 200)
        #expect(exchange.fields[.contentType] == "application/json")
        #expect(exchange.fields[.xGenerationID]?.hasPrefix("gen-stt-1790000000-") == true)
        let body = try exchange.json()
        #expect(body.names == ["text", "usage"])
        let text = try #require(body["text"]?.string)
        #expect(text.split(separator: " ").count == 23)
        #expect(text.hasSuffix("."))
        let usage = try #require(body["usage"])
        #expect(usage.names == ["seconds", "total_tokens", "input_tokens", "output_tokens", "cost"])
        #expect(usage["seconds"]?.double == 9.2)
        #expect(usage["input_tokens"]?.int == 320)
        #expect(usage["output_tokens"]?.int == TokenSplitter.count(text))
        #expect(usage["total_tokens"]?.int == 320 + TokenSplitter.count(text))
        // 0.111 USD an hour.
        #expect(abs((usage["cost"]?.double ?? 0) - 9.2 * 0.111 / 3600) < 1e-12)
    }

    @Test("The text is the sound's, however it is sent and whatever is asked for beside it")
    func sameText() throws {
        let text = { (request: Request) in try Exchange(request).json()["text"]?.string }
        let expected = try text(Self.request())
        #expect(try text(Self.request(#","response_format":"verbose_json","language":"de""#)) == expected)
        #expect(try text(Self.form()) == expected)
        #expect(try text(Self.form([("model", Self.model), ("prompt", "x"), ("temperature", "0.2")])) == expected)
        #expect(try text(Self.request(audio: Array(Self.wav.dropLast(2)))) != expected)
    }

    @Test("The generation agrees with the usage")
    func booking() throws {
        let world = World.make()
        let exchange = Exchange(Self.form(), in: world)
        let usage = try #require(try exchange.json()["usage"])
        let id = try #require(exchange.answered.generationID)
        let generation = try #require(try Exchange(.get("/generation?id=\(id)"), in: world).json()["data"])
        #expect(generation["api_type"]?.string == "stt")
        #expect(generation["native_tokens_prompt"]?.int == usage["input_tokens"]?.int)
        #expect(generation["native_tokens_completion"]?.int == usage["output_tokens"]?.int)
        #expect(generation["total_cost"]?.text == usage["cost"]?.text)
        #expect(world.account(forKey: Request.mockKey).ledger.total.json.text == usage["cost"]?.text)
    }

    @Test("A verbose answer has segments, and words when asked for", arguments: [true, false])
    func verbose(asForm: Bool) throws {
        let request =
            asForm
            ? Self.form([
                ("model", Self.model), ("response_format", "verbose_json"), ("temperature", "0.5"), ("language", "en"),
                ("timestamp_granularities[]", "word"), ("timestamp_granularities[]", "segment"),
            ])
            : Self.request(
                #","response_format":"verbose_json","temperature":0.5,"language":"en","timestamp_granularities":["word","segment"]"#
            )
        let body = try Exchange(request).json()
        #expect(body.names == ["task", "language", "duration", "text", "segments", "words", "usage"])
        #expect(body["task"]?.string == "transcribe")
        #expect(body["language"]?.string == "english")
        #expect(body["duration"]?.double == 9.2)
        let segments = Array(try #require(body["segments"]).elements)
        #expect(segments.map { $0["text"]?.string ?? "" }.joined() == " " + (body["text"]?.string ?? ""))
        #expect(segments.map { $0["id"]?.int } == Array(0..<segments.count))
        #expect(
            segments[0].names == [
                "id", "seek", "start", "end", "text", "tokens", "temperature", "avg_logprob", "compression_ratio",
                "no_speech_prob",
            ]
        )
        #expect(segments.allSatisfy { $0["temperature"]?.double == 0.5 })
        let words = Array(try #require(body["words"]).elements)
        #expect(words.count == 23)
        var time = 0.0
        for word in words {
            let (start, end) = (try #require(word["start"]?.double), try #require(word["end"]?.double))
            #expect(start >= time && end > start)
            time = end
        }
        #expect(time <= 9.2)
        #expect(segments.last?["end"]?.double == time)
        #expect(words.last?["word"]?.string?.hasSuffix(".") == false)
    }

    @Test("Words are told only where they are asked for")
    func granularities() throws {
        let segments = try Exchange(Self.request(#","response_format":"verbose_json""#)).json()
        #expect(segments["words"] == nil && segments["segments"] != nil)
        let plain = try Exchange(Self.request(#","timestamp_granularities":["word"]"#)).json()
        #expect(plain.names == ["text", "usage"])
        let language = try Exchange(Self.request(#","response_format":"verbose_json","language":"tlh""#)).json()
        #expect(language["language"]?.string == "tlh")
    }

    @Test(
        "An upload's format is known by its name or its type",
        arguments: [
            ("a.WAV", nil), ("a.b.mp3", nil), ("a.mpga", nil), ("a.m4a", "application/octet-stream"),
            (nil, "audio/x-wav"),
            ("blob", "audio/webm;codecs=opus"), (nil, "video/mp4"), ("a", "audio/vnd.wave"),
        ] as [(String?, String?)]
    )
    func formats(filename: String?, type: String?) {
        #expect(Exchange(Self.form(filename: filename, type: type)).status == 200)
    }

    @Test(
        "Wrong JSON bodies are refused with the field's name",
        arguments: [
            (#"{"model":"\#(model)"}"#, "input_audio: expected an object with data and format, received nothing"),
            (
                #"{"model":"\#(model)","input_audio":{"data":"AAAA"}}"#,
                "input_audio.format: expected one of wav, mp3, flac, m4a, ogg, webm, aac, received nothing"
            ),
            (
                #"{"model":"\#(model)","input_audio":{"data":"AAAA","format":"txt"}}"#,
                #"input_audio.format: expected one of wav, mp3, flac, m4a, ogg, webm, aac, received "txt""#
            ),
            (
                #"{"model":"\#(model)","input_audio":{"data":"data:audio/wav;base64,AAAA","format":"wav"}}"#,
                #"input_audio.data: expected the sound in base64, and no data URL, received "data:audio/wav;base64,AAAA""#
            ),
            (
                #"{"model":"\#(model)","input_audio":{"data":"","format":"wav"}}"#,
                #"input_audio.data: expected the sound in base64, and no data URL, received """#
            ),
            (sound(#""language":1"#), "language: expected a string, received 1"),
            (sound(#""temperature":1.5"#), "temperature: expected a number from 0 to 1, received 1.5"),
            (
                sound(#""response_format":"srt""#),
                #"response_format: expected one of json, verbose_json, received "srt""#
            ),
            (
                sound(#""response_format":"vtt""#),
                #"response_format: expected one of json, verbose_json, received "vtt""#
            ),
            (
                sound(#""response_format":"text""#),
                #"response_format: expected one of json, verbose_json, received "text""#
            ),
            (
                sound(#""timestamp_granularities":["line"]"#),
                #"timestamp_granularities[0]: expected one of word, segment, received "line""#
            ),
            (
                sound(#""provider":{"options":{"groq":[]}}"#),
                "provider.options.groq: expected an object, received an array"
            ),
            (
                #"{"input_audio":{"data":"AAAA","format":"wav"}}"#,
                "model: expected a model ID such as openai/whisper-large-v3, received nothing"
            ),
        ]
    )
    func badRequests(body: String, message: String) throws {
        let exchange = Exchange(.make(.post, "/audio/transcriptions", body: body))
        #expect(exchange.status == 400)
        #expect(try exchange.json()["error"]?["message"]?.string == "Invalid request parameters: \(message)")
    }

    private static func sound(_ members: String) -> String {
        #"{"model":"\#(model)","input_audio":{"data":"AAAA","format":"wav"},\#(members)}"#
    }

    @Test("Wrong forms are refused likewise")
    func badForms() throws {
        let message = { (request: Request) in
            let exchange = Exchange(request)
            #expect(exchange.status == 400)
            return try exchange.json()["error"]?["message"]?.string?.replacing("Invalid request parameters: ", with: "")
        }
        #expect(
            try message(Self.form([])) == "model: expected a model ID such as openai/whisper-large-v3, received nothing"
        )
        #expect(try message(Self.form([("file", "a")])) == "file: expected one part, received 2")
        #expect(try message(Self.form(audio: [])) == "file: expected a file of sound, received an empty file")
        #expect(
            try message(Self.form(filename: "a.txt"))
                == #"file: expected a name that ends in one of wav, mp3, flac, m4a, ogg, webm, aac, or the media type of one, received "a.txt""#
        )
        #expect(
            try message(Self.form([("model", Self.model), ("temperature", "warm")]))
                == #"temperature: expected a number from 0 to 1, received "warm""#
        )
        #expect(
            try message(Self.form([("model", Self.model), ("response_format", "srt")]))
                == #"response_format: expected one of json, verbose_json, received "srt""#
        )
        #expect(
            try message(Self.form([("model", Self.model), ("timestamp_granularities[]", "line")]))
                == #"timestamp_granularities[0]: expected one of word, segment, received "line""#
        )
        var noFile = Self.form()
        noFile.body = ByteBuffer(string: "--X--\r\n")
        #expect(try message(noFile) == "file: expected a file of sound, received nothing")
        noFile.fields[.contentType] = "multipart/form-data"
        #expect(try message(noFile)?.hasSuffix("the content type names no boundary") == true)
    }

    @Test("A file of more than 25 MB is refused")
    func size() throws {
        let audio = [UInt8](repeating: 0, count: TranscriptionRequest.fileLimit + 1)
        let exchange = Exchange(Self.form(audio: audio))
        #expect(exchange.status == 400)
        #expect(exchange.body.contains("file: expected at most 26214400 bytes"))
    }

    @Test("Other models are refused, and a failing provider is followed by the next one")
    func failures() throws {
        let chat = Exchange(Self.form([("model", "openai/gpt-audio")]))
        #expect(try chat.json()["error"]?["availability"]?["code"]?.string == "wrong_endpoint")
        let world = World.make()
        let exchange = Exchange(Self.form(), in: world, attempts: FailingProviders(count: 1))
        #expect(exchange.status == 200)
        let id = try #require(exchange.answered.generationID)
        let attempts = try Exchange(.get("/generation?id=\(id)"), in: world).json()["data"]?["provider_responses"]
        #expect(attempts?.elements.map { $0["status"]?.int } == [503, 200])
        #expect(Exchange(Self.form(), attempts: FailingProviders()).status == 503)
    }
}
