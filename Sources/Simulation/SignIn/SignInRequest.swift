internal import OpenRouterAPI
internal import Tapes

/// What an app asks for when it sends a user to the sign-in page (reference: platform §4.1).
struct SignInRequest: Sendable, Codable {
    /// Nil for an app that cannot be called back: the user is shown the code.
    let callback: CallbackURL?
    /// Sent back as it came.
    let state: String?
    let challenge: CodeChallenge
    let key: RequestedKey
    /// The workspace the key is for, by id or slug; nil for the user's default one.
    let workspace: String?
    /// Whether no other workspace will do.
    let needsWorkspace: Bool
    let appName: String

    /// Bytes of a query; what is pending is kept.
    private static let queryByteLimit = 8192
    /// What an app without a callback is called.
    private static let headlessAppName = "Headless app"

    /// Reads and checks a query.
    ///
    /// - Parameters:
    ///   - call: of the sign-in page.
    ///   - query: its parameters.
    /// - Throws: ``APIError`` 400 naming the parameter that does not fit.
    init(_ call: Call, _ query: QueryReader) throws(APIError) {
        guard call.request.target.query.utf8.count <= Self.queryByteLimit else {
            throw .invalidField(
                "query",
                expected: "at most \(Self.queryByteLimit) bytes",
                found: "\(call.request.target.query.utf8.count)"
            )
        }
        for parameter in Self.parameters { try parameter.check(query) }
        let era = call.settings.era
        callback = try Self.callback(query, era: era)
        state = query.value("state")
        challenge = CodeChallenge(
            query.value("code_challenge"),
            method: query.value("code_challenge_method").flatMap(CodeChallenge.Method.init(rawValue:))
        )
        if callback == nil, challenge.text == nil {
            throw .invalidField(
                "code_challenge",
                expected: "a challenge, since there is no callback_url",
                found: "nothing"
            )
        }
        let expiresAt = query.value("expires_at").flatMap { CivilTime.microseconds(rfc3339: $0) }
        if let expiresAt, expiresAt <= call.world.now {
            throw .invalidField("expires_at", expected: "a time to come", found: "one that has passed")
        }
        appName = callback?.appName ?? Self.headlessAppName
        key = RequestedKey(
            label: query.value("key_label"),
            appName: appName,
            limit: query.value("limit").flatMap { Double($0) }.map { USD($0) },
            limitReset: query.value("usage_limit_type").flatMap(ResetInterval.init(rawValue:)),
            expiresAt: expiresAt
        )
        workspace = query.value("required_workspace_id") ?? query.value("workspace_id")
        needsWorkspace = query.value("required_workspace_id") != nil
    }

    private static let parameters = [
        QueryParameter("code_challenge", .string(length: 0...CodeChallenge.longest)),
        QueryParameter("code_challenge_method", .choice(of: CodeChallenge.Method.self)),
        QueryParameter("key_label", .string(length: 0...RequestedKey.longestLabel)),
        QueryParameter("limit", .number(in: RequestedKey.limits)),
        QueryParameter("usage_limit_type", .choice(of: ResetInterval.self)),
        QueryParameter("expires_at", .format(.utcTime)),
    ]

    private static func callback(
        _ query: QueryReader,
        era: SimulationSettings.Era
    ) throws(APIError) -> CallbackURL? {
        guard let text = query.value("callback_url") else {
            guard era == .current else {
                throw .invalidField("callback_url", expected: CallbackURL.expectation, found: "nothing")
            }
            return nil
        }
        guard let callback = CallbackURL(text, era: era) else {
            throw .invalidField(
                "callback_url",
                expected: CallbackURL.expectation,
                found: text.utf8.count <= 200 ? JSON.string(text).text : "another one"
            )
        }
        return callback
    }
}
