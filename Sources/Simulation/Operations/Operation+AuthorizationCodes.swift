internal import HTTPTypes
internal import OpenRouterAPI

/// Codes that apps exchange for keys (reference: platform §4.2, §4.3).
extension Operation {
    /// `POST /auth/keys`: the only answer that holds the key, and no key is needed for it.
    ///
    /// It reads its body itself, since errors of it have a shape of their own.
    static let exchangeAuthorizationCode = Operation(
        id: "exchangeAuthCodeForAPIKey",
        method: .post,
        paths: ["/auth/keys"],
        access: .anybody,
        query: [],
        body: CodeExchange.shape,
        status: 200,
        errorSkin: .openRouter
    ) { call throws(APIError) in
        let exchange = try CodeExchange(call.document())
        let era = call.settings.era
        let (token, userID) = try call.world.withPlatform { platform, now throws(APIError) in
            try platform.exchange(exchange, era: era, at: now)
        }
        var answer: JSONObject = ["key": .string(token)]
        if era == .current { answer.append("user_id", userID.json) }
        return .json(.object(answer))
    }

    /// `POST /auth/keys/code`: a code for a key of the caller's own account.
    static let createAuthorizationCode = Operation(
        "createAuthKeysCode",
        .post,
        "/auth/keys/code",
        .anyKey,
        body: ObjectShape(
            .required("callback_url", .format(.uri)),
            .optional("code_challenge", .string(length: 0...CodeChallenge.longest)),
            .optional("code_challenge_method", .choice(of: CodeChallenge.Method.self)),
            .optional("limit", .number(in: RequestedKey.limits)),
            .optional("usage_limit_type", .choice(of: ResetInterval.self)),
            .optional("expires_at", .format(.utcTime), orNull: true),
            .optional("key_label", .string(length: 0...RequestedKey.longestLabel)),
            .optional("workspace_id", .uuid),
            .optional("spawn_agent", .string()),
            .optional("spawn_cloud", .string())
        )
    ) { call, body throws(APIError) in
        // There was none (reference: platform §4.5).
        guard call.settings.era == .current else { throw .notFound }
        guard let callback = CallbackURL(body["callback_url"]?.string ?? "", era: .current) else {
            throw .invalidField(
                "callback_url",
                expected: CallbackURL.expectation,
                found: body["callback_url"]?.excerpt ?? "nothing"
            )
        }
        let expiresAt = body["expires_at"]?.string.flatMap { CivilTime.microseconds(rfc3339: $0) }
        if let expiresAt, expiresAt <= call.world.now {
            throw .invalidField("expires_at", expected: "a time to come", found: body["expires_at"]?.excerpt ?? "")
        }
        let account = call.caller.account
        let workspaceID = body["workspace_id"]?.string ?? account.defaultWorkspaceID
        let key = RequestedKey(
            label: body["key_label"]?.string,
            appName: callback.appName,
            limit: body["limit"]?.double.map { USD($0) },
            limitReset: body["usage_limit_type"]?.string.flatMap(ResetInterval.init(rawValue:)),
            expiresAt: expiresAt
        )
        let challenge = CodeChallenge(
            body["code_challenge"]?.string,
            method: body["code_challenge_method"]?.string.flatMap(CodeChallenge.Method.init(rawValue:))
        )
        let (code, now) = try call.world.withPlatform { platform, now throws(APIError) in
            guard platform.workspace(workspaceID, ofAccount: account.id) != nil else {
                throw .invalidField(
                    "workspace_id",
                    expected: "a workspace of this account",
                    found: JSON.string(workspaceID).text
                )
            }
            let grant = AuthorizationCodes.Grant(
                accountID: account.id,
                workspaceID: workspaceID,
                key: key,
                challenge: challenge
            )
            return (platform.issueCode(grant, at: now), now)
        }
        return .json(["data": ["id": .string(code), "app_id": .integer(callback.appID), "created_at": now.json]])
    }
}
