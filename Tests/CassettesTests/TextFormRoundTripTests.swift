import HTTPTypes
import NIOCore
import Tapes
import Testing

@testable import Cassettes

@Suite("Recorded, exported and imported, an answer replays to the byte")
struct TextFormRoundTripTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    /// Records, exports, imports, and compares what replay gets from the three cassettes.
    func check(_ interactions: [Interaction], sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let metadata = ["rules": #"{"ignore":["/seed"]}"#, "note: # '": "two\nlines "]
        let writer = try CassetteWriter(path: folder.file("a.cassette"), metadata: metadata)
        for interaction in interactions { _ = try await writer.append(Redactor().redact(interaction)) }
        try await writer.close()
        let recorded = try Cassette(path: folder.file("a.cassette"))
        let counts = try recorded.exportText(to: folder.file("text"))
        #expect(counts == TextExportCounts(written: interactions.count), sourceLocation: sourceLocation)

        let text = try Cassette(path: folder.file("text"))
        try await CassetteCopy.make(at: folder.file("b.cassette"), metadata: text.metadata()) { writer in
            try await writer.append(text.index().map(\.id), of: text)
        }
        let imported = try Cassette(path: folder.file("b.cassette"))
        #expect(try imported.verify().findings == [])
        #expect(try imported.metadata() == recorded.metadata())
        for cassette in [text, imported] {
            #expect(try cassette.index() == recorded.index(), sourceLocation: sourceLocation)
            for entry in try recorded.index() {
                let before = try recorded.interaction(entry.id)
                let after = try cassette.interaction(entry.id)
                let difference = zip(before.lines, after.lines).first { $0 != $1 }
                #expect(difference?.0 == difference?.1, sourceLocation: sourceLocation)
                #expect(after.lines.count == before.lines.count, sourceLocation: sourceLocation)
                #expect(after.wire == before.wire, sourceLocation: sourceLocation)
            }
        }
        let again = try imported.exportText(to: folder.file("text"))
        #expect(again == TextExportCounts(unchanged: interactions.count), sourceLocation: sourceLocation)
    }

    @Test("Generated interactions", arguments: 0..<40)
    func generated(_ group: UInt64) async throws {
        try await check((0..<15).map { .generated(group * 15 + $0) })
    }

    @Test("The usual, the failed and the odd ones")
    func table() async throws {
        try await check(CassetteRoundTripTests.interactions.map(\.1))
    }

    @Test("Ten thousand chunks")
    func manyChunks() async throws {
        let frames = (0..<10_000).map { number in
            Frame(gap: .microseconds(Int64(number % 7) * 1_000), "data: {\"n\":\(number)}\n\n")
        }
        try await check([.make(frames: frames, fields: [.contentType: "text/event-stream"], ending: .reset)])
    }

    @Test("Ten thousand chunks of bytes that are no text, some of them in pieces, some of them empty")
    func manyBinaryChunks() async throws {
        let frames = (0..<10_000).map { number in
            let bytes = (0..<(number % 5)).map { UInt8(truncatingIfNeeded: 0x80 &+ number &* 37 &+ $0) }
            let chunk: Frame.Chunk = number % 11 == 3 ? .start(byteCount: 4) : number % 11 == 4 ? .rest : .whole
            return Frame(
                gap: .microseconds(Int64(number * 7_919 % 1_000)),
                bytes: ByteBuffer(bytes: bytes),
                chunk: chunk
            )
        }
        let fields: HTTPFields = [.contentType: "application/octet-stream", .transferEncoding: "chunked"]
        try await check([.make(frames: frames, fields: fields, ending: .close)])
    }
}

/// What a client gets of a recording: bytes with the times between them, and the end.
private struct PlayedWire: Equatable {
    var writes: [[UInt8]]
    var gaps: [Duration]
    var endingGap: Duration
    var ending: Ending
    var isPersistent: Bool
}

extension StoredInteraction {
    fileprivate var wire: PlayedWire {
        let wire = LoweredTape(interaction.tape).wire
        return PlayedWire(
            writes: wire.writes.map { Array($0.bytes.readableBytesView) },
            gaps: wire.writes.map(\.gap),
            endingGap: wire.endingGap,
            ending: wire.ending,
            isPersistent: wire.isPersistent
        )
    }

    /// Everything of a recording but the name of its file, a line each.
    ///
    /// Bytes are escaped where `String` would call different spellings equal.
    fileprivate var lines: [String] {
        let (request, tape) = (interaction.request, interaction.tape)
        var lines = [
            "\(fingerprint) \(upstream ?? "-") \(interaction.completion) \(interaction.recordedAt)",
            "\(request.method) \(Self.escaped(Array(request.target.raw.utf8)))",
        ]
        lines += Self.lines(of: request.fields)
        lines.append("body " + Self.escaped(Array(request.body.readableBytesView)))
        lines.append("\(tape.headGap) \(tape.head.map { "\($0.version) \($0.status.code)" } ?? "no head")")
        lines.append(Self.escaped(Array((tape.head?.status.reasonPhrase ?? "").utf8)))
        lines += Self.lines(of: tape.head?.fields ?? [:])
        lines += tape.frames.map { frame in
            "\(frame.gap) \(frame.chunk) \(Self.escaped(Array(frame.bytes.readableBytesView)))"
        }
        lines += Self.lines(of: tape.trailers)
        return lines + ["\(tape.endingGap) \(tape.ending)"]
    }

    private static func lines(of fields: HTTPFields) -> [String] {
        fields.map { "\($0.name.rawName): " + $0.withUnsafeBytesOfValue { escaped(Array($0)) } }
    }

    private static func escaped(_ bytes: [UInt8]) -> String {
        bytes.map { (0x20...0x7E).contains($0) ? String(UnicodeScalar($0)) : "\\\($0)" }.joined()
    }
}
