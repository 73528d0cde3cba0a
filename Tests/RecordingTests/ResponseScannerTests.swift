import HTTPTypes
import NIOCore
import Tapes
import Testing

@testable import Recording

/// The upstream's own head and chunks, out of its raw bytes.
@Suite("Response scanner")
struct ResponseScannerTests {
    static let responses: [(name: String, bytes: String, reason: String, chunks: [Int])] = [
        (
            "chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n1\r\nd\r\n0\r\n\r\n", "OK",
            [3, 1]
        ),
        (
            "upper case and extension",
            "HTTP/1.1 200 Hi There\r\ntransfer-encoding: Chunked\r\n\r\nA;x=\"1\"\r\n0123456789\r\n0\r\n\r\n",
            "Hi There", [10]
        ),
        ("leading zeros", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0003\r\nabc\r\n0\r\n\r\n", "OK", [3]),
        (
            "data that looks like a size",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n5\r\nabc\r\n\r\n2\r\nok\r\n0\r\n\r\n", "OK",
            [8, 2]
        ),
        ("trailers", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n5: 6\r\n\r\n", "OK", [1]),
        (
            "an interim response first",
            "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 Real\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n",
            "Real", [2]
        ),
        ("a sized body", "HTTP/1.1 404 Nope\r\nContent-Length: 9\r\n\r\n3\r\nabc\r\n0", "Nope", []),
        ("no reason", "HTTP/1.1 200\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n", "", [1]),
        ("a size that is none", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n", "OK", []),
    ]

    @Test("finds reason and chunk sizes, whole, byte by byte and at every split", arguments: responses)
    func findsChunks(name: String, bytes: String, reason: String, chunks: [Int]) {
        let all = Array(bytes.utf8)
        let splits = [[all], all.map { [$0] }] + (1..<all.count).map { [Array(all[..<$0]), Array(all[$0...])] }
        for pieces in splits {
            let response = RawResponse()
            var scanner = ResponseScanner()
            for piece in pieces {
                piece.withUnsafeBytes { scanner.scan($0, into: response) }
            }
            let head = response.refine(ResponseHead(status: .ok))
            #expect(head.status.reasonPhrase == reason)
            let found = (0..<10).compactMap { response.chunkSize(at: $0) }
            #expect(found == chunks, "\(pieces.count) pieces")
        }
    }

    @Test("keeps header fields in their order and letter case, with bytes that are no UTF-8")
    func keepsFields() {
        let response = RawResponse()
        var scanner = ResponseScanner()
        let bytes =
            Array("HTTP/1.1 200 OK\r\nX-B:  two words \r\nx-a: ".utf8) + [0xE9] + Array("\r\nX-B: again\r\n\r\n".utf8)
        bytes.withUnsafeBytes { scanner.scan($0, into: response) }
        let fields = Array(response.refine(ResponseHead(status: .ok)).fields)
        #expect(fields.map(\.name.rawName) == ["X-B", "x-a", "X-B"])
        #expect(
            fields.map { $0.withUnsafeBytesOfValue { Array($0) } } == [
                Array("two words".utf8), [0xE9], Array("again".utf8),
            ]
        )
    }
}

/// Which of the upstream's chunks a piece of the body belongs to.
@Suite("Chunk tracker")
struct ChunkTrackerTests {
    @Test("tells whole chunks from pieces")
    func places() {
        let response = RawResponse()
        for size in [3, 5, 2] { response.appendChunk(byteCount: size) }
        var tracker = ChunkTracker(response)
        var places: [Frame.Chunk] = []
        for count in [3, 2, 2, 1, 2] { places.append(tracker.place(ByteBuffer(repeating: 1, count: count))) }
        #expect(places == [.whole, .start(byteCount: 5), .rest, .rest, .whole])
    }

    @Test("takes pieces for chunks where nothing is known of them")
    func unknown() {
        var tracker = ChunkTracker(nil)
        let place = tracker.place(ByteBuffer(string: "abc"))
        #expect(place == .whole)
    }
}
