internal import OpenRouterAPI

/// Sign-ins under way: forms that wait for a click, and codes that wait to be exchanged (reference: platform §4).
struct AuthorizationCodes: Sendable, Codable {
    /// What a code can be exchanged for.
    struct Grant: Sendable, Codable {
        let accountID: String
        let workspaceID: String
        let key: RequestedKey
        let challenge: CodeChallenge
    }

    /// Microseconds for which codes and forms are good.
    static let lifetime: Int64 = 10 * 60 * 1_000_000

    fileprivate var forms = OneTimeTickets<SignInRequest>()
    fileprivate var codes = OneTimeTickets<Grant>()
}

extension Platform {
    /// - Returns: the token that the form sends back.
    mutating func openForm(_ request: SignInRequest, at now: Int64) -> String {
        let token = identifiers.alphanumeric(32)
        authorizationCodes.forms.insert(request, secret: token, at: now)
        return token
    }

    /// What a form was for, once.
    ///
    /// - Returns: nil for a form that was sent before, is too old, or was never shown.
    mutating func closeForm(token: String, at now: Int64) -> SignInRequest? {
        guard let form = authorizationCodes.forms[token], now - form.issuedAt <= AuthorizationCodes.lifetime else {
            return nil
        }
        authorizationCodes.forms.remove(token)
        return form.value
    }

    /// - Returns: a code, to be shown to the app alone.
    mutating func issueCode(_ grant: AuthorizationCodes.Grant, at now: Int64) -> String {
        let code = "auth_code_" + identifiers.alphanumeric(24)
        authorizationCodes.codes.insert(grant, secret: code, at: now)
        return code
    }

    /// Makes the key that a code stands for; the code is used up.
    ///
    /// - Returns: the key itself, and whose it is.
    /// - Throws: ``APIError``, which leaves the code as it was: 403 for a code that is not, 400 for another method, 403
    ///   for the wrong verifier.
    mutating func exchange(
        _ exchange: CodeExchange,
        era: SimulationSettings.Era,
        at now: Int64
    ) throws(APIError) -> (token: String, userID: String?) {
        guard let code = authorizationCodes.codes[exchange.code] else { throw .invalidCode }
        guard now - code.issuedAt <= AuthorizationCodes.lifetime else {
            throw era == .current ? .expiredCode : .invalidCode
        }
        let grant = code.value
        guard grant.challenge.isMade(with: exchange.method) else { throw .invalidChallengeMethod }
        guard grant.challenge.accepts(verifier: exchange.verifier) else { throw .invalidCode }
        guard let account = accounts[grant.accountID] else { throw .invalidCode }
        authorizationCodes.codes.remove(exchange.code)
        // The workspace may have been deleted since.
        let workspace = workspace(grant.workspaceID, ofAccount: account.id)
        let (_, token) = createKey(
            accountID: account.id,
            workspaceID: workspace?.id ?? account.defaultWorkspaceID,
            name: grant.key.name,
            at: now
        ) { key in
            key.limit = grant.key.limit
            key.limitReset = grant.key.limitReset
            key.expiresAt = grant.key.expiresAt
            key.creatorUserID = account.userID
            key.isMadeByOAuth = true
        }
        return (token, account.userID)
    }
}
