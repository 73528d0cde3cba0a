internal import HTTPTypes
internal import NIOCore
internal import OpenRouterAPI
internal import Tapes
internal import Testing

@testable internal import Simulation

/// A batch as a client makes and polls it.
struct BatchCall {
    static let model = "openai/gpt-4o-mini"

    static func request(_ body: String, fields: HTTPFields = [:]) -> Request {
        var request = Request.make(.post, "", body: body, fields: fields)
        request.target = RequestTarget("/api/beta/batches")
        return request
    }

    /// A body with `requests` of these bodies, whose ids are `line-0`, `line-1`, and so on.
    static func body(
        _ bodies: [String],
        endpoint: String = "/v1/chat/completions",
        model: String = model
    ) -> String {
        let requests = bodies.enumerated().map { #"{"custom_id":"line-\#($0)","body":\#($1)}"# }
        return #"{"endpoint":"\#(endpoint)","model":"\#(model)","requests":[\#(requests.joined(separator: ","))]}"#
    }

    static func chat(_ text: String, _ members: String = "") -> String {
        #"{"messages":[{"role":"user","content":"\#(text)"}]\#(members.isEmpty ? "" : ",")\#(members)}"#
    }

    static func poll(_ id: String, in world: World, key: String = Request.mockKey) -> Exchange {
        var request = Request.get("", key: key)
        request.target = RequestTarget("/api/beta/batches/\(id)")
        return Exchange(request, in: world)
    }

    static func submit(
        _ body: String,
        in world: World,
        by simulator: Simulator = Simulator(),
        attempts: any ProviderAttempts = SyntheticAttempts(),
        fields: HTTPFields = [:]
    ) throws -> String {
        let exchange = Exchange(request(body, fields: fields), in: world, by: simulator, attempts: attempts)
        try #require(exchange.status == 202, "\(exchange.body)")
        return try #require(try exchange.json()["id"]?.string)
    }

    /// Polls to the end in a world whose clock stands still.
    static func finish(_ id: String, in world: World) throws -> JSONValue {
        for _ in 0..<3 { _ = poll(id, in: world) }
        return try poll(id, in: world).json()
    }

    static func finished(
        _ body: String,
        in world: World,
        by simulator: Simulator = Simulator(),
        attempts: any ProviderAttempts = SyntheticAttempts(),
        fields: HTTPFields = [:]
    ) throws -> JSONValue {
        try finish(submit(body, in: world, by: simulator, attempts: attempts, fields: fields), in: world)
    }
}
