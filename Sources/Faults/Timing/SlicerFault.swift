internal import NIOCore
package import Tapes

/// Cuts the body's frames into small writes at places that clients find hard, 1 ms apart unless told.
///
/// The gap makes the boundary visible on the wire: without one the kernel may send two writes in one segment. The word
/// is toxiproxy's.
package struct SlicerFault: Fault {
    enum Place: String, CaseIterable {
        /// After each `size` bytes.
        case bytes
        /// Inside each character of more than one byte, after its first byte.
        case utf8
        /// After each CR and each LF, so between CR and LF as well.
        case line
        /// After each block of an event stream.
        case event
        /// After a random number of bytes, `size` on average.
        case random
        /// Nowhere: the whole body leaves as one frame.
        case whole
    }

    package static let name = "slicer"
    package static let summary = "Cuts the body into small writes, at most 65,536 of them."
    package static let parameters = [at, size, every, chunks]

    private static let at = FaultParameter.choice(
        "at",
        "Where: after `size` bytes, inside each UTF-8 character of several bytes, after each CR and LF, after each event, "
            + "after a random number of bytes, or `whole`: everything in one write.",
        default: Place.bytes,
        isShorthand: true
    )
    private static let size = FaultParameter(
        "size",
        .byteCount(1...1 << 20),
        "Bytes in a slice, for `bytes`, and on average for `random`.",
        default: .integer(1)
    )
    private static let every = FaultParameter(
        "every",
        .duration,
        "Time between two slices, at least.",
        default: .duration(.milliseconds(1))
    )
    private static let chunks = FaultParameter(
        "chunks",
        .bool,
        "Whether each slice is an HTTP chunk of its own; otherwise they are writes within the chunk.",
        default: .bool(true)
    )

    package let arguments: FaultArguments
    private let place: Place
    private let size: Int
    private let gap: Duration
    private let makesChunks: Bool

    package init(_ arguments: FaultArguments) {
        self.arguments = arguments.withoutDefaults(of: Self.parameters)
        place = arguments.word(Self.at)
        size = arguments.integer(Self.size)
        gap = arguments.duration(Self.every)
        makesChunks = arguments.bool(Self.chunks)
    }

    package func alter(_ answer: inout AlteredTape, using generator: inout SeededGenerator) {
        guard place != .whole else { return answer.tape.joinFrames() }
        let boundaries = boundaries(in: answer, using: &generator)
        guard !boundaries.isEmpty else { return }
        let missingByteCount = answer.tape.missingChunkByteCount
        var frames: [Frame] = []
        var start = 0
        var rest = boundaries[...]
        var beginsSlice = false
        for frame in answer.tape.frames {
            let end = start + frame.bytes.readableBytes
            let inside = rest.prefix { $0 <= end }
            rest = rest.dropFirst(inside.count)
            var pieces = frame.split(at: inside.lazy.map { $0 - start }, gap: gap)
            if end > start {
                // A slice may begin where a frame does.
                if beginsSlice { pieces[0].gap = max(pieces[0].gap, gap) }
                beginsSlice = inside.last == end
            }
            frames += pieces
            start = end
        }
        if makesChunks {
            for index in frames.indices { frames[index].chunk = .whole }
            if missingByteCount > 0, let last = frames.indices.last {
                frames[last].chunk = .start(byteCount: frames[last].bytes.readableBytes + missingByteCount)
            }
        }
        answer.tape.frames = frames
    }

    /// Offsets in the body, in ascending order; also those where frames end anyway.
    private func boundaries(in answer: AlteredTape, using generator: inout SeededGenerator) -> [Int] {
        let total = answer.tape.bodyByteCount
        switch place {
        case .bytes: return Array(stride(from: size, to: total, by: size).prefix(FaultLimit.pieceCount))
        case .random:
            var offsets: [Int] = []
            var offset = 0
            while offsets.count < FaultLimit.pieceCount {
                offset += generator.integer(in: 1...(2 * size - 1))
                guard offset < total else { break }
                offsets.append(offset)
            }
            return offsets
        case .utf8: return offsets(after: { $0 >= 0xC0 }, in: answer.tape)
        case .line: return offsets(after: { $0 == 0x0A || $0 == 0x0D }, in: answer.tape)
        case .event:
            let blocks = answer.eventStream?.blocks.prefix(FaultLimit.pieceCount) ?? []
            return blocks.map(\.range.upperBound)
        case .whole: return []
        }
    }

    private func offsets(after isPlace: (UInt8) -> Bool, in tape: Tape) -> [Int] {
        var offsets: [Int] = []
        for (offset, byte) in tape.body.readableBytesView.enumerated() where isPlace(byte) {
            offsets.append(offset + 1)
            if offsets.count == FaultLimit.pieceCount { break }
        }
        return offsets
    }
}

extension Tape {
    /// Sends the body in one write, when its last byte was due.
    fileprivate mutating func joinFrames() {
        guard frames.count > 1 else { return }
        let gap = frames.reduce(Duration.zero) { $0 + $1.gap }
        replaceBody(with: [Frame(gap: gap, bytes: body)])
    }
}
