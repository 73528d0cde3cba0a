package import HTTPTypes

/// Status and header fields of an answer, in the order and letter case in which they are sent.
package struct ResponseHead: Sendable, Hashable {
    /// The version of the connection the answer came over, or is made for.
    package enum Version: String, Sendable, Hashable {
        case http10 = "1.0"
        case http11 = "1.1"
        case http2 = "2"
    }

    /// How a client finds the end of the body (RFC 9112 §6.3).
    package enum Framing: Sendable, Hashable {
        /// `Transfer-Encoding: chunked`.
        case chunked
        /// `Content-Length`, in bytes.
        case sized(Int)
        /// Neither: on HTTP/1.x the body ends with the connection.
        case untilClose
        /// Neither, because HTTP/2 frames its bodies itself.
        case unframed
    }

    /// Decides what missing framing fields mean; answers of our own are HTTP/1.1.
    package var version: Version

    /// Three-digit code with its reason phrase; the phrase may be empty.
    package var status: HTTPResponse.Status

    package var fields: HTTPFields

    package init(version: Version = .http11, status: HTTPResponse.Status, fields: HTTPFields = [:]) {
        self.version = version
        self.status = status
        self.fields = fields
    }
}

extension ResponseHead {
    /// The framing that the fields announce.
    ///
    /// With both fields, chunked wins (RFC 9112 §6.3, rule 3).
    package var framing: Framing {
        var lengths: [String] = []
        // In one pass: to ask for each field by its name costs more than all else about a head.
        for index in fields.indices {
            switch fields[index].name {
            case .transferEncoding where fields[index].value.containsIgnoringCase("chunked"): return .chunked
            case .contentLength: lengths.append(fields[index].value)
            default: break
            }
        }
        if lengths.count == 1, let length = Int(lengths[0]), length >= 0 { return .sized(length) }
        return version == .http2 ? .unframed : .untilClose
    }

    /// Whether the status forbids a body (RFC 9110 §6.4.1).
    package var forbidsBody: Bool {
        status.kind == .informational || status.code == 204 || status.code == 304
    }

    /// See ``HTTPFields/mediaType``.
    package var mediaType: String? { fields.mediaType }
}
