package import HTTPTypes
internal import NIOCore

/// An answer as HTTP/2 sends it on a stream: what a tape becomes where the protocol frames messages itself.
///
/// Times, bytes and ending are those of a wire tape, each write of which is one frame; the parts say which of the
/// writes stand for something else than body bytes.
package struct StreamTape: Sendable {
    package var wire: WireTape
    package var parts: Parts

    /// What a stream has besides body bytes.
    package struct Parts: Sendable {
        /// Sent by the first writes, whose bytes are empty: informational ones, then the one of the answer.
        package var heads: [ResponseHead]

        /// Sent by the last write, whose bytes are empty, unless there are none.
        package var trailers: HTTPFields

        /// The reason that the client is given where the answer does not end as it should.
        package var failure: Failure

        /// Whether the answer itself is still to come.
        package var isInterim: Bool

        package init(
            heads: [ResponseHead] = [],
            trailers: HTTPFields = [:],
            failure: Failure = .broken,
            isInterim: Bool = false
        ) {
            self.heads = heads
            self.trailers = trailers
            self.failure = failure
            self.isInterim = isInterim
        }
    }

    /// Why a stream ends early (RFC 9113 §7).
    package enum Failure: Sendable, Hashable {
        /// The server broke off: `INTERNAL_ERROR`.
        case broken
        /// What would have come is no HTTP: `PROTOCOL_ERROR`.
        case malformed
    }

    package init(wire: WireTape, parts: Parts) {
        self.wire = wire
        self.parts = parts
    }
}

extension StreamTape {
    /// The writes that are body bytes.
    package var bodyRange: Range<Int> {
        let end = wire.writes.count - (parts.trailers.isEmpty ? 0 : 1)
        return min(parts.heads.count, end)..<end
    }

    /// The head of the answer; nil where it dies before.
    package var head: ResponseHead? {
        get { parts.heads.last }
        set {
            guard let newValue, !parts.heads.isEmpty else { return }
            parts.heads[parts.heads.count - 1] = newValue
        }
    }

    /// Whether HTTP/1.1 would send the body in chunks, each of which is a frame here.
    package var isChunked: Bool {
        guard let head, !head.forbidsBody else { return false }
        return switch head.framing {
        case .chunked, .unframed: true
        case .sized, .untilClose: false
        }
    }

    /// Sends informational heads first, each so long before what comes next.
    package mutating func precede(with heads: [ResponseHead], lead: Duration) {
        guard !parts.heads.isEmpty else { return }
        for (index, head) in heads.enumerated() {
            let gap = index == 0 ? wire.writes[0].gap : lead
            parts.heads.insert(head, at: index)
            wire.writes.insert(WireTape.Write(gap: gap, bytes: ByteBuffer()), at: index)
        }
        if !heads.isEmpty { wire.writes[heads.count].gap = lead }
    }

    /// Adds trailers to an answer that is complete.
    package mutating func append(trailer name: HTTPField.Name, _ value: String) {
        guard wire.ending == .complete, !parts.heads.isEmpty else { return }
        if parts.trailers.isEmpty {
            wire.writes.append(WireTape.Write(gap: wire.endingGap, bytes: ByteBuffer()))
            wire.endingGap = .zero
        }
        parts.trailers.append(HTTPField(name: name, value: value))
    }

    /// Breaks off before a write, since what would come then is no HTTP.
    package mutating func fail(before index: Int) {
        guard index <= wire.writes.count else { return }
        wire.endingGap = index < wire.writes.count ? wire.writes[index].gap : wire.endingGap
        wire.writes.removeSubrange(index...)
        if index < parts.heads.count { parts.heads.removeSubrange(index...) }
        parts.trailers = [:]
        parts.failure = .malformed
        wire.ending = .close
    }
}
