internal import NIOCore
internal import Tapes

/// Where whole blocks are put into a stream.
enum StreamPlace: String, CaseIterable {
    /// Before everything.
    case before
    /// Between each event and the next.
    case between
    /// After everything, but for an unfinished block, which stays last.
    case after
}

extension EventStreamLayout {
    /// Where the blocks before which something is to be put begin.
    func offsets(_ place: StreamPlace) -> [Int] {
        switch place {
        case .before: [start]
        case .between: events.dropFirst().map(\.range.lowerBound)
        case .after: [blocks.last.map { $0.isFinished ? bytes.count : $0.range.lowerBound } ?? bytes.count]
        }
    }

    /// Puts the same frames at each place, as many as ``FaultLimit`` allows.
    func insertions(of frames: [Frame], _ place: StreamPlace) -> [ByteEdit] {
        insertions(of: frames, at: offsets(place))
    }

    func insertions(of frames: [Frame], at offsets: [Int]) -> [ByteEdit] {
        let byteCount = frames.reduce(0) { $0 + $1.bytes.readableBytes }
        guard byteCount > 0 else { return [] }
        let limit = min(FaultLimit.pieceCount / frames.count, FaultLimit.addedByteCount / byteCount)
        return offsets.prefix(limit).map { .insertion(of: frames, at: $0) }
    }
}
