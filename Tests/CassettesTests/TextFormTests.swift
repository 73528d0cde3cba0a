import HTTPTypes
import NIOCore
import Tapes
import Testing

@testable import Cassettes

@Suite("Recordings as text")
struct TextFormTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test("A stream reads as an event a line with its offset, JSON over lines")
    func golden() async throws {
        var interaction = Interaction.make(
            request: .make(
                #"{"model": "openai/gpt-4o", "stream": true, "messages": [{"role": "user", "content": "It's é"}]}"#
            ),
            frames: [
                Frame(gap: .microseconds(250), ": OPENROUTER PROCESSING\n\n"),
                Frame(gap: .milliseconds(1), "event: message\ndata: {\"it's\":1}\n\n"),
                Frame("data: {\"n\":1}\n\ndata: {\"n\":2}\n\n"),
                Frame(gap: .microseconds(5), bytes: ByteBuffer(string: "data: [DO"), chunk: .start(byteCount: 14)),
                Frame(bytes: ByteBuffer(string: "NE]\n\n"), chunk: .rest),
                Frame(bytes: ByteBuffer(bytes: [0xFF, 0x00])), Frame(""),
            ],
            fields: [.contentType: "text/event-stream; charset=utf-8", .server: ""],
            ending: .reset,
            recordedAt: 1_790_000_000_000_125
        )
        interaction.tape.headGap = .microseconds(1_000)
        interaction.tape.endingGap = .microseconds(10)
        try await record([interaction])
        let name = "0001-\(Fingerprint(redacted: interaction.request).description.prefix(16)).yaml"
        #expect(try folder.text("text/\(name)").replacing(/fingerprint: .*/, with: "fingerprint: …") == Self.golden)
        #expect(
            try folder.text("text/cassette.yaml") == """
                # A cassette of openrouter-sim in text form, a file for each recording.
                # 'openrouter-sim cassette import' makes a single file of it; see docs/cassettes.md.
                format: 1

                """
        )
        #expect(try folder.mode("text/\(name)") == 0o600)
    }

    static let golden = """
        # A recording of openrouter-sim. Times are microseconds since the request had come in full.
        format: 1
        fingerprint: …
        recorded_at: 2026-09-21T14:13:20.000125Z
        completion: finished
        upstream: https://openrouter.ai/api/v1
        request:
          method: POST
          target: /api/v1/chat/completions
          headers:
            - Content-Type: application/json
          body:
            json_spaced: |
              {
                "model": "openai/gpt-4o",
                "stream": true,
                "messages": [
                  {
                    "role": "user",
                    "content": "It's é"
                  }
                ]
              }
        response:
          head_at: 1000
          version: '1.1'
          status: 200
          reason: OK
          headers:
            - Content-Type: text/event-stream; charset=utf-8
            - Server: ''
          frames:
            - {at: 1250, event: ': OPENROUTER PROCESSING'}
            - {at: 2250, event: ['event: message', 'data: {"it''s":1}']}
            - at: 2250
              events:
                - 'data: {"n":1}'
                - 'data: {"n":2}'
            - {at: 2255, chunk: 14, text: 'data: [DO'}
            - at: 2255
              chunk: rest
              text: |+
                NE]

            - {at: 2255, base64: '/wA='}
            - {at: 2255}
          ending: reset
          ending_at: 2265

        """

    @Test("A request that is recorded again changes its file and no other")
    func smallChange() async throws {
        try await record([.chat("one"), .chat("two"), .chat("three"), .chat("two", answer: "second")])
        let before = try files()
        #expect(before.count == 4)
        let writer = try CassetteWriter(path: folder.file("a.cassette"), older: .replaced)
        _ = try await writer.append(Redactor().redact(.chat("three", answer: "new")))
        try await writer.close()
        let counts = try Cassette(path: folder.file("a.cassette")).exportText(to: folder.file("text"))
        #expect(counts == TextExportCounts(written: 1, unchanged: 3))
        let after = try files()
        #expect(after.keys.sorted() == before.keys.sorted())
        #expect(after.keys.filter { after[$0] != before[$0] }.map { $0.prefix(5) } == ["0003-"])

        let pruned = try CassetteWriter(path: folder.file("a.cassette"))
        try await pruned.delete([1])
        try await pruned.close(compacting: true)
        #expect(
            try Cassette(path: folder.file("a.cassette")).exportText(to: folder.file("text"))
                == TextExportCounts(unchanged: 3, removed: 1)
        )
    }

    @Test("A recorder keeps a folder, file by file, and a second one stays out")
    func recording() async throws {
        let path = folder.file("text/")
        #expect(try !Cassette.exists(at: path))
        let writer = try CassetteWriter(path: path)
        #expect(try await writer.append(Redactor().redact(.chat("one"))) == 1)
        #expect(try files().count == 1, "written before append returns")
        #expect(throws: CassetteError.self) { try CassetteWriter(path: path) }
        _ = try await writer.append(Redactor().redact(.chat("two", completion: .interrupted)))
        try await writer.replace(2, with: Redactor().redact(.chat("two", answer: "all of it")))
        #expect(try files().count == 2)
        try await writer.close()

        let again = try CassetteWriter(path: folder.file("text"), older: .replaced)
        #expect(try await again.append(Redactor().redact(.chat("one", answer: "new"))) == 3)
        #expect(try await again.append(Redactor().redact(.chat("three"))) == 4)
        #expect(try await again.delete(Fingerprint(redacted: Interaction.chat("two").request)) == 1)
        try await again.close()
        #expect(try files().keys.sorted().map { $0.prefix(5) } == ["0001-", "0003-"])
        #expect(try folder.names() == ["text"], "no lock is left")
        let cassette = try Cassette(path: path)
        let bodies = try cassette.index().map { try cassette.interaction($0.id).interaction.body }
        #expect(bodies.map { $0.contains("new") } == [true, false])
        #expect(try Cassette.exists(at: path))
        #expect(try cassette.verify().isIntact)
    }

    @Test("Secrets in edited files do not get into the cassette, and the allow-list holds")
    func secrets() async throws {
        try await record([.chat("one")])
        let name = try #require(try files().keys.first)
        let key = "sk-or-v1-ffffeeeeddddccccbbbbaaaa99998888"
        let edited = try folder.text("text/\(name)")
            .replacing("content-type: application/json", with: "authorization: Bearer \(key)", maxReplacements: 1)
            .replacing("\"one\"", with: "\"one \(key)\"")
        try folder.write(Array(edited.utf8), to: "text/\(name)")
        let cassette = try Cassette(path: folder.file("text"))
        let stored = try cassette.interaction(1)
        #expect(stored.interaction.request.fields[.authorization] == nil)
        #expect(!stored.exportText.contains("ffffeeee"))
    }

    struct Mistake: Sendable, CustomTestStringConvertible {
        var from: String
        var to: String
        var says: String
        var testDescription: String { says }
    }

    static let mistakes = [
        Mistake(
            from: "format: 1",
            to: "format: 2",
            says: "2:9: this build reads format 1 of recordings; update openrouter-sim"
        ),
        Mistake(
            from: "completion: finished",
            to: "completion: done",
            says: "5:13: found 'done'; expected one of finished, client-left, interrupted"
        ),
        Mistake(
            from: "  status: 200",
            to: "  status: ok",
            says: "26:11: expected a whole number from 0 to 999"
        ),
        Mistake(
            from: "  ending: complete",
            to: "  endings: complete",
            says: "42:3: unknown key 'endings'; expected one of head_at, version, status, reason, headers, frames, "
                + "trailers, ending, ending_at"
        ),
        Mistake(from: "  ending: complete\n", to: "", says: "24:3: the key 'ending' is missing; add it"),
        Mistake(
            from: "\"role\": \"user\",",
            to: "\"role\": \"user\"",
            says:
                "19:13: unexpected '\"', expected ',' or '}'. Mend it, or name the key 'text' to keep what is there as it is"
        ),
        Mistake(
            from: "  ending_at: 0",
            to: "  ending_at: -1",
            says: "43:14: expected a whole number from 0 to 9223372036854775807"
        ),
        Mistake(
            from: "  head_at: 0",
            to: "  head_at: 7",
            says: "31:11: 0 is before 7, where the one before it stands; expected no less"
        ),
        Mistake(
            from: "target: /api/v1/chat/completions",
            to: "target: https://openrouter.ai/x",
            says: "9:11: expected a path such as /api/v1/chat/completions, with its query if there is one"
        ),
        Mistake(
            from: "    - Content-Type: application/json\n  body",
            to: "    - \"no name\": application/json\n  body",
            says: "11:7: 'no name' is no name of a header; expected letters, digits and hyphens"
        ),
        Mistake(
            from: "recorded_at: 2026-09-21T14:13:20.000000Z",
            to: "recorded_at: yesterday",
            says: "4:14: expected a time such as 2026-09-21T14:13:20.000125Z"
        ),
        Mistake(from: "method: POST", to: "method: [POST]", says: "8:11: found a sequence; expected a text"),
        Mistake(
            from: "method: POST",
            to: "method: !!python/object/apply:os.system [id]",
            says: "8:11: unknown tag 'tag:yaml.org,2002:python/object/apply:os.system' here; expected !!seq or none"
        ),
    ]

    @Test("A mistake in an edited file is told with its place", arguments: mistakes)
    func mistake(_ mistake: Mistake) async throws {
        try await record([.chat("one")])
        let name = try #require(try files().keys.first)
        let text = try folder.text("text/\(name)")
        #expect(text.contains(mistake.from))
        try folder.write(
            Array(text.replacing(mistake.from, with: mistake.to, maxReplacements: 1).utf8),
            to: "text/\(name)"
        )
        let error = try #require(throws: CassetteError.self) { try Cassette(path: folder.file("text")) }
        #expect("\(error)" == "\(folder.file("text"))/\(name):\(mistake.says)")
    }

    @Test(
        "Times are read back",
        arguments: [
            ("2026-11-21T04:32:08.125Z", 1_795_235_528_125_000), ("1969-12-31T23:59:59.999999Z", -1),
            ("2026-11-21T05:32:08.125+01:00", 1_795_235_528_125_000), ("2000-02-29", 951_782_400_000_000),
            ("2026-11-21T04:32:08Z", 1_795_235_528_000_000), ("2026-02-29", nil), ("2026-11-21T04:32", nil),
            ("2026-11-21T04:32:08", nil), ("", nil),
        ] as [(String, Int64?)]
    )
    func times(_ text: String, _ microseconds: Int64?) {
        #expect(Timestamp.microseconds(text) == microseconds)
    }

    /// Into `a.cassette` and from there into the folder `text`.
    private func record(_ interactions: [Interaction]) async throws {
        let writer = try CassetteWriter(path: folder.file("a.cassette"))
        for interaction in interactions { _ = try await writer.append(Redactor().redact(interaction)) }
        try await writer.close()
        _ = try Cassette(path: folder.file("a.cassette")).exportText(to: folder.file("text"))
    }

    /// The files of recordings with their texts.
    private func files() throws -> [String: String] {
        let names = try TextFolder(path: folder.file("text")).names()
        return try Dictionary(uniqueKeysWithValues: names.map { ($0, try folder.text("text/\($0)")) })
    }
}

extension TemporaryFolder {
    func text(_ name: String) throws -> String {
        String(decoding: try bytes(name), as: UTF8.self)
    }
}
