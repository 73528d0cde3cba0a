internal import Foundation

/// What a stream of `/chat/completions` says, put together.
public struct ChatAnswer: Sendable {
    /// A call of a tool.
    public struct ToolCall: Sendable, Hashable {
        /// The tool's.
        public var name = ""
        /// JSON text.
        public var arguments = ""
        var id = ""
    }

    /// All text.
    public private(set) var text = ""
    private var calls: [Int: ToolCall] = [:]
    /// Whether a finish reason or `[DONE]` has come; a stream that ends before that was cut.
    private var isFinished = false

    /// Starts with nothing.
    public init() {}

    /// In the order of their indices.
    public var toolCalls: [ToolCall] {
        calls.sorted { $0.key < $1.key }.map { _, call in
            var call = call
            if call.arguments.allSatisfy(\.isWhitespace) { call.arguments = "{}" }
            return call
        }
    }

    /// Takes the next event.
    ///
    /// - Returns: whether it was the last one.
    /// - Throws: ``ChatStreamError`` for an event that is an error, or no chunk of an answer.
    public mutating func add(_ event: EventStream.Event) throws -> Bool {
        let data = event.data.trimmingCharacters(in: .whitespacesAndNewlines)
        if data.isEmpty { return false }
        if data == "[DONE]" {
            isFinished = true
            return true
        }
        let json = LoneSurrogates.hidden(event.data)
        guard let chunk = try? JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any] else {
            throw ChatStreamError("no chunk: \(data.prefix(100))")
        }
        guard event.name != "error", Self.present(chunk["error"]) == nil else {
            throw ChatStreamError("error in the stream: \(data.prefix(200))")
        }
        for choice in chunk["choices"] as? [[String: Any]] ?? [] {
            try add(choice: choice)
        }
        return false
    }

    /// The answer, when it is whole.
    ///
    /// - Throws: ``ChatStreamError`` when its end, or the end of a call's arguments, has not come.
    func whole() throws -> ChatAnswer {
        guard isFinished else { throw ChatStreamError("the stream ended before the answer did") }
        for call in toolCalls {
            let arguments = Data(call.arguments.utf8)
            guard (try? JSONSerialization.jsonObject(with: arguments, options: .fragmentsAllowed)) != nil else {
                throw ChatStreamError("the arguments of \(call.name) are no JSON: \(call.arguments.prefix(100))")
            }
        }
        return self
    }

    private mutating func add(choice: [String: Any]) throws {
        let delta = choice["delta"] as? [String: Any] ?? [:]
        if let content = Self.present(delta["content"]) {
            guard let content = content as? String else { throw ChatStreamError("content is no text") }
            // The halves of a character may come in two deltas.
            text = LoneSurrogates.joined(text + content)
        }
        for fragment in delta["tool_calls"] as? [[String: Any]] ?? [] {
            let index = Self.present(fragment["index"]) ?? 0
            guard let index = index as? Int else { throw ChatStreamError("index is no number") }
            var call = calls[index] ?? ToolCall()
            if let id = fragment["id"] as? String, !id.isEmpty {
                guard call.id.isEmpty || call.id == id else { throw ChatStreamError("two calls under one index") }
                call.id = id
            }
            let function = fragment["function"] as? [String: Any]
            if let name = function?["name"] as? String, !name.isEmpty { call.name = name }
            call.arguments += function?["arguments"] as? String ?? ""
            calls[index] = call
        }
        guard let reason = choice["finish_reason"] as? String else { return }
        guard reason != "error" else { throw ChatStreamError("the answer failed") }
        isFinished = true
    }

    /// Nil for null as well.
    private static func present(_ value: Any?) -> Any? {
        value is NSNull ? nil : value
    }
}

/// Why an answer cannot be had.
public struct ChatStreamError: Error, CustomStringConvertible {
    /// What happened.
    public let description: String

    init(_ description: String) { self.description = description }
}
