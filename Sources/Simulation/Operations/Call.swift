internal import Crypto
internal import NIOCore
internal import OpenRouterAPI
internal import Tapes

/// One call of an operation: the request and what it is answered from.
///
/// A class, so that all who work at an answer share it.
final class Call: Sendable {
    let request: Request
    /// What the request's header fields say.
    let fields: KnownFields
    /// Values of the path's `:name` segments.
    let pathParameters: [String: String]
    let world: World
    let catalog: Catalog
    let settings: SimulationSettings
    /// Nil where the operation needs no key.
    let identified: Caller?
    let attempts: any ProviderAttempts
    /// The shape of the operation's errors.
    let errorSkin: ErrorSkin
    /// Set for a line of a batch.
    let batch: BatchRecords?

    init(
        request: Request,
        pathParameters: [String: String],
        world: World,
        catalog: Catalog,
        settings: SimulationSettings,
        identified: Caller?,
        attempts: any ProviderAttempts,
        errorSkin: ErrorSkin,
        batch: BatchRecords? = nil
    ) {
        self.request = request
        fields = request.knownFields
        self.pathParameters = pathParameters
        self.world = world
        self.catalog = catalog
        self.settings = settings
        self.identified = identified
        self.attempts = attempts
        self.errorSkin = errorSkin
        self.batch = batch
    }

    /// The call of one line of a batch by the same caller.
    func line(_ request: Request, errors errorSkin: ErrorSkin, bookedIn batch: BatchRecords) -> Call {
        Call(
            request: request,
            pathParameters: pathParameters,
            world: world,
            catalog: catalog,
            settings: settings,
            identified: identified,
            attempts: attempts,
            errorSkin: errorSkin,
            batch: batch
        )
    }

    /// Who calls an operation that needs a key.
    var caller: Caller {
        guard let identified else { preconditionFailure("an operation that anybody may call asks who calls") }
        return identified
    }

    var account: Account? { identified?.account }

    /// Whose presets, files and jobs the caller sees.
    var accountID: String { caller.account.id }

    /// The parameters of the query, checked as the operation declares them.
    var query: QueryReader { QueryReader(items: request.target.queryItems) }

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

    /// Whether the client asks for `openrouter_metadata`.
    var wantsRouterMetadata: Bool { fields.wantsRouterMetadata }

    /// A digest of what counts in a JSON body: everything but how the answer is delivered and accounted.
    func contentDigest(of body: JSONValue) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(request.body.readableBytes + 64)
        bytes += request.target.path.utf8
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
