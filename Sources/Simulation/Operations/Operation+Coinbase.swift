internal import HTTPTypes
internal import OpenRouterAPI

extension Operation {
    /// `POST /credits/coinbase`: gone; neither key nor body are looked at (reference: platform §3.6).
    static let createCoinbaseCharge = Operation("createCoinbaseCharge", .post, "/credits/coinbase", .anybody) {
        call throws(APIError) in
        throw APIError(
            status: 410,
            message:
                "The Coinbase APIs used by this endpoint have been deprecated, so the Coinbase Commerce credits API "
                + "has been removed. Use the web credits purchase flow instead."
        )
    }
}
