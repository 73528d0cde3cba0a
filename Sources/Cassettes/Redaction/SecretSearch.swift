internal import NIOCore
internal import OpenRouterAPI

/// All that is looked for in one exchange: known shapes, its own credentials, the user's patterns and pointers.
///
/// A text is searched as it is, and behind each way to spell it otherwise: joined deltas, escapes, base64, and these
/// in one another. What is found deeper is replaced first, in place and in its spelling, so that the secret has one
/// placeholder whatever it was spelled like.
struct SecretSearch {
    let scanner: SecretScanner
    var credentials: RequestCredentials
    let patterns: [RedactionPattern]
    /// For bodies.
    let pointers: [RedactionPointer]
    /// What was found so far.
    private let found = FoundSecrets()

    init(
        scanner: SecretScanner,
        credentials: RequestCredentials,
        patterns: [RedactionPattern],
        pointers: [RedactionPointer]
    ) {
        self.scanner = scanner
        self.credentials = credentials
        self.patterns = patterns
        self.pointers = pointers
    }

    /// For what belongs to no exchange.
    init(rules: RedactionRules) {
        self.init(
            scanner: SecretScanner(),
            credentials: RequestCredentials(),
            patterns: rules.patterns,
            pointers: rules.pointers
        )
    }

    /// How text is written, where that tells more about secrets.
    enum Syntax: Hashable {
        case any
        /// Pairs such as `api_key=…`, joined by `&`: queries and form bodies.
        case pairs
        /// A body of no known kind, perhaps JSON.
        case document
        /// Server-sent events.
        case events
        /// A file of whatever kind, perhaps with lists of header fields.
        case file
        /// A form in parts.
        case parts(boundary: String)
    }

    /// Secrets that were found, as plain bytes.
    final class FoundSecrets {
        var secrets: [[UInt8]] = []
    }

    /// Looks for what was found as well from now on.
    ///
    /// - Returns: whether that is anything more.
    mutating func learn() -> Bool {
        credentials.add(found.secrets, atLeast: 8)
    }

    /// Escapes in escapes and base64 in base64 are followed so deep.
    private static let depthLimit = 5

    /// The bytes with each secret replaced, or nil where there is none.
    ///
    /// As many bytes as before.
    func redacting(_ bytes: UnsafeBufferPointer<UInt8>, syntax: Syntax) -> [UInt8]? {
        var text = Array(bytes)
        return edits(of: &text, syntax: syntax).isEmpty ? nil : text
    }

    /// The text with each secret replaced.
    func redacting(_ text: String, syntax: Syntax = .any) -> String {
        var bytes = Array(text.utf8)
        return edits(of: &bytes, syntax: syntax).isEmpty ? text : String(decoding: bytes, as: UTF8.self)
    }

    /// The buffer with each secret replaced.
    func redacting(_ buffer: ByteBuffer, syntax: Syntax) -> ByteBuffer {
        var bytes = Array(buffer.readableBytesView)
        return edits(of: &bytes, syntax: syntax).isEmpty ? buffer : ByteBuffer(bytes: bytes)
    }

    /// Replaces each secret.
    ///
    /// - Returns: what was replaced, by range of the text; a later edit may replace a part of an earlier one's bytes.
    func edits(of text: inout [UInt8], syntax: Syntax) -> [RedactionEdit] {
        let edits = edits(of: &text, syntax: syntax, depth: 0, isText: true)
        found.secrets += edits.map(\.secret)
        return edits
    }
}

extension SecretSearch {
    private func edits(of text: inout [UInt8], syntax: Syntax, depth: Int, isText: Bool) -> [RedactionEdit] {
        var edits: [RedactionEdit] = []
        func make(_ new: [RedactionEdit]) {
            guard !new.isEmpty else { return }
            text.apply(new)
            edits += new
        }
        if depth == 0 { make(pointerEdits(in: text, syntax)) }
        if depth < Self.depthLimit, isText {
            for delta in deltas(in: text, syntax) {
                var joined = delta.bytes
                for edit in self.edits(of: &joined, syntax: .any, depth: depth + 1, isText: true) {
                    make(delta.lowered(edit))
                }
            }
            if let spelled = SpelledText(text) {
                var decoded = spelled.decoded
                let inner: Syntax = syntax == .pairs ? .pairs : .any
                let found = self.edits(of: &decoded, syntax: inner, depth: depth + 1, isText: true)
                for edit in found { make([spelled.lowered(edit)]) }
            }
            for encoded in EncodedText.all(in: text) {
                var decoded = encoded.decoded
                let isText = Self.isText(decoded)
                for edit in self.edits(of: &decoded, syntax: .any, depth: depth + 1, isText: isText) {
                    make(encoded.lowered(edit, decoded: decoded))
                }
            }
        }
        make(plainEdits(in: text) { credentials.matches(in: $0) })
        make(plainEdits(in: text) { matches(in: $0, syntax, isText: isText) })
        return edits
    }

    private func plainEdits(
        in text: [UInt8],
        _ find: (UnsafeBufferPointer<UInt8>) -> [SecretMatch]
    ) -> [RedactionEdit] {
        text.withUnsafeBufferPointer { bytes in
            find(bytes).union().compactMap { match in
                let spelled = Array(bytes[match.range])
                let secret = SpelledText.plain(spelled, depth: Self.depthLimit)
                // A placeholder in another spelling was put there just now.
                let isDone = secret.withUnsafeBufferPointer { Placeholder.matches($0, 0..<$0.count) }
                return isDone ? nil : RedactionEdit(replacing: match.range, secret: secret, kind: match.kind)
            }
        }
    }

    private func matches(in bytes: UnsafeBufferPointer<UInt8>, _ syntax: Syntax, isText: Bool) -> [SecretMatch] {
        var matches = scanner.secrets(in: bytes)
        switch syntax {
        case .pairs: matches += QuerySecrets.matches(in: bytes)
        case .parts(let boundary): matches += MultipartSecrets.matches(in: bytes, boundary: boundary)
        case .file: matches += FieldListSecrets.matches(in: Array(bytes))
        case .any, .document, .events: break
        }
        guard isText else { return matches }
        return patterns.reduce(into: matches) { matches, pattern in
            matches += pattern.ranges(in: bytes).map { SecretMatch(range: $0, kind: "match of '\(pattern.source)'") }
        }
    }

    private func deltas(in text: [UInt8], _ syntax: Syntax) -> [DeltaText] {
        switch syntax {
        case .events: return DeltaText.all(in: text)
        case .document:
            let hasTokens = text.withUnsafeBufferPointer { $0.firstRange(of: Array("\"logprobs\"".utf8)) != nil }
            return hasTokens ? DeltaText.all(inDocument: text) : []
        case .any, .file, .pairs, .parts: return []
        }
    }

    private func pointerEdits(in text: [UInt8], _ syntax: Syntax) -> [RedactionEdit] {
        guard !pointers.isEmpty else { return [] }
        let ranges: [Range<Int>]
        switch syntax {
        case .document, .file: ranges = [0..<text.count]
        case .events: ranges = EventData.ranges(in: text)
        case .any, .pairs, .parts: return []
        }
        return ranges.flatMap { range -> [RedactionEdit] in
            guard let document = try? JSONDocument(parsing: Array(text[range])) else { return [] }
            return pointers.flatMap { $0.edits(in: document) }.map { $0.moved(by: range.lowerBound) }
        }
    }

    /// Whether decoded bytes can be a text: images, audio and signatures start with other bytes.
    private static func isText(_ bytes: [UInt8]) -> Bool {
        bytes.prefix(64).allSatisfy { $0 >= 0x20 && $0 != 0x7F || [0x09, 0x0A, 0x0D].contains($0) }
    }
}
