internal import Faults
internal import HTTPTypes
internal import NIOCore
internal import Tapes

extension Draft {
    /// The answer as it is sent.
    ///
    /// - Parameter offersGzip: whether the request named gzip in `Accept-Encoding`.
    /// - Returns: the tape, with the changes to its bytes.
    func rendered(offersGzip: Bool) -> AlteredTape {
        if let replacement { return AlteredTape(replacement.tape(gap: head.gap)) }
        if cut?.place == .beforeHead {
            let bytes = garbage.isEmpty ? [] : [Frame(bytes: ByteBuffer(bytes: garbage))]
            return AlteredTape(Tape(head: nil, frames: bytes, ending: cut?.ending ?? .close, origin: .server))
        }
        var stream = WrittenStream(blocks, lines, spelling)
        let end = cut.map { offset(of: $0.place, in: stream) } ?? stream.bytes.count
        let chunking = isCoded && offersGzip ? codedChunking ?? chunking : chunking
        var frames = Self.frames(&stream, cuts: chunking.cuts(in: stream), end: end, gap: frameGap)
        var fields = head.fields
        let byteCount = frames.reduce(0) { $0 + $1.bytes.readableBytes }
        switch head.framing {
        case .chunked: fields.append(("Transfer-Encoding", "chunked"))
        case .sized(let excess): fields.append(("Content-Length", String(byteCount + excess)))
        case .untilClose: fields.append(("Connection", "close"))
        }
        var ending = cut?.ending ?? .complete
        if let cut, cut.isInsideChunk, let last = frames.indices.last {
            frames[last].chunk = .start(byteCount: frames[last].bytes.readableBytes + 16)
        }
        if head.framing == .untilClose, ending == .complete { ending = .close }
        let tape = Tape(
            headGap: head.gap,
            head: ResponseHead(
                version: head.isHTTP10 ? .http10 : .http11,
                status: .init(code: head.status, reasonPhrase: head.reason ?? "OK"),
                fields: HTTPFields(fields)
            ),
            frames: frames,
            ending: ending,
            origin: .server
        )
        var altered = AlteredTape(tape)
        var generator = SeededGenerator(seed: 0)
        for fault in faults { fault.alter(&altered, using: &generator) }
        if isCoded, offersGzip, let fault = try? FaultTable.fault(named: "compression")?.init(FaultArguments()) {
            fault.alter(&altered, using: &generator)
        }
        return altered
    }

    /// The byte before which the body ends.
    private func offset(of place: Cut.Place, in stream: WrittenStream) -> Int {
        let carriers = stream.parts.filter { $0.role == .text || $0.role == .tool }
        let marker = stream.parts.first { $0.role == .finish || $0.role == .usage || $0.role == .sentinel }
        guard let first = carriers.first?.range.lowerBound else { return place == .end ? stream.bytes.count : 0 }
        switch place {
        case .beforeHead, .afterHead: return 0
        case .afterPart(let count): return count < 1 ? first : carriers[min(count, carriers.count) - 1].range.upperBound
        case .insidePart(let count):
            let range = carriers[min(count, carriers.count - 1)].range
            return range.lowerBound + range.count / 2
        case .insideCharacter:
            return Chunking.insideCharacter(1).cuts(in: stream).last { $0 < marker?.range.lowerBound ?? .max } ?? first
        case .beforeMarker: return marker?.range.lowerBound ?? stream.bytes.count
        case .afterMarker:
            return stream.parts.last { $0.role == .finish }?.range.upperBound ?? stream.bytes.count
        case .end: return stream.bytes.count
        }
    }

    private static func frames(_ stream: inout WrittenStream, cuts: [Int], end: Int, gap: Duration?) -> [Frame] {
        // A gap asked for before a block is a cut too.
        var gaps: [Int: Duration] = [:]
        for part in stream.parts where part.gap > .zero { gaps[part.range.lowerBound] = part.gap }
        let places = (Set(cuts).union(gaps.keys)).filter { $0 > 0 && $0 < end }.sorted()
        let pause = gap ?? min(.milliseconds(3), .milliseconds(300) / max(1, places.count))
        var frames: [Frame] = []
        var start = 0
        for place in places + [end] where place > start {
            let wait = gaps[start] ?? (start == 0 ? .zero : pause)
            frames.append(Frame(gap: wait, bytes: ByteBuffer(bytes: stream.bytes[start..<place])))
            start = place
        }
        return frames
    }
}

extension Draft.Replacement {
    fileprivate func tape(gap: Duration) -> Tape {
        var fields = fields
        fields.append(("Content-Length", String(body.count + excess)))
        return Tape(
            headGap: gap,
            head: ResponseHead(status: .init(code: status, reasonPhrase: ""), fields: HTTPFields(fields)),
            frames: body.isEmpty ? [] : [Frame(bytes: ByteBuffer(bytes: body))],
            ending: excess > 0 ? .close : .complete,
            origin: .server
        )
    }
}

extension HTTPFields {
    /// Names that are no tokens are left out.
    fileprivate init(_ fields: [(name: String, value: String)]) {
        self.init()
        for (name, value) in fields {
            guard let name = HTTPField.Name(name) else { continue }
            append(HTTPField(name: name, value: value))
        }
    }
}
