internal import HTTPTypes
internal import NIOCore
internal import OpenRouterAPI
internal import Tapes

extension Tape {
    /// As the control API shows an answer: head, frames with the time of each since the end of the request, ending, and
    /// the diagram of all of it.
    ///
    /// Bytes that are no UTF-8, such as those of a character that is cut in two, are shown as U+FFFD; what is compressed
    /// or is no text is shown by its length alone.
    ///
    /// - Parameters:
    ///   - bodyByteCount: of the whole body, where this one may be cut; nil where it is not.
    ///   - frameCount: likewise.
    /// - Returns: what the control API shows.
    func json(bodyByteCount: Int? = nil, frameCount: Int? = nil) -> JSON {
        let showsText = isText
        var at = headGap
        var shown: [JSON] = []
        for frame in frames {
            at += frame.gap
            var object: JSONObject = [
                "at_us": .integer(Int(at.microseconds)),
                "bytes": .integer(frame.bytes.readableBytes),
            ]
            object.append(
                "text",
                showsText ? .string(String(decoding: frame.bytes.readableBytesView, as: UTF8.self)) : nil
            )
            shown.append(.object(object))
        }
        let isCut = (frameCount ?? frames.count) > frames.count || (bodyByteCount ?? 0) > self.bodyByteCount
        return [
            "status": head.map { .integer($0.status.code) } ?? .null,
            "reason": head.map { .string($0.status.reasonPhrase) } ?? .null,
            "headers": .array(head.map { pairs($0.fields) } ?? []),
            "head_us": .integer(Int(headGap.microseconds)),
            "frames": .array(shown),
            "trailers": .array(pairs(trailers)),
            "ending": .string(ending.rawValue),
            "ending_us": .integer(Int(duration.microseconds)),
            "bytes": .integer(bodyByteCount ?? self.bodyByteCount),
            "frame_count": .integer(frameCount ?? frames.count),
            "cut": .bool(isCut),
            "diagram": showsText ? .string(diagram(tick: .milliseconds(10))) : .null,
        ]
    }

    private func pairs(_ fields: HTTPFields) -> [JSON] {
        fields.map { [.string($0.name.rawName), .string($0.value)] }
    }

    private var isText: Bool {
        guard let head else { return true }
        if let coding = head.fields[.contentEncoding], !coding.isEmpty, coding != "identity" { return false }
        guard let type = head.mediaType else { return true }
        return type.hasPrefix("text/") || type.contains("json") || type.contains("xml")
    }
}
