internal import HTTPTypes
internal import NIOCore
internal import OpenRouterAPI
package import Tapes

/// Versioned hash of the canonical request: what makes two requests the same to a cassette.
///
/// Method, path, query and the whole body count; header fields and the key do not. In a JSON body key order, white
/// space and the spelling of numbers and strings do not matter, the order of arrays does. In a query the order of
/// different names does not matter, the order of values of one name does. ``MatchingRules`` loosen and tighten this.
package struct Fingerprint: Sendable, Hashable {
    /// Changes whenever the same request would get another hash.
    ///
    /// Cassettes say which one they were written with.
    package static let version = 1

    package let hash: Hash128

    package init(hash: Hash128) {
        self.hash = hash
    }

    /// Hashes a request that holds no secrets; use ``Fingerprinter`` for one that came from outside.
    ///
    /// Rules that leave a request as it is give the hash that it has without any.
    ///
    /// - Complexity: O(*n*) in the bytes of the request.
    package init(redacted request: Request, rules: MatchingRules = .none) {
        var stream = HashStream(domain: "openrouter-sim fingerprint \(Self.version)")
        stream.add(request.method.rawValue)
        stream.add(rules.normalized(request.target.path))
        Self.add(queryOf: request.target, rules, to: &stream)
        Self.add(bodyOf: request, rules, to: &stream)
        Self.add(fieldsOf: request, rules, to: &stream)
        hash = stream.finish()
    }
}

extension Fingerprint: CustomStringConvertible {
    /// 32 hex digits in lower case.
    package var description: String { hash.description }
}

extension Fingerprint {
    /// What the hash of a body starts with, so that a text and a JSON document never meet.
    private enum BodyKind: String {
        case empty, json, multipart, bytes
    }

    private static func add(queryOf target: RequestTarget, _ rules: MatchingRules, to stream: inout HashStream) {
        guard !target.query.isEmpty else { return stream.add(0) }
        let items = rules.items(of: target)
        // Positions break ties: the sort must not reorder values of one name.
        let sorted = items.indices.sorted { left, right in
            let (leftName, rightName) = (items[left].name.utf8, items[right].name.utf8)
            if leftName.elementsEqual(rightName) { return left < right }
            return leftName.lexicographicallyPrecedes(rightName)
        }
        stream.add(items.count)
        for index in sorted {
            stream.add(items[index].name)
            stream.add(items[index].value)
        }
    }

    /// Nothing where no field counts, so that older fingerprints stay what they are.
    private static func add(fieldsOf request: Request, _ rules: MatchingRules, to stream: inout HashStream) {
        for name in rules.headers {
            let values = request.fields.filter { $0.name.canonicalName == name }.map(\.value)
            stream.add(name)
            stream.add(values.count)
            for value in values { stream.add(rules.normalized(value)) }
        }
    }

    private static func add(bodyOf request: Request, _ rules: MatchingRules, to stream: inout HashStream) {
        guard request.body.readableBytes > 0 else { return stream.add(BodyKind.empty.rawValue) }
        if let document = JSONDocument(bodyOf: request) {
            stream.add(BodyKind.json.rawValue)
            stream.add(DocumentRewriter.rewritten(document, by: rules, .removed).root.canonicalBytes)
        } else if let layout = MultipartLayout(of: request) {
            stream.add(BodyKind.multipart.rawValue)
            stream.add(layout.parts.count)
            request.body.withUnsafeReadableBytes { bytes in
                for part in layout.parts {
                    stream.add(UnsafeRawBufferPointer(rebasing: bytes[part]))
                }
            }
        } else {
            stream.add(BodyKind.bytes.rawValue)
            if let normalized = rules.normalized(request.body.readableBytesView) { return stream.add(normalized) }
            request.body.withUnsafeReadableBytes { stream.add($0) }
        }
    }
}

extension MatchingRules {
    /// The query as it counts, in the order it came.
    func items(of target: RequestTarget) -> [(name: String, value: String)] {
        let items = target.queryItems
        if ignoredQuery.isEmpty, normalizations.isEmpty { return items }
        return items.filter { !ignoredQuery.contains($0.name) && !ignoredQuery.contains(Self.wholeQuery) }
            .map { ($0.name, normalized($0.value)) }
    }
}

extension JSONDocument {
    /// The body as JSON, or nil if it is none.
    ///
    /// Only objects and arrays: a text such as `1.0` is a text. The content type is not asked, since header fields do
    /// not count.
    init?(bodyOf request: Request) {
        let bytes = request.body.readableBytesView
        let first = bytes.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
        guard first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else { return nil }
        try? self.init(parsing: Array(bytes))
    }
}

extension MultipartLayout {
    /// The parts of a multipart body without the delimiters, because clients make up a new boundary for each request.
    ///
    /// Nil if the request is not multipart, names no boundary or does not hold it.
    fileprivate init?(of request: Request) {
        guard request.mediaType?.hasPrefix("multipart/") == true,
            let boundary = request.fields[.contentType].flatMap(HeaderParameters.init)?["boundary"], !boundary.isEmpty
        else { return nil }
        self = request.body.withUnsafeReadableBytes { MultipartLayout(of: $0, boundary: boundary) }
        if parts.isEmpty { return nil }
    }
}
