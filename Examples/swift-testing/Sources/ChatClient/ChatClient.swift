public import Foundation

#if canImport(FoundationNetworking)
internal import FoundationNetworking
#endif

/// A client as an app has it: asks a model, waits and asks again when it is told to slow down.
public struct ChatClient: Sendable {
    /// What went wrong, in OpenRouter's words.
    public struct Failure: Error, Equatable {
        /// Of the HTTP answer.
        public var status: Int
        /// One sentence.
        public var message: String
    }

    /// Waits between two attempts.
    public typealias Pause = @Sendable (Duration) async throws -> Void

    private struct Completion: Decodable {
        struct Choice: Decodable { var message: Message }
        struct Message: Decodable { var content: String? }
        var choices: [Choice]
    }

    private struct Refusal: Decodable {
        struct Detail: Decodable { var message: String }
        var error: Detail
    }

    private let baseURL: URL
    private let apiKey: String
    private let pause: Pause

    /// - Parameters:
    ///   - baseURL: such as `https://openrouter.ai/api/v1`.
    ///   - apiKey: of the account that pays.
    ///   - pause: waits; a test can do without.
    public init(
        baseURL: URL,
        apiKey: String,
        pause: @escaping Pause = { try await Task.sleep(for: $0) }
    ) {
        self.baseURL = baseURL
        self.apiKey = apiKey
        self.pause = pause
    }

    /// Asks, twice at most.
    ///
    /// - Returns: the answer's text.
    /// - Throws: ``Failure``, or what the network says.
    public func ask(_ question: String) async throws -> String {
        let (data, response) = try await send(question)
        guard response.statusCode == 429, let wait = response.value(forHTTPHeaderField: "Retry-After").flatMap(Int.init)
        else { return try Self.text(data, response) }
        try await pause(.seconds(wait))
        let (again, second) = try await send(question)
        return try Self.text(again, second)
    }

    private func send(_ question: String) async throws -> (Data, HTTPURLResponse) {
        var request = URLRequest(url: baseURL.appendingPathComponent("chat/completions"))
        request.httpMethod = "POST"
        request.setValue("Bearer \(apiKey)", forHTTPHeaderField: "Authorization")
        request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        request.httpBody = try JSONSerialization.data(withJSONObject: [
            "model": "openai/gpt-4o-mini",
            "messages": [["role": "user", "content": question]],
        ])
        let (data, response) = try await URLSession.shared.data(for: request)
        guard let http = response as? HTTPURLResponse else { throw Failure(status: 0, message: "no HTTP answer") }
        return (data, http)
    }

    private static func text(_ data: Data, _ response: HTTPURLResponse) throws -> String {
        // An error can come with status 200 as well, so the body decides.
        if let refusal = try? JSONDecoder().decode(Refusal.self, from: data) {
            throw Failure(status: response.statusCode, message: refusal.error.message)
        }
        let completion = try JSONDecoder().decode(Completion.self, from: data)
        return completion.choices.first?.message.content ?? ""
    }
}
