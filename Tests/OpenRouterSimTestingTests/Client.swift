import Foundation
import OpenRouterSimTesting

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// What an app would have: an HTTP client that waits without blocking, since the server runs in the same process.
struct Client {
    struct Answer: Sendable {
        var status: Int
        var body: String
        var fields: [String: String]

        /// The text of a chat completion.
        var text: String {
            struct Completion: Decodable {
                struct Choice: Decodable { var message: Message }
                struct Message: Decodable { var content: String? }
                var choices: [Choice]
            }
            let completion = try? JSONDecoder().decode(Completion.self, from: Data(body.utf8))
            return completion?.choices.first?.message.content ?? ""
        }
    }

    var baseURL: URL
    var apiKey: String

    init(_ simulator: Simulator) {
        baseURL = simulator.baseURL
        apiKey = simulator.apiKey
    }

    func get(_ path: String) async throws -> Answer {
        try await send(URLRequest(url: baseURL.appendingPathComponent(path)))
    }

    func post(_ path: String, _ body: String) async throws -> Answer {
        var request = URLRequest(url: baseURL.appendingPathComponent(path))
        request.httpMethod = "POST"
        request.httpBody = Data(body.utf8)
        request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        return try await send(request)
    }

    /// Asks for a chat completion, not streamed.
    func chat(_ text: String = "Hello") async throws -> Answer {
        try await post(
            "chat/completions",
            #"{"model":"openai/gpt-4o-mini","messages":[{"role":"user","content":"\#(text)"}]}"#
        )
    }

    private func send(_ request: URLRequest) async throws -> Answer {
        var request = request
        request.setValue("Bearer \(apiKey)", forHTTPHeaderField: "Authorization")
        let (data, response) = try await URLSession.shared.data(for: request)
        let http = response as? HTTPURLResponse
        return Answer(
            status: http?.statusCode ?? 0,
            body: String(decoding: data, as: UTF8.self),
            fields: http?.allHeaderFields as? [String: String] ?? [:]
        )
    }
}

enum Fixtures {
    /// A cassette that answers the question about the sky.
    static let cassette = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("cassettes/example.cassette").path

    static let recordedQuestion = "Why is the sky blue? Answer in two or three sentences."

    static let greeting = "name: greeting\nrules:\n  - respond: { text: Good morning. }\n"
}
