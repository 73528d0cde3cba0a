internal import HTTPTypes
internal import OpenRouterAPI

extension Operation {
    /// `GET /credits`: bought and spent (reference: platform §3.6).
    ///
    /// Ordinary keys may ask too, as observed.
    static let getCredits = Operation(.get, "/credits", .key) { call throws(APIError) in
        guard let account = call.account else { throw .missingCredentials }
        return .json([
            "data": ["total_credits": account.credits.json, "total_usage": account.ledger.total.json]
        ])
    }
}
