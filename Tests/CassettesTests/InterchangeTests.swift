import Foundation
import HTTPTypes
import NIOCore
import OpenRouterAPI
import Tapes
import Testing

@testable import Cassettes

/// The files in `Fixtures` were made by the tools themselves, see `make-fixtures`.
@Suite("Recordings of other tools")
struct InterchangeTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    static let fixtures = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures").path
    static let defaults = ImportedRecordings.Defaults(recordedAt: 1_790_000_000_000_000, model: "openai/gpt-4o-mini")

    func read(_ path: String, format: ImportFormat? = nil) throws -> (ImportFormat, ImportedRecordings) {
        try ImportedRecordings.read(path, format: format, defaults: Self.defaults)
    }

    func read(text: String, name: String) throws -> ImportedRecordings {
        try folder.write(Array(text.utf8), to: name)
        return try read(folder.file(name)).1
    }

    /// Body and framing of the seven calls that both tools recorded.
    func check(_ recordings: ImportedRecordings) {
        let chat = #"{"model": "openai/gpt-4o", "messages": [{"role": "user", "content": "Gr\u00fc\u00dfe: \"hi\""}]}"#
        let requests = recordings.interactions.map(\.interaction.request)
        let tapes = recordings.interactions.map(\.interaction.tape)
        #expect(
            requests.map { "\($0.method) \($0.target)" } == [
                "POST /api/v1/chat/completions", "POST /api/v1/chat/completions/stream", "POST /api/v1/limited",
                "POST /api/v1/audio/speech", "POST /api/v1/gzip",
                "GET /api/v1/models?supported_parameters=tools&q=a%20b", "POST /api/v1/files",
            ]
        )
        #expect(requests.prefix(5).allSatisfy { String(buffer: $0.body) == chat })
        #expect(recordings.interactions.allSatisfy { $0.upstream == "http://127.0.0.1:4010" })
        #expect(tapes.map { $0.head?.status.code } == [200, 200, 429, 200, 200, 200, 200])
        #expect(tapes[2].head?.status.reasonPhrase == "Too Many Requests")
        #expect(
            tapes[1].frames.map { String(buffer: $0.bytes) } == [
                ": OPENROUTER PROCESSING\n\n", "data: {\"choices\":[{\"delta\":{\"content\":\"Grüße\"}}]}\n\n",
                "data: [DONE]\n\n",
            ]
        )
        #expect(tapes[1].head?.framing == .chunked)
        #expect(Array(tapes[3].body.readableBytesView) == (0...255).map { UInt8($0) })
        for (index, tape) in tapes.enumerated() where index != 1 {
            #expect(tape.head?.framing == .sized(tape.bodyByteCount))
            #expect(tape.ending == .complete)
        }
        #expect(recordings.losses.map(\.what).contains("chunks and their times: the file has none"))
    }

    @Test("vcrpy's YAML")
    func vcrpyYAML() throws {
        let (format, recordings) = try read(Self.fixtures + "/vcrpy.yaml")
        #expect(format == .vcrpy)
        check(recordings)
        let interactions = recordings.interactions.map(\.interaction)
        #expect(interactions[4].tape.head?.fields[.contentEncoding] == nil, "vcrpy decodes")
        #expect(String(buffer: interactions[4].tape.body) == #"{"choices":[{"message":{"content":"Hello"}}]}"#)
        #expect(Array(interactions[6].request.body.readableBytesView) == [0, 1, 0xFF, 0xFE])
        #expect(interactions.allSatisfy { $0.recordedAt == Self.defaults.recordedAt })
        #expect(
            recordings.losses.map(\.description) == [
                "the time of the recording: vcrpy keeps none, the time of the import stands for it (7 times)",
                "order and repetition of header fields: vcrpy keeps them by name (7 times)",
                "chunks and their times: the file has none",
                "the body was kept decoded: content-encoding 'gzip' is dropped",
                "content-length was not the length of the body that was kept: corrected",
            ]
        )
    }

    @Test("vcrpy's JSON")
    func vcrpyJSON() throws {
        let (format, recordings) = try read(Self.fixtures + "/vcrpy.json")
        #expect(format == .vcrpy)
        #expect(
            recordings.interactions.map { String(buffer: $0.interaction.tape.body) } == [
                #"{"choices":[{"message":{"content":"Hello"}}]}"#
            ]
        )
    }

    @Test("Tags that would run Python are refused, with their place")
    func vcrpyTags() throws {
        let text = """
            interactions:
            - request:
                body: !!python/object/apply:os.system ['id']
                method: POST
                uri: http://127.0.0.1/
              response: {body: {string: ''}, headers: {}, status: {code: 200, message: OK}}
            version: 1
            """
        let error = try #require(throws: CassetteError.self) { try read(text: text, name: "a.yaml") }
        #expect(
            "\(error)" == "\(folder.file("a.yaml")):3:11: unknown tag "
                + "'tag:yaml.org,2002:python/object/apply:os.system' here; expected !!seq or none"
        )
    }

    @Test("Blanks in a path are encoded, as the text form and the wire have them")
    func blanksInPaths() throws {
        let text = """
            interactions:
            - request: {body: '', headers: {}, method: GET, uri: "http://127.0.0.1/a b\\t?c=\\x7F\\n"}
              response: {body: {string: ''}, headers: {}, status: {code: 200, message: OK}}
            version: 1
            """
        let interactions = try read(text: text, name: "a.yaml").interactions
        #expect(interactions.map(\.interaction.request.target.raw) == ["/a%20b%09?c=%7F%0A"])
    }

    @Test("mitmproxy's HAR")
    func mitmproxy() throws {
        let (format, recordings) = try read(Self.fixtures + "/mitmproxy.har")
        #expect(format == .har)
        check(recordings)
        let interactions = recordings.interactions.map(\.interaction)
        #expect(interactions[4].tape.head?.fields[.contentEncoding] == nil, "mitmproxy decodes")
        #expect(String(buffer: interactions[4].tape.body) == #"{"choices":[{"message":{"content":"Hello"}}]}"#)
        #expect(interactions[0].recordedAt == 1_795_932_000_123_456)
        #expect(interactions[0].tape.headGap == .microseconds(8_750))
        #expect(interactions[0].tape.frames.map(\.gap) == [.microseconds(2_250)])
        #expect(
            recordings.losses.map(\.what) == [
                "chunks and their times: the file has none",
                "the body was kept decoded: content-encoding 'gzip' is dropped",
                "content-length was not the length of the body that was kept: corrected",
            ]
        )
    }

    @Test("What is imported holds no credentials, and is found under the path that a recorder notes")
    func credentials() async throws {
        for name in ["vcrpy.yaml", "mitmproxy.har"] {
            let (_, recordings) = try read("\(Self.fixtures)/\(name)")
            let path = folder.file(name + ".cassette")
            try await CassetteCopy.make(at: path) { writer in
                try await writer.append(recordings) { RequestTarget("/x" + $0.raw) }
            }
            let bytes = Data(try folder.bytes(name + ".cassette"))
            #expect(bytes.range(of: Data("0123456789abcdef0123".utf8)) == nil)
            let cassette = try Cassette(path: path)
            #expect(try cassette.count() == 7)
            #expect(try cassette.interaction(1).interaction.request.target.raw == "/x/api/v1/chat/completions")
            await #expect(throws: CassetteError.exists(path: path)) { try await CassetteCopy.make(at: path) { _ in } }
        }
        #expect(try folder.names() == ["mitmproxy.har.cassette", "vcrpy.yaml.cassette"], "nothing half done is left")
    }

    @Test("HAR that is written is read back, but for what it cannot say")
    func archive() async throws {
        var failed = Interaction.make(frames: [], ending: .reset)
        failed.tape.head = nil
        let binary = Interaction.make(
            frames: [Frame(bytes: ByteBuffer(bytes: [0xFF, 0]))],
            fields: [.contentLength: "2"]
        )
        let writer = try CassetteWriter(path: folder.file("a.cassette"))
        for interaction in [.chat("one"), binary, failed] as [Interaction] {
            _ = try await writer.append(Redactor().redact(interaction))
        }
        try await writer.close()
        let archive = try HARExporter.archive(of: Cassette(path: folder.file("a.cassette")), version: "1")
        let recordings = try read(text: archive.pretty(), name: "a.har")
        let interactions = recordings.interactions.map(\.interaction)
        #expect(interactions[0].request == Interaction.chat("one").request)
        #expect(interactions[0].recordedAt == Interaction.chat("one").recordedAt)
        #expect(interactions[0].body == Interaction.chat("one").body)
        #expect(Array(interactions[1].tape.body.readableBytesView) == [0xFF, 0])
        #expect(interactions[2].tape.head == nil)
        #expect(interactions[2].completion == .interrupted)
        #expect(recordings.interactions[0].upstream == "https://openrouter.ai")
    }

    @Test("aimock's fixtures become requests with one message, streamed and not")
    func aimock() throws {
        let text = """
            {"fixtures": [
              {"match": {"userMessage": "hello", "sequenceIndex": 1}, "response": {"content": "Second"}},
              {"match": {"userMessage": "hello", "model": "openai/gpt-4o"},
               "response": {"content": "Hi, how are you doing today?"}, "latency": 30, "chunkSize": 12},
              {"match": {"userMessage": "weather", "toolName": "get_weather"},
               "response": {"toolCalls": [{"name": "get_weather", "arguments": {"city": "NYC"}}]}, "chaos": {}},
              {"match": {"userMessage": "fail"}, "response": {"error": {"message": "Slow down"}, "status": 429}},
              {"match": {"userMessage": "cut"}, "response": {"content": "abc"}, "truncateAfterChunks": 2},
              {"match": {"inputText": "embed"}, "response": {"embedding": [0.5]}},
              {"match": {"userMessage": "draw"}, "response": {"image": {"url": "x"}}}
            ]}
            """
        let recordings = try read(text: text, name: "fixtures.json")
        let interactions = recordings.interactions.map(\.interaction)
        #expect(
            interactions.map { String(buffer: $0.request.body) }.prefix(2) == [
                #"{"model":"openai/gpt-4o","messages":[{"role":"user","content":"hello"}]}"#,
                #"{"model":"openai/gpt-4o","messages":[{"role":"user","content":"hello"}],"stream":true}"#,
            ]
        )
        #expect(
            interactions[0].body
                == #"{"id":"gen-aimock-0","object":"chat.completion","created":1790000000,"model":"openai/gpt-4o","#
                + #""choices":[{"index":0,"message":{"role":"assistant","content":"Hi, how are you doing today?"},"#
                + #""finish_reason":"stop"}]}"#
        )
        #expect(interactions[1].tape.headGap == .milliseconds(30))
        #expect(
            interactions[1].tape.frames.map { String(buffer: $0.bytes) }.map {
                $0.firstMatch(of: /"delta":(.*),"finish/)?.1
            } == [
                #"{"role":"assistant","content":""}"#, #"{"content":"Hi, how are "}"#, #"{"content":"you doing to"}"#,
                #"{"content":"day?"}"#, "{}", nil,
            ]
        )
        #expect(interactions[2].body.contains(#""arguments":"{\"city\":\"NYC\"}""#))
        #expect(interactions[2].body.contains(#""finish_reason":"tool_calls""#))
        #expect(interactions[4].tape.head?.status.code == 429)
        #expect(interactions[4].body == #"{"error":{"code":429,"message":"Slow down"}}"#)
        #expect(interactions[7].tape.frames.count == 2)
        #expect(interactions[7].tape.ending == .reset)
        #expect(interactions[8].body.contains("Second"), "later turns come later")
        #expect(interactions.count == 10)
        #expect(
            recordings.losses.map(\.description) == [
                "matching by a part of the last message: only a request with just this message is answered (5 times)",
                "the condition 'toolName': a recording matches the whole request",
                "a fixture for any model: only 'openai/gpt-4o-mini' is answered (4 times)",
                "the setting 'chaos'",
                "a fixture without a 'userMessage' that is a text: left out",
                "a fixture whose response has 'image': left out",
            ]
        )
    }

    @Test("A file of no format is refused")
    func unknown() throws {
        let error = try #require(throws: CassetteError.self) { try read(text: "a: 1\n", name: "a.yaml") }
        #expect(
            "\(error)"
                == "\(folder.file("a.yaml")):1:1: this is none of the formats that can be imported: a recording's text, "
                + "HAR ('log'), vcrpy ('interactions'), aimock ('fixtures')"
        )
    }
}
