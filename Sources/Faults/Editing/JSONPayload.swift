internal import NIOCore
internal import Tapes

/// A JSON document of an answer: an event's data, or the whole body.
struct JSONPayload {
    /// A part of the document that lies in one piece in the body.
    private struct Piece {
        /// In the document.
        let start: Int
        /// In the body.
        let range: Range<Int>
    }

    let bytes: [UInt8]
    let tokens: [JSONToken]

    private let pieces: [Piece]
    /// What goes when the document is replaced by one in its first piece.
    private let furtherLines: [Range<Int>]

    /// What ends the event's first `data` line; LF for a body.
    let lineEnd: [UInt8]

    /// Nil when the body is no JSON object or array.
    init?(body bytes: [UInt8]) {
        guard let tokens = JSONToken.scan(bytes) else { return nil }
        self.bytes = bytes
        self.tokens = tokens
        pieces = [Piece(start: 0, range: 0..<bytes.count)]
        furtherLines = []
        lineEnd = [UInt8(ascii: "\n")]
    }

    /// Nil when the data is no JSON object or array.
    init?(_ block: EventStreamLayout.Block, in stream: EventStreamLayout) {
        let bytes = stream.data(of: block)
        guard let tokens = JSONToken.scan(bytes) else { return nil }
        self.bytes = bytes
        self.tokens = tokens
        let lines = block.lines.filter(\.isData)
        var pieces: [Piece] = []
        var start = 0
        for line in lines {
            pieces.append(Piece(start: start, range: line.value))
            start += line.value.count + 1
        }
        self.pieces = pieces
        furtherLines = lines.dropFirst().map { $0.content.lowerBound..<$0.end }
        lineEnd = lines.first.map { Array(stream.bytes[$0.terminator]) } ?? []
    }

    /// Puts bytes into the document.
    func insertion(of bytes: some Sequence<UInt8>, at offset: Int) -> ByteEdit {
        let piece = pieces.last { $0.start <= offset }
        let place = piece.map { min($0.range.lowerBound + offset - $0.start, $0.range.upperBound) } ?? 0
        return .insertion(of: bytes, at: place)
    }

    /// Puts another payload of one line in the document's place.
    func replacement(by bytes: [UInt8]) -> [ByteEdit] {
        guard let first = pieces.first else { return [] }
        return [ByteEdit(range: first.range, bytes: bytes)] + furtherLines.map { .removal(of: $0) }
    }
}

extension AlteredTape {
    /// The documents of the answer, in their order; none for bodies that are neither JSON nor a stream of it.
    var jsonPayloads: [JSONPayload] {
        if let stream = eventStream {
            return stream.events.compactMap { JSONPayload($0, in: stream) }
        }
        guard let mediaType, mediaType == "application/json" || mediaType.hasSuffix("+json"), tape.allowsBody,
            hasPlainBody
        else { return [] }
        return JSONPayload(body: Array(tape.body.readableBytesView)).map { [$0] } ?? []
    }
}
