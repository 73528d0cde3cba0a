internal import NIOCore
internal import Tapes

/// Finds heads that came before on a connection, so that they need not be parsed again.
///
/// Clients that keep a connection send the same head again and again, but for the length of the body. It is compared
/// with the bytes of the latest ones, and only what is new goes to the decoder, which then says what it is.
///
/// Bytes in, steps out; no I/O.
///
/// ```
///  head ──came before──► its body ──all of it──► head
///    │───new and whole──► the decoder's head ──has a length──► the decoder's body ──all of it──► head
///    └───cut             └──chunked, no request──► the decoder gets all that comes from now on
/// ```
struct RepeatedHeads {
    enum Step {
        /// A head that came before, with what it means.
        case begin(OpenedRequest)
        /// A piece of its body.
        case body(ByteBuffer)
        /// The end of its body.
        case end
        /// A head for the decoder; ``decoded(_:)`` is to be told what it was.
        case decodeHead(ByteBuffer)
        /// Other bytes for the decoder.
        case decode(ByteBuffer)
    }

    private enum State {
        case head
        case body(left: Int)
        /// The decoder has this head.
        case decodingHead(ByteBuffer)
        case decodingBody(left: Int)
        /// Where a head begins is the decoder's to know from here on.
        case decodingAll
    }

    /// Heads that are remembered: clients alternate between few.
    private static let headLimit = 4
    /// So many new heads in a row are those of a client that repeats none.
    private static let newHeadLimit = 16

    private let bodyByteLimit: Int
    private var state = State.head
    private var heads: [RememberedHead] = []
    private var newHeadCount = 0

    /// - Parameter bodyByteLimit: what announces more is the decoder's to refuse.
    init(bodyByteLimit: Int) {
        self.bodyByteLimit = bodyByteLimit
    }

    /// What to do with the next of these bytes, which are taken away; nil for nothing until more come.
    mutating func next(_ bytes: inout ByteBuffer) -> Step? {
        switch state {
        case .head:
            return bytes.readableBytes == 0 ? nil : head(&bytes)
        case .body(left: 0):
            state = .head
            return .end
        case .decodingBody(left: 0):
            state = .head
            return next(&bytes)
        case .body(let left):
            guard let piece = bytes.readPiece(upTo: left) else { return nil }
            state = .body(left: left - piece.readableBytes)
            return .body(piece)
        case .decodingBody(let left):
            guard let piece = bytes.readPiece(upTo: left) else { return nil }
            state = .decodingBody(left: left - piece.readableBytes)
            return .decode(piece)
        case .decodingHead:
            preconditionFailure("what a decoded head was comes before more bytes")
        case .decodingAll:
            return bytes.readPiece(upTo: .max).map { .decode($0) }
        }
    }

    private mutating func head(_ bytes: inout ByteBuffer) -> Step {
        for index in heads.indices {
            guard let length = heads[index].takeHead(from: &bytes, bodyByteLimit: bodyByteLimit) else { continue }
            state = .body(left: length)
            newHeadCount = 0
            return .begin(heads[index].opened)
        }
        guard newHeadCount < Self.newHeadLimit, let head = bytes.readHead() else {
            heads = []
            state = .decodingAll
            return .decode(bytes.readSlice(length: bytes.readableBytes) ?? ByteBuffer())
        }
        state = .decodingHead(head)
        return .decodeHead(head)
    }

    /// Goes on behind a head that was decoded.
    ///
    /// - Parameter opened: what it has opened; nil where it was not the head of one request.
    mutating func decoded(_ opened: OpenedRequest?) {
        guard case .decodingHead(let head) = state else { return }
        guard let opened, case .length(let length) = opened.framing else {
            state = .decodingAll
            return
        }
        state = .decodingBody(left: length)
        newHeadCount += 1
        guard opened.isRepeatable, let remembered = RememberedHead(head, opened) else { return }
        if heads.count == Self.headLimit { heads.removeFirst() }
        heads.append(remembered)
    }
}

extension ByteBuffer {
    fileprivate mutating func readPiece(upTo limit: Int) -> ByteBuffer? {
        readableBytes == 0 ? nil : readSlice(length: Swift.min(limit, readableBytes))
    }

    /// Everything through the first empty line; nil when there is none.
    fileprivate mutating func readHead() -> ByteBuffer? {
        let length = withUnsafeReadableBytes { bytes -> Int? in
            var last = 3
            while last < bytes.count {
                switch bytes[last] {
                case UInt8(ascii: "\n"):
                    if bytes[last - 1] == UInt8(ascii: "\r"), bytes[last - 2] == UInt8(ascii: "\n"),
                        bytes[last - 3] == UInt8(ascii: "\r")
                    {
                        return last + 1
                    }
                    last += 1
                case UInt8(ascii: "\r"): last += 1
                // No other byte is in an empty line, so it ends at least four later.
                default: last += 4
                }
            }
            return nil
        }
        return length.flatMap { readSlice(length: $0) }
    }
}
