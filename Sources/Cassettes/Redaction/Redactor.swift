internal import HTTPTypes
internal import NIOCore
internal import OpenRouterAPI
package import Tapes

/// An interaction without secrets: the only thing a cassette takes, and only ``Redactor`` makes one.
package struct RedactedInteraction: Sendable, Hashable {
    package let interaction: Interaction

    /// Of the redacted request, which is what ``Fingerprinter`` finds for the original one.
    package private(set) var fingerprint: Fingerprint

    /// The base URL or URL the answer came from, or nil where it was no upstream.
    package let upstream: String?

    /// Why it must not be written, or nil.
    let unsearchable: UnsearchableBody?

    /// For ``Redactor`` alone, and for tests of what older versions wrote.
    init(trusting interaction: Interaction, upstream: String? = nil) {
        self.interaction = interaction
        self.upstream = upstream
        fingerprint = Fingerprint(redacted: interaction.request)
        unsearchable = interaction.tape.unsearchable
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
/// Redacting twice changes nothing. Searched are the target, bodies and the header fields that stay, also behind
/// escapes, base64 and the cuts between deltas; see ``SecretSearch``. What is found once is looked for in the rest of
/// the exchange too, whatever stands before it there. What a request is replaced by depends on the request alone.
package struct Redactor: Sendable {
    private let scanner = SecretScanner()
    package let rules: RedactionRules

    /// - Parameter rules: What else is secret.
    package init(rules: RedactionRules = RedactionRules()) {
        self.rules = rules
    }

    /// - Parameter patterns: What else is secret.
    package init(patterns: [RedactionPattern]) {
        self.init(rules: RedactionRules(patterns: patterns))
    }

    /// The request without secrets and without the fields that are not on the allow-list.
    package func redact(_ request: Request) -> Request {
        var search = search(request)
        return redact(request, &search)
    }

    /// The interaction without secrets.
    ///
    /// Frames keep their number, sizes and gaps; but where a compressed body holds a secret they get other sizes, since
    /// it is compressed again.
    ///
    /// `upstream` is where the answer came from, nil for what the tape's origin says.
    package func redact(_ interaction: Interaction, upstream: String? = nil) -> RedactedInteraction {
        var search = search(interaction.request)
        var redacted = interaction
        // First by itself, as for a fingerprint; what only the answer tells to be secret is replaced after that.
        redacted.request = redact(interaction.request, &search)
        search.credentials.add(in: interaction.tape.head?.fields ?? [:])
        redacted.request = redact(redacted.request, &search)
        redacted.tape = redact(interaction.tape, search)
        if search.learn() { redacted.tape = redact(redacted.tape, search) }
        var url = upstream
        if url == nil, case .upstream(let origin) = interaction.tape.origin.source { url = origin }
        return RedactedInteraction(trusting: redacted, upstream: url.map { search.redacting($0, syntax: .pairs) })
    }

    /// The request as its fingerprint sees it: header fields do not count, and stay as they are.
    func redactForFingerprint(_ request: Request) -> Request {
        var search = search(request)
        return redact(request, &search, includesFields: false)
    }

    /// What is looked for in an exchange with this request.
    func search(_ request: Request) -> SecretSearch {
        SecretSearch(
            scanner: scanner,
            credentials: RequestCredentials(in: request.fields),
            patterns: rules.patterns,
            pointers: rules.pointers + SensitiveEndpoint.pointers(path: request.target.path)
        )
    }

    private func redact(_ request: Request, _ search: inout SecretSearch, includesFields: Bool = true) -> Request {
        let once = redactOnce(request, search)
        // Before the fields, so that what they hold is the same for a fingerprint and for a recording.
        let isMore = search.learn()
        let twice = isMore ? redactOnce(once, search) : once
        guard includesFields else { return twice }
        var redacted = twice
        redacted.fields = RedactedFields.request(request.fields, search)
        return redacted
    }

    private func redactOnce(_ request: Request, _ search: SecretSearch) -> Request {
        let raw = request.target.raw
        let target = search.redacting(raw, syntax: .pairs)
        return Request(
            method: request.method,
            target: target == raw ? request.target : RequestTarget(target),
            fields: request.fields,
            body: search.redacting(request.body, syntax: SecretSearch.Syntax(of: request))
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
        if let compressed = try? tape.decompressed() {
            var bytes = compressed.bytes
            let edits = search.edits(of: &bytes, syntax: SecretSearch.Syntax(of: tape, bytes))
            return edits.isEmpty ? tape : tape.replacingFrames(with: compressed.frames(holding: bytes))
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(tape.bodyByteCount)
        for frame in tape.frames { bytes += frame.bytes.readableBytesView }
        guard !search.edits(of: &bytes, syntax: SecretSearch.Syntax(of: tape, bytes)).isEmpty else { return tape }
        let redacted = ByteBuffer(bytes: bytes)
        // Secrets may span frames: the body was searched whole and is cut where it was.
        var start = redacted.readerIndex
        for index in tape.frames.indices {
            let count = tape.frames[index].bytes.readableBytes
            tape.frames[index].bytes = redacted.getSlice(at: start, length: count) ?? ByteBuffer()
            start += count
        }
        return tape
    }
}

extension SecretSearch.Syntax {
    init(of request: Request) {
        let mediaType = request.mediaType
        if mediaType == "application/x-www-form-urlencoded" {
            self = .pairs
        } else if mediaType?.hasPrefix("multipart/") == true,
            let boundary = request.fields[.contentType].flatMap(HeaderParameters.init)?["boundary"], !boundary.isEmpty
        {
            self = .parts(boundary: boundary)
        } else {
            self = .document
        }
    }

    init(of tape: Tape, _ body: some Collection<UInt8>) {
        if let mediaType = tape.head?.mediaType {
            self = mediaType == "text/event-stream" ? .events : .document
        } else {
            let start = body.prefix(6)
            let isEvents = ["data:", ":", "event:", "id:"].contains { start.starts(with: $0.utf8) }
            self = isEvents ? .events : .document
        }
    }
}
