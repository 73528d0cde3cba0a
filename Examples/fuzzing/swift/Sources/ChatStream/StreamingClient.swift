public import Foundation

#if canImport(FoundationNetworking)
internal import FoundationNetworking
#endif

/// Asks a model and reads its answer as it is streamed.
public struct StreamingClient: Sendable {
    private let baseURL: URL
    private let apiKey: String
    private let silenceLimit: TimeInterval

    /// - Parameters:
    ///   - baseURL: such as `https://openrouter.ai/api/v1`.
    ///   - apiKey: of the account that pays.
    ///   - silenceLimit: seconds without a byte after which the answer is given up.
    public init(baseURL: URL, apiKey: String, silenceLimit: TimeInterval = 8) {
        self.baseURL = baseURL
        self.apiKey = apiKey
        self.silenceLimit = silenceLimit
    }

    /// Makes one request.
    ///
    /// - Throws: ``ChatStreamError``, or what the network says.
    public func ask(_ question: String) async throws -> ChatAnswer {
        var request = URLRequest(url: baseURL.appendingPathComponent("chat/completions"))
        request.httpMethod = "POST"
        request.timeoutInterval = silenceLimit
        request.setValue("Bearer \(apiKey)", forHTTPHeaderField: "Authorization")
        request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        request.httpBody = try JSONSerialization.data(withJSONObject: [
            "model": "openai/gpt-4.1-mini", "stream": true, "messages": [["role": "user", "content": question]],
            "tools": [
                [
                    "type": "function",
                    "function": ["name": "get_weather", "parameters": ["type": "object", "properties": [:]]],
                ]
            ],
        ])
        let reader = StreamReader()
        let session = URLSession(configuration: .ephemeral, delegate: reader, delegateQueue: nil)
        // Not cancelled: on Linux a session that is cancelled while its delegate is called ends the process.
        defer { session.finishTasksAndInvalidate() }
        let task = session.dataTask(with: request)
        return try await withCheckedThrowingContinuation { continuation in
            reader.start(continuation)
            task.resume()
        }
    }
}

/// Reads one answer; resumes its continuation when the task is over, with the answer or an error.
private final class StreamReader: NSObject, URLSessionDataDelegate, @unchecked Sendable {
    // Invariant of @unchecked: the session calls its delegate on one serial queue, and `start` comes before all of that.
    private var continuation: CheckedContinuation<ChatAnswer, any Error>?
    private var stream = EventStream()
    private var answer = ChatAnswer()
    /// What it came to, as soon as that is known.
    private var result: Result<ChatAnswer, any Error>?

    func start(_ continuation: CheckedContinuation<ChatAnswer, any Error>) {
        self.continuation = continuation
    }

    func urlSession(
        _ session: URLSession,
        dataTask: URLSessionDataTask,
        didReceive response: URLResponse,
        completionHandler: @escaping (URLSession.ResponseDisposition) -> Void
    ) {
        if let problem = Self.problem(of: response) {
            result = .failure(ChatStreamError(problem))
            completionHandler(.cancel)
        } else {
            completionHandler(.allow)
        }
    }

    private static func problem(of response: URLResponse) -> String? {
        guard let http = response as? HTTPURLResponse else { return "no HTTP answer" }
        guard http.statusCode < 400 else { return "status \(http.statusCode)" }
        let type = (http.value(forHTTPHeaderField: "Content-Type") ?? "").prefix { $0 != ";" }
            .trimmingCharacters(in: .whitespaces).lowercased()
        return type.isEmpty || type == "text/event-stream" ? nil : "not a stream: \(type)"
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        guard result == nil else { return }
        for event in stream.feed(data) where take(event) {
            // Nothing that matters comes after the sentinel, and the connection may stay open.
            dataTask.cancel()
            return
        }
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        if result == nil, let error { result = .failure(error) }
        if result == nil, let rest = stream.finish() { _ = take(rest) }
        continuation?.resume(with: result ?? Result { try answer.whole() })
        continuation = nil
    }

    /// - Returns: whether it was the last one.
    private func take(_ event: EventStream.Event) -> Bool {
        do {
            guard try answer.add(event) else { return false }
            result = .success(try answer.whole())
        } catch {
            result = .failure(error)
        }
        return true
    }
}
