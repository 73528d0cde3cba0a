import OpenRouterAPI
import TestSupport
import Testing

/// A client that does something at random, each time on a new connection, and remembers what it was told it cost.
struct LedgerClient {
    struct Key: Sendable {
        var hash: String
        var token: String
    }

    /// An answer as its own usage tells it.
    struct Booked: Sendable {
        var id: String
        var token: String
        /// As it was written, in USD.
        var cost: String
        var tokenCount: Int
    }

    static let manager = "sk-or-v1-test"

    let server: SimulatorProcess
    private(set) var booked: [Booked] = []
    /// Every answer, in order.
    private(set) var transcript: [String] = []
    private var ownKeys: [Key] = []

    init(server: SimulatorProcess) {
        self.server = server
    }

    /// `data` of an answer.
    func get(_ path: String, key: String = manager) throws -> JSONValue {
        try data(of: ask("GET", path, key: key))
    }

    func post(_ path: String, _ body: String) throws -> JSONValue {
        try data(of: ask("POST", path, body))
    }

    func createKeys(_ count: Int) throws -> [Key] {
        try (0..<count).map { number in
            let answer = try ask("POST", "/keys", #"{"name":"key \#(number)"}"#)
            let root = try JSONDocument(parsing: answer.body.utf8).root
            return Key(
                hash: try #require(root["data"]?["hash"]?.string),
                token: try #require(root["key"]?.string)
            )
        }
    }
}

// MARK: - Steps

extension LedgerClient {
    /// One operation at random: mostly such as cost something.
    ///
    /// - Parameters:
    ///   - keys: whose generations are booked; they stay.
    ///   - generator: decides.
    /// - Throws: what a broken answer or connection makes a test fail with.
    mutating func step(_ keys: [Key], using generator: inout SplitMix) throws {
        let token = ([Self.manager] + keys.map(\.token))[Int.random(in: 0...keys.count, using: &generator)]
        let number = Int.random(in: 0..<1000, using: &generator)
        switch Int.random(in: 0..<10, using: &generator) {
        case 0...2: try chat(token, number, isStreamed: false)
        case 3...4: try chat(token, number, isStreamed: true)
        case 5: try embed(token, number)
        case 6:
            let key = try createKeys(1)[0]
            ownKeys.append(key)
            try chat(key.token, number, isStreamed: false)
        case 7:
            guard let key = ownKeys.last else { return }
            try note(ask("PATCH", "/keys/\(key.hash)", #"{"name":"renamed","limit":\#(number)}"#))
        case 8:
            guard let key = ownKeys.popLast() else { return }
            try note(ask("DELETE", "/keys/\(key.hash)"))
        default:
            try note(ask("GET", ["/credits", "/key", "/keys", "/activity"][number % 4], key: Self.manager))
        }
    }

    private mutating func chat(_ token: String, _ number: Int, isStreamed: Bool) throws {
        let model = ["openai/gpt-4o-mini", "anthropic/claude-sonnet-4.5", "google/gemini-2.5-flash"][number % 3]
        let body =
            #"{"model":"\#(model)","stream":\#(isStreamed),"max_tokens":40,"#
            + #""messages":[{"role":"user","content":"Tell me about number \#(number)."}]}"#
        try book(ask("POST", "/chat/completions", body, key: token), token)
    }

    private mutating func embed(_ token: String, _ number: Int) throws {
        let body = #"{"model":"openai/text-embedding-3-small","input":"number \#(number)"}"#
        try book(ask("POST", "/embeddings", body, key: token), token)
    }

    private mutating func book(_ answer: HTTPExchange, _ token: String) throws {
        try note(answer)
        // Of a stream the last event with usage counts.
        let documents =
            answer.field("Content-Type") == "text/event-stream"
            ? answer.body.split(separator: "\n").filter { $0.hasPrefix("data: {") }.map { String($0.dropFirst(6)) }
            : [answer.body]
        let roots = try documents.map { try JSONDocument(parsing: $0.utf8).root }
        let usage = try #require(roots.last { $0["usage"]?.kind == .object }?["usage"])
        booked.append(
            Booked(
                id: try #require(answer.field("X-Generation-Id")),
                token: token,
                cost: try #require(usage["cost"]?.source),
                tokenCount: try #require(usage["total_tokens"]?.int)
            )
        )
    }

    private mutating func note(_ answer: HTTPExchange) throws {
        try #require((200...201).contains(answer.status), "\(answer.head)\(answer.body)")
        transcript.append(answer.body)
    }

    private func ask(_ method: String, _ path: String, _ body: String = "", key: String = manager) throws
        -> HTTPExchange
    {
        try HTTPExchange(
            method,
            "/api/v1" + path,
            body: body,
            fields: ["Authorization: Bearer \(key)"],
            port: server.port
        )
    }

    private func data(of answer: HTTPExchange) throws -> JSONValue {
        try #require(answer.status == 200, "\(answer.head)\(answer.body)")
        return try #require(try JSONDocument(parsing: answer.body.utf8).root["data"])
    }
}

extension JSONValue {
    /// As it was written.
    var source: String { String(decoding: raw, as: UTF8.self) }
}
