import Foundation
import HTTPTypes
import NIOCore
import Tapes
import Testing

@testable import Cassettes

@Suite("What goes into a cassette comes out")
struct CassetteRoundTripTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    static let interactions: [(String, Interaction)] = [
        ("usual", .make()),
        ("no frames", .make(frames: [])),
        ("empty frames", .make(frames: [Frame(""), Frame("a"), Frame("")])),
        (
            "gaps",
            {
                var interaction = Interaction.make(frames: [
                    Frame(gap: .microseconds(1), "data: 1\n\n"), Frame(gap: .seconds(86_400), "data: 2\n\n"),
                    Frame("x"),
                ])
                interaction.tape.headGap = .milliseconds(250)
                interaction.tape.endingGap = .microseconds(7)
                return interaction
            }()
        ),
        ("reset", .make(ending: .reset)),
        ("close", .make(ending: .close)),
        (
            "stall without a head",
            {
                var interaction = Interaction.make(frames: [], ending: .stall, completion: .clientLeft)
                interaction.tape.head = nil
                return interaction
            }()
        ),
        (
            "garbage without a head",
            {
                var interaction = Interaction.make(ending: .reset, completion: .interrupted)
                interaction.tape.head = nil
                return interaction
            }()
        ),
        (
            "binary bodies",
            {
                let bytes = (0...255).map { UInt8($0) }
                var interaction = Interaction.make(frames: [Frame(bytes: ByteBuffer(bytes: bytes + [0, 0xFF, 0xC3]))])
                interaction.request.body = ByteBuffer(bytes: bytes)
                return interaction
            }()
        ),
        (
            "odd fields",
            {
                var interaction = Interaction.make()
                var fields = HTTPFields()
                for (name, value) in [("X-b", "1"), ("x-A", ""), ("X-B", "2, 3"), ("TRANSFER-encoding", "chunked")] {
                    if let name = HTTPField.Name(name) { fields.append(HTTPField(name: name, value: value)) }
                }
                if let name = HTTPField.Name("x-latin1") {
                    fields.append(HTTPField(name: name, lenientValue: [0xE9, 0x80]))
                }
                interaction.tape.head = ResponseHead(
                    version: .http10,
                    status: .init(code: 299, reasonPhrase: "Sort of Fine"),
                    fields: fields
                )
                if let name = HTTPField.Name("X-Checksum") { interaction.tape.trailers = [name: "abc"] }
                interaction.request.fields = [.userAgent: "Test/1", .accept: "*/*"]
                return interaction
            }()
        ),
        (
            "HTTP/2, other method and query",
            {
                var interaction = Interaction.make(
                    request: .make("", method: .delete, target: "/api/v1/keys/a%2Fb?x=%20&y")
                )
                interaction.tape.head = ResponseHead(version: .http2, status: .noContent)
                interaction.tape.frames = []
                return interaction
            }()
        ),
    ]

    @Test("Interactions with", arguments: interactions)
    func roundTrip(_ what: String, _ interaction: Interaction) async throws {
        let path = folder.file("a.db")
        let redacted = Redactor().redact(interaction)
        #expect(redacted.interaction == interaction, "nothing to redact in these")
        let writer = try CassetteWriter(path: path)
        let id = try await writer.append(redacted)
        try await writer.close()

        let cassette = try Cassette(path: path)
        let stored = try cassette.interaction(id)
        var expected = interaction
        expected.tape.origin = Origin(.cassette(file: path, interaction: id))
        #expect(stored.interaction == expected)
        #expect(stored.interaction.tape.head?.fields.lines == expected.tape.head?.fields.lines, "order and letter case")
        #expect(stored.interaction.request.fields.lines == expected.request.fields.lines)
        #expect(stored.fingerprint == redacted.fingerprint)
        #expect(stored.upstream == "https://openrouter.ai/api/v1")
        #expect(
            try cassette.index() == [
                .init(id: id, fingerprint: redacted.fingerprint, completion: interaction.completion)
            ]
        )
        #expect(try cassette.verify().findings == [])
    }

    @Test("A cassette is one file that only its owner reads, in SQLite's format with our name on it")
    func file() async throws {
        let writer = try CassetteWriter(path: folder.file("a.db"))
        _ = try await writer.append(Redactor().redact(.make()))
        for name in try folder.names() {
            #expect(try folder.mode(name) == 0o600, "\(name)")
        }
        try await writer.close()
        try await writer.close()
        #expect(try folder.names() == ["a.db"])
        let bytes = try folder.bytes("a.db")
        #expect(Array(bytes[..<16]) == Array("SQLite format 3\0".utf8))
        #expect(Array(bytes[18...19]) == [1, 1], "no write-ahead log is needed to read it")
        #expect(Array(bytes[60..<64]) == [0, 0, 0, 3])
        #expect(Array(bytes[68..<72]) == Array("ORSC".utf8))
        let cassette = try Cassette(path: folder.file("a.db"))
        #expect(try cassette.count() == 1)
        #expect(try cassette.fingerprintVersion() == Fingerprint.version)
        #expect(try folder.names() == ["a.db"], "reading leaves nothing behind")
        try FileManager.default.setAttributes([.posixPermissions: 0o400], ofItemAtPath: folder.file("a.db"))
        #expect(try Cassette(path: folder.file("a.db")).count() == 1)
    }

    @Test("Identical bodies are stored once; recordings replay in the order they were made")
    func deduplication() async throws {
        let writer = try CassetteWriter(path: folder.file("a.db"))
        for number in 1...5 {
            let id = try await writer.append(Redactor().redact(.chat("same", answer: number == 3 ? "other" : "same")))
            #expect(id == Int64(number))
        }
        try await writer.close()
        let cassette = try Cassette(path: folder.file("a.db"))
        let statistics = try cassette.statistics()
        #expect(statistics.interactionCount == 5)
        #expect(statistics.fingerprintCount == 1)
        #expect(statistics.bodyCount == 3)
        #expect(statistics.sharedByteCount > 0)
        #expect(try cassette.index().map(\.id) == [1, 2, 3, 4, 5])
        let answers = try cassette.index().map { try cassette.interaction($0.id).interaction.body.contains("other") }
        #expect(answers == [false, false, true, false, false])
    }

    @Test("No byte of a secret is in the database, its log or its index, before and after closing")
    func secrets() async throws {
        let key = "sk-or-v1-ffffeeeeddddccccbbbbaaaa99998888"
        var request = Request.make(
            #"{"model":"m","messages":["\#(key) and hunter2hunter2"],"password":"hunter2hunter2"}"#,
            target: "/api/v1/chat/completions?key=\(key)",
            fields: [.authorization: "Bearer \(key)", .cookie: "session=\(key)", .userAgent: "me \(key)"]
        )
        request.fields[.referer] = "https://example.com/?token=\(key)"
        var fields: HTTPFields = [.contentType: "text/event-stream", .setCookie: "session=\(key)"]
        fields[.server] = "upstream \(key)"
        let cut = key.index(key.startIndex, offsetBy: 20)
        let deltas = [key[..<cut], key[cut...]].map { #"data: {"choices":[{"delta":{"content":"\#($0)"}}]}"# + "\n\n" }
        let frames = [Frame("data: \(key.prefix(9))"), Frame("\(key.dropFirst(9))\n\n")] + deltas.map { Frame($0) }
        var interaction = Interaction.make(request: request, frames: frames, fields: fields)
        interaction.tape.trailers = [.server: key]
        interaction.tape.origin = Origin(.upstream(url: "https://example.com/?key=\(key)"))
        let writer = try CassetteWriter(path: folder.file("a.db"))
        let redactor = Redactor(patterns: [try RedactionPattern("hunter2hunter2")])
        let id = try await writer.append(redactor.redact(interaction))
        try await writer.replace(id, with: redactor.redact(interaction))
        // Any eight bytes in a row would tell too much; the deltas are cut at 20.
        let needles = [key.dropFirst(9).prefix(8), key.suffix(8), "hunter2h"].map { Data($0.utf8) }
        func search(_ names: [String]) throws {
            #expect(try folder.names() == names)
            for name in names {
                let bytes = Data(try folder.bytes(name))
                for needle in needles { #expect(bytes.range(of: needle) == nil, "\(name)") }
            }
        }
        try search(["a.db", "a.db-lock", "a.db-shm", "a.db-wal"])
        try await writer.close()
        try search(["a.db"])
    }
}
