internal import NIOCore
internal import OpenRouterAPI
internal import Scenarios
internal import Tapes

extension ScenarioRequest {
    /// - Parameters:
    ///   - request: its target is canonical.
    ///   - now: microseconds since 1970 on the world's clock.
    init(_ request: Request, at now: Int64) {
        self.init(
            method: request.method,
            path: request.target.path,
            fields: request.fields,
            json: try? JSONDocument(parsing: request.body.readableBytesView).root,
            milliseconds: now / 1000
        )
    }
}
