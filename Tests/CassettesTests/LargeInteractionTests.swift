import Foundation
import HTTPTypes
import NIOCore
import Tapes
import TestSupport
import Testing

@testable import Cassettes

/// Recordings whose answers are read piece by piece: the same answers as in memory, or an error.
@Suite("Large recordings")
struct LargeInteractionTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    /// How a body of some megabytes lies in its frames.
    enum Layout: String, CaseIterable {
        /// One frame, as of a file or of another tool.
        case one
        /// As reads bring it.
        case reads
        /// A frame an event, more of them than bytes would say.
        case events
        /// Chunks that came in pieces, with empty frames between.
        case chunks

        func frames(_ random: inout SplitMix) -> [Frame] {
            switch self {
            case .one:
                return [Frame(gap: .milliseconds(3), bytes: Self.bytes(2_500_001, &random))]
            case .reads:
                return (0..<60).map { Frame(gap: .microseconds(Int64($0)), bytes: Self.bytes(40_000 + $0, &random)) }
            case .events:
                return (0..<30_000).map { Frame(gap: .microseconds(7), bytes: Self.bytes(40 + $0 % 9, &random)) }
            case .chunks:
                return (0..<4).flatMap { _ in
                    [
                        Frame(bytes: Self.bytes(300_000, &random), chunk: .start(byteCount: 700_000)), Frame(""),
                        Frame(gap: .seconds(1), bytes: Self.bytes(400_000, &random), chunk: .rest),
                    ]
                }
            }
        }

        private static func bytes(_ count: Int, _ random: inout SplitMix) -> ByteBuffer {
            var bytes = ByteBuffer()
            while bytes.readableBytes < count { bytes.writeInteger(random.next()) }
            return bytes.getSlice(at: 0, length: count) ?? bytes
        }
    }

    private func tape(_ layout: Layout) -> Tape {
        var random = SplitMix(seed: 7)
        return Interaction.make(
            frames: layout.frames(&random),
            fields: [.contentType: "application/octet-stream"],
            ending: .reset
        ).tape
    }

    /// A cassette with one large answer under number 2, closed.
    private func record(_ tape: Tape, to name: String = "a.db") async throws {
        let writer = try CassetteWriter(path: folder.file(name))
        var interaction = Interaction.make(request: .make(#"{"model":"large"}"#))
        interaction.tape = tape
        // As the redactor would have it: what is random in here is no secret.
        try await writer.append([
            RedactedInteraction(trusting: .chat("first")), RedactedInteraction(trusting: interaction),
            RedactedInteraction(trusting: .chat("last")),
        ])
        try await writer.close()
    }

    private func find(_ cassette: Cassette, _ number: Int = 1) throws -> LargeInteraction {
        let entry = try cassette.index()[number]
        guard case .large(let large) = try cassette.interaction(entry, wholeUpTo: 1 << 20) else {
            throw NotLarge()
        }
        return large
    }

    private struct NotLarge: Error {}

    @Test("are read as they were recorded, in pieces of a bounded size", arguments: Layout.allCases)
    func pieces(_ layout: Layout) async throws {
        let tape = tape(layout)
        try await record(tape)
        let cassette = try Cassette(path: folder.file("a.db"))
        let large = try find(cassette)
        #expect(large.bodyByteCount == tape.bodyByteCount)
        #expect(large.frameCount == tape.frames.count)
        #expect(try cassette.verify().findings.isEmpty)
        var read = large.outline.interaction.tape
        #expect(read.frames.isEmpty)
        let reading = large.read()
        while true {
            let piece = try reading.next()
            #expect(piece.frames.reduce(0) { $0 + $1.bytes.readableBytes } <= StoredTape.pieceByteLimit)
            #expect(piece.frames.count <= 2_000)
            read.frames += piece.frames
            if piece.isLast { break }
        }
        // A frame that was cut is sent as it would have been whole.
        let whole = try cassette.interaction(2).interaction.tape
        #expect(whole.frames == tape.frames)
        #expect(WireEncoder.lower(read, for: .usual).body == WireEncoder.lower(whole, for: .usual).body)
        #expect(read.duration == whole.duration && read.ending == whole.ending)
        let stream = StreamEncoder.lower(read, for: .usual).wire.writes.map(\.bytes)
        #expect(stream == StreamEncoder.lower(whole, for: .usual).wire.writes.map(\.bytes))
        if layout != .one { #expect(read.frames.filter { $0.bytes.readableBytes > 0 }.count >= 8) }
    }

    @Test("of smaller bodies are found whole")
    func small() async throws {
        try await record(tape(.reads))
        let cassette = try Cassette(path: folder.file("a.db"))
        guard case .whole(let stored) = try cassette.interaction(try cassette.index()[0], wholeUpTo: 1 << 20) else {
            Issue.record("not whole")
            return
        }
        #expect(stored == (try cassette.interaction(1)))
    }

    @Test("are read side by side, also once the cassette is closed, and while others read")
    func sideBySide() async throws {
        let tape = tape(.chunks)
        try await record(tape)
        let cassette = try Cassette(path: folder.file("a.db"))
        let large = try find(cassette)
        let readings = (0..<8).map { _ in large.read() }
        var bodies = [ByteBuffer](repeating: ByteBuffer(), count: readings.count)
        var open = Set(readings.indices)
        while let some = open.min() {
            for index in open {
                let piece = try readings[index].next()
                for frame in piece.frames { bodies[index].writeImmutableBuffer(frame.bytes) }
                if piece.isLast { open.remove(index) }
            }
            if some == 0 { #expect((try? cassette.interaction(3)) != nil || bodies[0].readableBytes > 300_000) }
            // Whoever is reading may finish; nobody else begins.
            cassette.close()
        }
        for body in bodies { #expect(body == tape.body) }
        #expect(throws: CassetteError.closed(path: folder.file("a.db"))) { try large.read().next() }
    }

    @Test("of which any byte has changed never come to an end", arguments: Layout.allCases)
    func damage(_ layout: Layout) async throws {
        let tape = tape(layout)
        try await record(tape)
        let bytes = try folder.bytes("a.db")
        // Bytes of the body, from its beginning to its end.
        let body = Array(tape.body.readableBytesView)
        for part in [0, 1, 2, 3, 4] {
            let start = min(part * body.count / 4, body.count - 24)
            let place = try #require(bytes.firstRange(of: body[start..<start + 24]))
            var damaged = bytes
            damaged[place.lowerBound + 11] ^= 1
            try folder.write(damaged, to: "b.db")
            let cassette = try Cassette(path: folder.file("b.db"))
            let large = try find(cassette)
            var count = 0
            let error = #expect(throws: CassetteError.self) {
                try large.readThrough { count += $0.count }
            }
            #expect(
                error?.description.contains("interaction 2 is damaged: the hash of a body does not match its bytes")
                    == true,
                "\(String(describing: error))"
            )
            #expect(count < tape.frames.count + 20)
            #expect(try cassette.interaction(3).interaction.body == Interaction.chat("last").body)
        }
    }

    @Test("whose file is cut short fail with an error", arguments: [1, 100, 400])
    func cutFile(pageCount: Int) async throws {
        try await record(tape(.one))
        let bytes = try folder.bytes("a.db")
        try folder.write(Array(bytes.dropLast(pageCount * 4096)), to: "b.db")
        #expect(throws: CassetteError.self) {
            let cassette = try Cassette(path: folder.file("b.db"))
            try find(cassette).readThrough { _ in }
        }
    }

    @Test("keep others from writing while one is read, and no longer")
    func lock() async throws {
        try await record(tape(.one))
        let cassette = try Cassette(path: folder.file("a.db"))
        var reading: (any FrameReading)? = try find(cassette).read()
        _ = try reading?.next()
        // What is played stays in the file.
        #expect(throws: CassetteError.self) { _ = try CassetteWriter(path: folder.file("a.db"), older: .replaced) }
        reading = nil
        // The handle is closed on the connection's queue, where this comes behind it.
        _ = try cassette.count()
        let writer = try CassetteWriter(path: folder.file("a.db"), older: .replaced)
        _ = try await writer.append(RedactedInteraction(trusting: .chat("more")))
        cassette.close()
        try await writer.close()
    }

    @Test("in a folder of texts are read the same way")
    func textForm() async throws {
        let tape = tape(.reads)
        try await record(tape)
        let text = folder.file("text")
        _ = try Cassette(path: folder.file("a.db")).exportText(to: text)
        let large = try find(try Cassette(path: text))
        var body = ByteBuffer()
        try large.readThrough { frames in
            for frame in frames { body.writeImmutableBuffer(frame.bytes) }
        }
        #expect(body == tape.body)
    }

    @Test("with the same body are stored once")
    func deduplication() async throws {
        try await record(tape(.reads))
        let writer = try CassetteWriter(path: folder.file("a.db"))
        var interaction = Interaction.make(request: .make(#"{"model":"again"}"#))
        interaction.tape = tape(.reads)
        interaction.tape.frames = [Frame(bytes: interaction.tape.body)]
        _ = try await writer.append(RedactedInteraction(trusting: interaction))
        try await writer.close()
        #expect(try folder.bytes("a.db").count < 2 * interaction.tape.bodyByteCount)
        let cassette = try Cassette(path: folder.file("a.db"))
        #expect(try cassette.verify().findings.isEmpty)
        #expect(try find(cassette, 3).frameCount == 1)
    }
}

extension WireTape {
    fileprivate var body: ByteBuffer {
        var body = ByteBuffer()
        for write in writes { body.writeImmutableBuffer(write.bytes) }
        return body
    }
}
