internal import HTTPTypes
internal import NIOCore
internal import Playback
internal import Tapes
internal import Testing

@Suite("Compressed request bodies", .timeLimit(.minutes(2)))
struct CompressedRequestsTests {
    /// Made with Python's `gzip` and `zlib` from `hello`, and from 1,000,000 bytes of zero.
    private static let gzip = bytes("1f8b0800000000000203cb48cdc9c9070086a6103605000000")
    private static let deflate = bytes("789ccb48cdc9c90700062c0215")
    private static let gzipBomb =
        bytes("1f8b0800000000000203edc101010000008220ffaf6e484001") + [UInt8](repeating: 0, count: 968)
        + bytes("af069ecb791240420f00")

    private static func bytes(_ hex: String) -> [UInt8] {
        let digits = Array(hex.utf8).compactMap(\.hexDigitValue)
        return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }

    private static func damaged(_ bytes: [UInt8], at index: Int) -> [UInt8] {
        var bytes = bytes
        bytes[index] ^= 0xFF
        return bytes
    }

    private static let mismatch = "400 closing the request body does not match its Content-Encoding"

    @Test(
        "A compressed body is undone, and refused where that fails",
        arguments: [
            ("gzip", gzip, "200 POST /a hello"),
            ("GZIP", gzip, "200 POST /a hello"),
            ("deflate", deflate, "200 POST /a hello"),
            // The decompressor looks at the bytes, not at the name.
            ("deflate", gzip, "200 POST /a hello"),
            ("identity", Array("hello".utf8), "200 POST /a hello"),
            ("br", Array("hello".utf8), "200 POST /a hello"),
            // Bombs
            ("gzip", gzipBomb, "413 closing over 1500"),
            // Damage
            ("gzip", Array("hello".utf8), mismatch),
            ("gzip", damaged(gzip, at: 12), mismatch),
            ("gzip", damaged(gzip, at: gzip.count - 6), mismatch),
            ("deflate", damaged(deflate, at: 0), mismatch),
            // Truncation
            ("gzip", Array(gzip.dropLast()), mismatch),
            ("gzip", Array(gzip.dropLast(10)), mismatch),
            ("gzip", Array(gzip.prefix(3)), mismatch),
            ("deflate", Array(deflate.dropLast(2)), mismatch),
            // Garbage behind it
            ("gzip", gzip + [1, 2, 3], mismatch),
        ] as [(String, [UInt8], String)]
    )
    func table(coding: String, body: [UInt8], summary: String) async throws {
        var configuration = PlaybackConfiguration()
        configuration.bodyByteLimit = 1500
        try await PlaybackServer.run(configuration: configuration) { server in
            for isChunked in [false, true] {
                let head = "POST /a HTTP/1.1\r\nHost: h\r\nContent-Encoding: \(coding)\r\n"
                let client = try server.connect()
                if isChunked {
                    try await client.send(head + "Transfer-Encoding: chunked\r\n\r\n")
                    // A refusal may come, and the connection end, before all is sent.
                    for byte in body {
                        try? await client.send(bytes: Array("1\r\n".utf8) + [byte] + Array("\r\n".utf8))
                    }
                    await client.sendIfOpen("0\r\n\r\n")
                } else {
                    try await client.send(bytes: Array((head + "Content-Length: \(body.count)\r\n\r\n").utf8) + body)
                }
                #expect(try await client.receiveResponse().summary == summary, "chunked: \(isChunked)")
                if summary.hasPrefix("200") {
                    try await client.send("GET /again HTTP/1.1\r\nHost: h\r\n\r\n")
                    #expect(try await client.receiveResponse().summary == "200 GET /again")
                } else {
                    #expect(try await client.receiveToEnd().end == .endOfFile)
                }
            }
        }
    }

    @Test("The request that is answered no longer speaks of a coding that was undone", arguments: ["gzip", "br"])
    func fields(coding: String) async throws {
        let responder = StubResponder.echo()
        try await PlaybackServer.run(responder) { server in
            let client = try server.connect()
            let body = coding == "gzip" ? Self.gzip : Array("hello".utf8)
            let head =
                "POST /a HTTP/1.1\r\nHost: h\r\nContent-Encoding: \(coding)\r\nContent-Length: \(body.count)\r\n\r\n"
            try await client.send(bytes: Array(head.utf8) + body)
            _ = try await client.receiveResponse()
            let fields = responder.requests[0].fields
            #expect(fields[.contentEncoding] == (coding == "gzip" ? nil : "br"))
            #expect(fields[.contentLength] == (coding == "gzip" ? nil : "5"))
        }
    }
}
