internal import NIOCore

/// Finds the end of answers without parsing more than is needed, so that the client costs little beside the server.
struct AnswerReader {
    /// How the end is found.
    enum Expectation: Sendable {
        /// The answer is known: it has exactly this many bytes, head included.
        case byteCount(Int)
        /// By `Content-Length`, or by the last chunk of a body that is an event stream.
        case framing
    }

    enum Progress {
        case incomplete
        case complete
    }

    private static let status = Array("HTTP/1.1 200".utf8)
    private static let lastChunk = Array("\r\n0\r\n\r\n".utf8)
    private static let headEnd = Array("\r\n\r\n".utf8)

    private let expectation: Expectation
    private var received = 0
    /// Bytes of the whole answer once they are known.
    private var wanted: Int?
    private var head: [UInt8] = []
    private var isHeadRead = false
    private var tail: [UInt8] = []

    init(_ expectation: Expectation) {
        self.expectation = expectation
    }

    /// - Throws: ``AnswerError`` when these bytes are not those of the answer that is expected.
    mutating func read(_ bytes: ByteBuffer) throws(AnswerError) -> Progress {
        if received == 0 { try requireSuccess(bytes) }
        received += bytes.readableBytes
        switch expectation {
        case .byteCount(let count): wanted = count
        case .framing: readFraming(bytes)
        }
        if let wanted {
            guard received <= wanted else { throw AnswerError("got \(received) bytes of an answer of \(wanted)") }
            guard received == wanted else { return .incomplete }
        } else {
            guard isHeadRead, tail == Self.lastChunk else { return .incomplete }
        }
        self = AnswerReader(expectation)
        return .complete
    }

    private func requireSuccess(_ bytes: ByteBuffer) throws(AnswerError) {
        guard bytes.readableBytesView.starts(with: Self.status) else {
            throw AnswerError("got '\(String(buffer: bytes).prefix(400))', expected status 200")
        }
    }

    private mutating func readFraming(_ bytes: ByteBuffer) {
        tail = Array((tail + bytes.readableBytesView.suffix(Self.lastChunk.count)).suffix(Self.lastChunk.count))
        guard !isHeadRead else { return }
        head += bytes.readableBytesView
        guard let end = head.indices.first(where: { head[$0...].starts(with: Self.headEnd) }) else { return }
        isHeadRead = true
        for line in String(decoding: head[..<end], as: UTF8.self).split(separator: "\r\n") {
            let parts = line.split(separator: ":", maxSplits: 1)
            if parts.count == 2, parts[0].lowercased() == "content-length" {
                let length = parts[1].filter { $0 != " " }
                wanted = Int(length).map { end + Self.headEnd.count + $0 }
            }
        }
        head = []
    }
}

/// An answer that is not the one expected.
struct AnswerError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
