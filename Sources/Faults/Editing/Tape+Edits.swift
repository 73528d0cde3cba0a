internal import HTTPTypes
internal import NIOCore
internal import Tapes

extension Tape {
    /// Changes the bytes of the body; does nothing at all without edits.
    ///
    /// An announced length that was right stays right, one that was wrong stays as wrong. A chunk that was cut short
    /// stays cut short.
    mutating func apply(_ edits: [ByteEdit]) {
        guard !edits.isEmpty else { return }
        let (frames, gap) = edits.applied(to: self.frames)
        endingGap += gap
        replaceBody(with: frames)
    }

    /// Puts other frames, of ``Frame/Chunk/whole`` chunks, in the body's place, in the sense of ``apply(_:)``.
    mutating func replaceBody(with frames: [Frame]) {
        let byteCount = bodyByteCount
        let missingByteCount = missingChunkByteCount
        self.frames = frames
        addToLength(bodyByteCount - byteCount)
        guard missingByteCount > 0, let last = self.frames.indices.last else { return }
        let sentByteCount = self.frames[last].bytes.readableBytes
        self.frames[last].chunk = .start(byteCount: sentByteCount + missingByteCount)
    }

    /// Changes the announced length, where the body's framing is one.
    mutating func addToLength(_ difference: Int) {
        guard difference != 0, case .sized(let length)? = head?.framing else { return }
        let (sum, overflow) = length.addingReportingOverflow(difference)
        guard !overflow else { return }
        head?.fields[.contentLength] = String(max(0, sum))
    }

    /// Frames the body by a length.
    mutating func announceLength(_ byteCount: Int) {
        head?.fields[.transferEncoding] = nil
        head?.fields[.contentLength] = String(byteCount)
    }

    /// Bytes that the last chunk announces and does not bring; see ``Frame/Chunk``.
    var missingChunkByteCount: Int {
        var missing = 0
        for frame in frames where frame.bytes.readableBytes > 0 {
            if missing == 0, case .start(let byteCount) = frame.chunk { missing = byteCount }
            missing = max(0, missing - frame.bytes.readableBytes)
        }
        return missing
    }

    /// Whether the body goes out in chunks over HTTP/1.1.
    var isChunked: Bool {
        guard let head, !head.forbidsBody else { return false }
        return head.framing == .chunked || head.framing == .unframed
    }

    /// Whether the message has a body, or could have one.
    var allowsBody: Bool {
        head.map { !$0.forbidsBody } ?? false
    }

    /// Ends the body after so many bytes; does nothing when it is not longer than that.
    ///
    /// A chunk that is cut is announced in full, unless the message is to be a complete one.
    ///
    /// - Parameters:
    ///   - offset: bytes of the body that stay.
    ///   - ending: how the answer ends there.
    ///   - gap: time from the last byte to the ending.
    mutating func cut(atByte offset: Int, ending: Ending, after gap: Duration) {
        let removedByteCount = bodyByteCount - offset
        guard removedByteCount > 0 else { return }
        var rest = offset
        var kept: [Frame] = []
        for var frame in frames {
            guard rest > 0 else { break }
            let byteCount = frame.bytes.readableBytes
            if byteCount > rest, let start = frame.bytes.getSlice(at: frame.bytes.readerIndex, length: rest) {
                if frame.chunk == .whole, ending != .complete { frame.chunk = .start(byteCount: byteCount) }
                frame.bytes = start
            }
            rest -= min(rest, byteCount)
            kept.append(frame)
        }
        frames = kept
        if ending == .complete {
            for index in frames.indices { frames[index].chunk = .whole }
            addToLength(-removedByteCount)
        }
        self.ending = ending
        endingGap = gap
    }

    /// Nothing of the answer comes but its ending, after the time it took to its head.
    mutating func silence(ending: Ending) {
        head = nil
        frames = []
        trailers = [:]
        endingGap = .zero
        self.ending = ending
    }
}

extension AlteredTape {
    /// ``Tape/silence(ending:)``, with what was to be changed about the bytes forgotten.
    mutating func silence(ending: Ending) {
        tape.silence(ending: ending)
        codingChanges = []
        wireChanges = []
        streamChanges = []
    }
}
