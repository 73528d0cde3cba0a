internal import HTTPTypes
internal import OpenRouterAPI

extension Operation {
    /// `GET /credits`: bought and spent (reference: platform §3.6).
    ///
    /// Ordinary keys may ask too, as observed.
    static let getCredits = Operation("getCredits", .get, "/credits", .anyKey) { call throws(APIError) in
        let account = call.caller.account
        return .json([
            "data": ["total_credits": account.credits.json, "total_usage": account.ledger.total.json]
        ])
    }
}
