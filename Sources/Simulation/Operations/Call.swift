internal import Crypto
internal import HTTPTypes
internal import NIOCore
internal import OpenRouterAPI
internal import Tapes

/// One call of an operation: the request and what it is answered from.
struct Call: Sendable {
    let request: Request
    /// Values of the path's `:name` segments.
    let pathParameters: [String: String]
    let world: World
    let catalog: Catalog
    let settings: SimulationSettings
    /// The caller's key; empty where none is needed.
    let key: String
    let account: Account?
    let attempts: any ProviderAttempts
    /// The shape of the operation's errors.
    let errorSkin: ErrorSkin

    /// Parses the body.
    ///
    /// - Throws: ``APIError`` 400 naming line and column.
    func document() throws(APIError) -> JSONValue {
        do {
            return try JSONDocument(parsing: request.body.readableBytesView).root
        } catch {
            throw .malformedJSON(error)
        }
    }

    /// - Throws: ``APIError`` 402 when nothing is left, even for free models.
    func checkCredits() throws(APIError) {
        if let account, account.ledger.total >= account.credits { throw .insufficientCredits }
    }

    /// Whether the client asks for `openrouter_metadata` (reference: inference §1.3).
    var wantsRouterMetadata: Bool { request.fields.wantsRouterMetadata }

    /// A digest of what counts in a JSON body: everything but how the answer is delivered and accounted.
    func contentDigest(of body: JSONValue) -> [UInt8] {
        var bytes = Array(request.target.path.utf8)
        let counted = body.members.filter { !Self.uncounted.contains($0.key) }
        for member in counted.sorted(by: { $0.key < $1.key }) {
            bytes += member.key.utf8
            member.value.writeCanonical(into: &bytes)
        }
        return Array(SHA256.hash(data: bytes))
    }

    /// A digest of bytes that alone count, such as those of a sound.
    func contentDigest(of bytes: [UInt8]) -> [UInt8] {
        var hash = SHA256()
        hash.update(data: Array(request.target.path.utf8))
        hash.update(data: bytes)
        return Array(hash.finalize())
    }

    private static let uncounted: Set<String> = [
        "debug", "metadata", "session_id", "stream", "stream_options", "trace", "usage", "user",
    ]
}

extension HTTPFields {
    /// Any other value than `enabled` means no.
    var wantsRouterMetadata: Bool {
        let value = self[.xOpenRouterMetadata] ?? self[.xOpenRouterExperimentalMetadata]
        return value?.lowercased() == "enabled"
    }
}
