internal import HTTPTypes
internal import NIOCore
package import Tapes

/// An interaction without secrets: the only thing a cassette takes, and only ``Redactor`` makes one.
package struct RedactedInteraction: Sendable, Hashable {
    package let interaction: Interaction

    /// Of the redacted request, which is what ``Fingerprinter`` finds for the original one.
    package private(set) var fingerprint: Fingerprint

    /// The base URL or URL the answer came from, or nil where it was no upstream.
    package let upstream: String?

    fileprivate init(_ interaction: Interaction, upstream: String?) {
        self.interaction = interaction
        self.upstream = upstream
        fingerprint = Fingerprint(redacted: interaction.request)
    }

    /// The same with the fingerprint that the rules of a cassette give it.
    func matched(by rules: MatchingRules) -> RedactedInteraction {
        if rules.isEmpty { return self }
        var matched = self
        matched.fingerprint = Fingerprint(redacted: interaction.request, rules: rules)
        return matched
    }
}

/// Replaces secrets by stable placeholders of the same length, before anything is hashed, shown or written.
///
/// Redacting twice changes nothing. Searched are the target, bodies and the header fields that stay; see
/// ``SecretShape``, ``NamedSecret``, ``RequestCredentials`` and ``RedactionPattern`` for what is found. Bodies are
/// searched as they are: what is compressed, base64 or spelled with `\u` escapes is not decoded.
package struct Redactor: Sendable {
    private let scanner = SecretScanner()
    private let patterns: [RedactionPattern]

    /// - Parameter patterns: What else is secret.
    package init(patterns: [RedactionPattern] = []) {
        self.patterns = patterns
    }

    /// The request without secrets and without the fields that are not on the allow-list.
    package func redact(_ request: Request) -> Request {
        redact(request, search(RequestCredentials(in: request.fields)))
    }

    /// The interaction without secrets.
    ///
    /// Frames keep their number, sizes and gaps.
    ///
    /// `upstream` is where the answer came from, nil for what the tape's origin says.
    package func redact(_ interaction: Interaction, upstream: String? = nil) -> RedactedInteraction {
        let fields = interaction.request.fields
        let head = interaction.tape.head
        let search = search(RequestCredentials(in: fields, responseFields: head?.fields ?? [:]))
        var redacted = interaction
        redacted.request = redact(interaction.request, search)
        redacted.tape = redact(interaction.tape, search)
        var url = upstream
        if url == nil, case .upstream(let origin) = interaction.tape.origin.source { url = origin }
        return RedactedInteraction(redacted, upstream: url.map { search.redacting($0, syntax: .pairs) })
    }

    /// The request as its fingerprint sees it: header fields do not count, and stay as they are.
    func redactForFingerprint(_ request: Request) -> Request {
        redact(request, search(RequestCredentials(in: request.fields)), includesFields: false)
    }

    private func search(_ credentials: RequestCredentials) -> SecretSearch {
        SecretSearch(scanner: scanner, credentials: credentials, patterns: patterns)
    }

    private func redact(_ request: Request, _ search: SecretSearch, includesFields: Bool = true) -> Request {
        let raw = request.target.raw
        let target = search.redacting(raw, syntax: .pairs)
        let isForm = request.mediaType == "application/x-www-form-urlencoded"
        return Request(
            method: request.method,
            target: target == raw ? request.target : RequestTarget(target),
            fields: includesFields ? RedactedFields.request(request.fields, search) : request.fields,
            body: search.redacting(request.body, syntax: isForm ? .pairs : .any)
        )
    }

    private func redact(_ tape: Tape, _ search: SecretSearch) -> Tape {
        var tape = tape
        if let head = tape.head {
            tape.head?.fields = RedactedFields.response(head.fields, search)
            let reason = search.redacting(head.status.reasonPhrase)
            tape.head?.status = HTTPResponse.Status(code: head.status.code, reasonPhrase: reason)
        }
        tape.trailers = RedactedFields.response(tape.trailers, search)
        guard !tape.frames.isEmpty else { return tape }
        let body = tape.body
        let redacted = search.redacting(body, syntax: Self.isEventStream(tape, body) ? .events : .any)
        guard redacted != body else { return tape }
        // Secrets may span frames: the body was searched whole and is cut where it was.
        var start = redacted.readerIndex
        for index in tape.frames.indices {
            let count = tape.frames[index].bytes.readableBytes
            tape.frames[index].bytes = redacted.getSlice(at: start, length: count) ?? ByteBuffer()
            start += count
        }
        return tape
    }

    private static func isEventStream(_ tape: Tape, _ body: ByteBuffer) -> Bool {
        if let mediaType = tape.head?.mediaType { return mediaType == "text/event-stream" }
        let start = body.readableBytesView.prefix(6)
        return ["data:", ":", "event:", "id:"].contains { start.starts(with: $0.utf8) }
    }
}
