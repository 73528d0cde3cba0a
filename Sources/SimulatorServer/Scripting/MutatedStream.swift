internal import Fuzzing
internal import OpenRouterAPI
internal import Tapes

/// `/s/sse-NAME/api/v1`: a stream with a single mutation of the fuzzer's, so that a client in any language can be
/// pointed at one by hand.
enum MutatedStream {
    private static let prefix = "sse-"

    static func isOne(_ scenario: String?) -> Bool {
        scenario?.hasPrefix(prefix) ?? false
    }

    /// - Parameters:
    ///   - request: its target is canonical.
    ///   - scenario: the name in the path, prefix included.
    /// - Returns: nil for what asks no model.
    /// - Throws: ``APIError`` 404 for a mutation that there is not, or that the API has not.
    static func answer(to request: Request, playing scenario: String) throws(APIError) -> AlteredTape? {
        let path = request.target.path
        guard let api = InferenceAPI.allCases.first(where: { path.hasSuffix($0.path) }) else { return nil }
        let name = String(scenario.dropFirst(prefix.count))
        if let answer = MutationTable.answer(named: name, api: api, offersGzip: request.offersGzip) { return answer }
        throw APIError(
            status: 404,
            message: MutationTable.complaint(aboutName: name, api: api) + " 'openrouter-sim fuzz --list' lists them",
            metadata: ["error_type": "not_found"]
        )
    }
}
