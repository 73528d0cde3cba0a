import HTTPTypes
import NIOCore
import Tapes
import TestSupport
import Testing

@testable import Recording

/// What follows a response through its raw bytes, under hostile ones.
@Suite struct HTTPFuzzTests {
    private static let inputs = HostileInputs(
        [
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX: y\r\n\r\n3\r\nabc\r\n1\r\nd\r\n0\r\n\r\n",
            "HTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 200\r\ntransfer-encoding: Chunked\r\n\r\nA;x=1\r\n0123456789\r\n0\r\n\r\n",
            "HTTP/1.1 404 Not Here\r\nContent-Length: 3\r\n\r\nabc",
        ].map { Array($0.utf8) },
        words: [
            "\r\n", "\r\n\r\n", "HTTP/1.1 ", "HTTP/1.1 100 \r\n\r\n", "transfer-encoding: chunked\r\n", ": ",
            "fffffffffffffff", "ffffffffffffffff", "7fffffffffffffff", ";x\r\n", "0\r\n\r\n", " folded\r\n",
        ]
    )

    private struct Scan: Equatable {
        var head: ResponseHead
        var chunks: [Int]
    }

    private func scan(_ pieces: [ArraySlice<UInt8>], limit: Int) -> Scan {
        let response = RawResponse()
        var scanner = ResponseScanner()
        for piece in pieces { piece.withUnsafeBytes { scanner.scan($0, into: response) } }
        let chunks = (0...limit).compactMap { response.chunkSize(at: $0) }
        return Scan(head: response.refine(ResponseHead(status: .ok)), chunks: chunks)
    }

    @Test("A response says the same in one read and in many, and frames of any size find their chunk")
    func responses() {
        SelfFuzz(name: "http-response", rounds: 3000, inputs: Self.inputs).run { input, random in
            let whole = scan([input[...]], limit: input.count)
            try same(scan(input.pieces(using: &random), limit: input.count), whole, "in pieces, and whole")
            try same(scan(input.map { [$0][...] }, limit: input.count), whole, "byte by byte, and whole")
            try holds(whole.chunks.count <= input.count, "more chunks than bytes")
            let response = RawResponse()
            for size in whole.chunks { response.appendChunk(byteCount: size) }
            var tracker = ChunkTracker(response)
            for piece in input.pieces(using: &random) {
                if case .start(let size) = tracker.place(ByteBuffer(bytes: piece)) {
                    try holds(size > piece.count, "a chunk of \(size) bytes holds \(piece.count)")
                }
            }
        }
    }

    @Test("A request's target keeps its bytes")
    func targets() {
        let inputs = HostileInputs(
            ["/api/v1/chat/completions?a=1&b=%20&c", "http://host:1/x?y=%zz#f", "*", "/s/sse-x/api/v1//models/a%2Fb"]
                .map { Array($0.utf8) },
            words: ["/", "?", "&", "=", "%", "%2", "%00", "%FF", "..", "//", "+"],
            byteLimit: 500
        )
        SelfFuzz(name: "request-target", rounds: 2000, inputs: inputs).run { input, _ in
            let text = String(decoding: input, as: UTF8.self)
            let target = RequestTarget(text)
            try holds(target.queryItems.count <= input.count + 1, "\(target.queryItems.count) parameters")
            try same(RequestTarget(target.raw), target, "read again")
        }
    }
}
