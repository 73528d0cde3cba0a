internal import NIOCore
internal import Tapes

/// A change to a run of bytes that is spread over frames.
struct ByteEdit {
    /// What is replaced, counted from the start of the run; an empty range for an insertion.
    var range: Range<Int>

    /// Bytes that take the place: in the frame of the first byte replaced, or of the one before an insertion.
    var bytes: [UInt8] = []

    /// Frames of their own that come after ``bytes``; a frame that they fall into goes on after them without a gap.
    var frames: [Frame] = []

    /// Whether an insertion between two frames belongs to the later one.
    var joinsNext = false

    static func insertion(of bytes: some Sequence<UInt8>, at offset: Int, joinsNext: Bool = false) -> ByteEdit {
        ByteEdit(range: offset..<offset, bytes: Array(bytes), joinsNext: joinsNext)
    }

    /// Frames that leave on their own, before the frame that begins at the offset.
    static func insertion(of frames: [Frame], at offset: Int) -> ByteEdit {
        ByteEdit(range: offset..<offset, frames: frames)
    }

    static func removal(of range: Range<Int>) -> ByteEdit {
        ByteEdit(range: range)
    }
}

extension [ByteEdit] {
    /// Makes the changes in one pass.
    ///
    /// Frames that have no bytes left vanish, and their gap is added to what comes next. Each frame is a chunk of its
    /// own afterwards.
    ///
    /// - Precondition: the edits are in order and do not overlap.
    /// - Returns: the frames, and the gap that is left over at the end.
    func applied(to frames: [Frame]) -> (frames: [Frame], gap: Duration) {
        var result: [Frame] = []
        result.reserveCapacity(frames.count + count)
        var pending = Frame(bytes: ByteBuffer())
        func flush() {
            guard pending.bytes.readableBytes > 0 else { return }
            result.append(pending)
            pending = Frame(bytes: ByteBuffer())
        }
        var edits = self[...]
        var cursor = 0
        var start = 0
        func make(_ edit: ByteEdit) {
            pending.bytes.writeBytes(edit.bytes)
            guard !edit.frames.isEmpty else { return }
            flush()
            result += edit.frames
        }
        for (index, frame) in frames.enumerated() {
            let end = start + frame.bytes.readableBytes
            func copy(to offset: Int) {
                guard cursor < offset else { return }
                let piece = frame.bytes.getSlice(
                    at: frame.bytes.readerIndex + cursor - start,
                    length: offset - cursor
                )
                if var piece { pending.bytes.writeBuffer(&piece) }
                cursor = offset
            }
            pending.gap += frame.gap
            while let edit = edits.first {
                let offset = edit.range.lowerBound
                let isHere =
                    offset < end || (offset == end && edit.range.isEmpty && !edit.joinsNext)
                    || index == frames.count - 1
                guard isHere else { break }
                edits.removeFirst()
                copy(to: Swift.min(offset, end))
                make(edit)
                cursor = Swift.max(cursor, edit.range.upperBound)
            }
            copy(to: end)
            flush()
            start = end
        }
        for edit in edits { make(edit) }
        flush()
        return (result, pending.gap)
    }
}
