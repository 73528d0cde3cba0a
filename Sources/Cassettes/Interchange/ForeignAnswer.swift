internal import HTTPTypes
internal import NIOCore
internal import Tapes

/// An answer as other tools keep it: head and whole body, without the chunks it came in.
struct ForeignAnswer {
    var version = ResponseHead.Version.http11
    var status: HTTPResponse.Status
    var fields: HTTPFields
    var body: [UInt8]
    /// Time from the request to the head, and from there to the end of the body.
    var headGap = Duration.zero
    var bodyGap = Duration.zero

    /// The tape, with framing and coding fields that are true of the body that is there.
    ///
    /// An event stream becomes a frame for each event, anything else one frame.
    func tape(_ recordings: inout ImportedRecordings) -> Tape {
        var fields = fields
        if let coding = fields[.contentEncoding], !Self.isCoded(body, as: coding) {
            fields[.contentEncoding] = nil
            recordings.lose("the body was kept decoded: content-encoding '\(coding)' is dropped")
        }
        if !isChunked(fields), let length = fields[.contentLength], length != String(body.count) {
            fields[.contentLength] = String(body.count)
            recordings.lose("content-length was not the length of the body that was kept: corrected")
        }
        let head = ResponseHead(version: version, status: status, fields: fields)
        let isStream = head.mediaType == "text/event-stream"
        if isStream || isChunked(fields) { recordings.lose("chunks and their times: the file has none") }
        let pieces = isStream ? Self.events(of: body) : body.isEmpty ? [] : [body[...]]
        var frames = pieces.map { Frame(bytes: ByteBuffer(bytes: $0)) }
        if !frames.isEmpty { frames[0].gap = bodyGap }
        // Without a length the body ends with the connection.
        let ending: Ending = head.framing == .untilClose && !head.forbidsBody ? .close : .complete
        return Tape(headGap: headGap, head: head, frames: frames, ending: ending, origin: .server)
    }

    private func isChunked(_ fields: HTTPFields) -> Bool {
        fields[.transferEncoding]?.lowercased().contains("chunked") == true
    }

    /// Whether bytes can be of a coding, by their first ones; an unknown coding is believed.
    private static func isCoded(_ bytes: [UInt8], as coding: String) -> Bool {
        switch coding.lowercased().trimmingBlanks() {
        case "gzip", "x-gzip": bytes.starts(with: [0x1F, 0x8B])
        case "deflate": bytes.first.map { $0 & 0x0F == 8 } ?? true
        case "zstd": bytes.starts(with: [0x28, 0xB5, 0x2F, 0xFD])
        // Brotli has no magic number; what is text was decoded.
        case "br": ContentText.readable(bytes) == nil
        default: true
        }
    }

    /// Cuts behind each empty line.
    private static func events(of body: [UInt8]) -> [ArraySlice<UInt8>] {
        var events: [ArraySlice<UInt8>] = []
        var start = 0
        for index in body.indices.dropFirst() where body[index] == 0x0A {
            let isEnd = body[index - 1] == 0x0A || (index > 1 && body[index - 1] == 0x0D && body[index - 2] == 0x0A)
            guard isEnd, index + 1 > start else { continue }
            events.append(body[start...index])
            start = index + 1
        }
        if start < body.count { events.append(body[start...]) }
        return events
    }
}

/// A URL of another tool's request: where it went, and what of it a recording keeps.
struct ForeignURL {
    let target: RequestTarget
    /// Scheme and authority, or nil where there is none.
    let base: String?

    init(_ url: String) {
        target = RequestTarget(url.prefix { $0 != "#" }.withBlanksEncoded)
        let isAbsolute = url.contains("://")
        let authority = url.firstRange(of: "://").map { url[$0.upperBound...].prefix { !"/?#".contains($0) } }
        base = isAbsolute ? authority.map { String(url[..<$0.endIndex]) } : nil
    }
}

extension Substring {
    /// With blanks and control characters as clients send them, since they would end the target (RFC 3986 §2.1).
    fileprivate var withBlanksEncoded: String {
        var text = ""
        for scalar in unicodeScalars {
            if scalar.value > 0x20 && scalar.value != 0x7F {
                text.unicodeScalars.append(scalar)
            } else {
                text += (scalar.value < 16 ? "%0" : "%") + String(scalar.value, radix: 16, uppercase: true)
            }
        }
        return text
    }
}
