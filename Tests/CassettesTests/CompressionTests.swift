import Foundation
import HTTPTypes
import NIOCore
import OpenRouterAPI
import Tapes
import TestSupport
import Testing

@testable import Cassettes

@Suite("Compressed answers")
struct CompressionTests {
    let secret = SecretShapes.all[0]

    /// What Python's zlib makes of a text, flushed after each part.
    func compressed(_ parts: [String], _ coding: String, level: Int = 9) throws -> [[UInt8]] {
        let program = """
            import sys, json, zlib, base64
            parts, coding, level = json.loads(sys.argv[1]), sys.argv[2], int(sys.argv[3])
            c = zlib.compressobj(level, zlib.DEFLATED, {'gzip': 31, 'deflate': 15, 'raw': -15}[coding])
            out = [c.compress(p.encode()) + c.flush(zlib.Z_SYNC_FLUSH) for p in parts]
            out[-1] += c.flush()
            print('\\n'.join(base64.b64encode(o).decode() for o in out))
            """
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        let json = JSON.array(parts.map { .string($0) }).text
        process.arguments = ["python3", "-c", program, json, coding, String(level)]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return try text.split(separator: "\n").map { try #require(Base64.decoded($0)) }
    }

    /// What Python's zlib reads.
    func decompressed(_ bytes: [UInt8], _ coding: String) throws -> String {
        let frames = try CompressedBody([bytes], coding == "gzip" ? .gzip : .deflate)
        let program = """
            import sys, zlib, base64
            d = zlib.decompressobj({'gzip': 31, 'deflate': 15, 'raw': -15}[sys.argv[2]])
            sys.stdout.write(d.decompress(base64.b64decode(sys.argv[1])).decode()); assert d.eof
            """
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", program, Base64.encoded(bytes), coding]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        #expect(text == String(decoding: frames.bytes, as: UTF8.self))
        return text
    }

    func interaction(_ frames: [[UInt8]], _ coding: String) -> Interaction {
        let count = frames.reduce(0) { $0 + $1.count }
        return .make(
            frames: frames.map { Frame(gap: .milliseconds(1), bytes: ByteBuffer(bytes: $0)) },
            fields: [
                .contentType: "text/event-stream", .contentEncoding: coding == "raw" ? "deflate" : coding,
                .contentLength: String(count),
            ]
        )
    }

    @Test(
        "Secrets in them are replaced, frame by frame, and every client reads the rest",
        arguments: ["gzip", "deflate", "raw"],
        [0, 1, 9]
    )
    func secrets(_ coding: String, _ level: Int) throws {
        let filler = String(repeating: "all work and no play makes jack a dull boy ", count: 50)
        func parts(_ secret: String) -> [String] {
            let middle = secret.index(secret.startIndex, offsetBy: 20)
            return [secret[..<middle], secret[middle...]].map { part in
                #"data: {"choices":[{"index":0,"delta":{"content":"\#(part)"}}]}"# + "\n\n: \(filler)\n\n"
            } + ["data: [DONE]\n\n"]
        }
        let frames = try compressed(parts(secret), coding, level: level)
        let result = Redactor().redact(interaction(frames, coding))
        let tape = result.interaction.tape
        #expect(tape.frames.count == frames.count && tape.frames.allSatisfy { $0.bytes.readableBytes > 0 })
        #expect(tape.head?.fields[.contentLength] == String(tape.bodyByteCount))
        let expected = parts(Placeholder.text(secret))
        #expect(try decompressed(Array(tape.body.readableBytesView), coding) == expected.joined())
        var start: [[UInt8]] = []
        for (index, frame) in tape.frames.enumerated() {
            start.append(Array(frame.bytes.readableBytesView))
            let known = try CompressedBody(start, coding == "gzip" ? .gzip : .deflate).bytes
            #expect(String(decoding: known, as: UTF8.self) == expected[...index].joined())
        }
        #expect(Redactor().redact(result.interaction).interaction == result.interaction)
    }

    @Test("Answers without secrets stay as they were compressed", arguments: ["gzip", "deflate", "raw"])
    func harmless(_ coding: String) throws {
        let interaction = interaction(try compressed(["data: hello\n\n", "data: [DONE]\n\n"], coding), coding)
        #expect(Redactor().redact(interaction).interaction == interaction)
    }

    @Test("One that was cut off is searched as far as it goes, and stays cut off")
    func cut() throws {
        let whole = try compressed(["data: \(secret)\n\n", "data: more\n\n"], "gzip")
        let cut = [whole[0], Array(whole[1].prefix(4))]
        let result = Redactor().redact(interaction(cut, "gzip")).interaction.tape
        let body = try CompressedBody([Array(result.body.readableBytesView)], .gzip)
        #expect(String(decoding: body.bytes, as: UTF8.self).hasPrefix("data: \(Placeholder.text(secret))\n\n"))
    }

    @Test("Garbage that says it is compressed is searched as it is, and never crashes", arguments: 1...40)
    func garbage(_ seed: UInt64) throws {
        var random = SplitMix(seed: seed)
        var bytes = try compressed(["data: \(secret) \(seed)\n\n"], seed % 2 == 0 ? "gzip" : "deflate")[0]
        for _ in 0..<4 { bytes[Int(random.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: random.next()) }
        for coding in ["gzip", "deflate"] { _ = Redactor().redact(interaction([bytes], coding)) }
        let plain = interaction([Array(secret.utf8)], "gzip")
        #expect(Redactor().redact(plain).interaction.body == Placeholder.text(secret))
    }

    @Test("A body in another coding is not written", arguments: ["br", "zstd", "gzip, br"])
    func unsearchable(_ coding: String) async throws {
        let folder = try TemporaryFolder()
        let writer = try CassetteWriter(path: folder.file("a.cassette"))
        let redacted = Redactor().redact(interaction([[1, 2, 3]], coding))
        let error = await #expect(throws: CassetteError.self) { try await writer.append(redacted) }
        #expect(
            error?.description == "\(folder.file("a.cassette")): an answer in content coding '\(coding)' cannot be "
                + "searched for secrets and was not recorded. Let the client accept 'gzip', 'deflate' or 'identity' only."
        )
        try await writer.close()
    }

    @Test("A chunk that comes in pieces keeps what is missing of it")
    func chunks() {
        var tape = Interaction.make(frames: [Frame("abc"), Frame("de"), Frame("f")], fields: [.contentLength: "10"])
            .tape
        tape.frames[0].chunk = .start(byteCount: 7)
        tape.frames[1].chunk = .rest
        let new = tape.replacingFrames(with: [[1, 2, 3, 4], [5], [6, 7, 8]])
        #expect(new.frames.map(\.chunk) == [.start(byteCount: 7), .rest, .whole])
        #expect(new.head?.fields[.contentLength] == "12")
    }
}
