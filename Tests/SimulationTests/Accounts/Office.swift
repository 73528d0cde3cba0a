internal import HTTPTypes
internal import OpenRouterAPI
internal import Tapes
internal import Testing

@testable internal import Simulation

/// A world whose clock a test moves, and an open key's account in it that manages things.
struct Office {
    let time = MovingTime()
    let world: World
    let simulator: Simulator

    init(_ settings: SimulationSettings = SimulationSettings()) {
        world = time.world
        simulator = Simulator(settings: settings)
    }

    func call(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ body: String = "",
        key: String = Request.mockKey
    ) -> Exchange {
        Exchange(.make(method, path, body: body, key: key), in: world, by: simulator)
    }

    /// The `data` of an answer that is no error.
    func data(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ body: String = "",
        key: String = Request.mockKey
    ) throws -> JSONValue {
        let exchange = call(method, path, body, key: key)
        try #require((200..<300).contains(exchange.status), "\(exchange.body)")
        return try #require(try exchange.json()["data"])
    }

    /// Creates a key.
    ///
    /// - Returns: the key's hash, and the key.
    func createKey(_ body: String = #"{"name":"a"}"#) throws -> (hash: String, token: String) {
        let exchange = call(.post, "/keys", body)
        try #require(exchange.status == 201, "\(exchange.body)")
        let answer = try exchange.json()
        return (try #require(answer["data"]?["hash"]?.string), try #require(answer["key"]?.string))
    }

    /// A short chat, with more members of the body beside model and messages.
    func chat(
        key: String = Request.mockKey,
        model: String = "openai/gpt-4o-mini",
        text: String = "Hi",
        _ members: String = ""
    ) -> Exchange {
        let message = JSON.string(text).text
        let rest = members.isEmpty ? "" : "," + members
        return call(
            .post,
            "/chat/completions",
            #"{"model":"\#(model)","messages":[{"role":"user","content":\#(message)}]\#(rest)}"#,
            key: key
        )
    }
}
