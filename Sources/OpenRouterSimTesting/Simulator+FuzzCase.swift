public import Foundation
internal import Fuzzing
internal import SimulatorServer
public import Testing

extension Simulator {
    /// What a client understood of an answer.
    public struct FuzzAnswer: Sendable, Hashable {
        /// A call of a tool.
        public struct ToolCall: Sendable, Hashable {
            /// The tool's.
            public var name: String

            /// JSON text, compared as a value.
            public var arguments: String

            /// - Parameters:
            ///   - name: the tool's.
            ///   - arguments: JSON text.
            public init(name: String, arguments: String) {
                self.name = name
                self.arguments = arguments
            }
        }

        /// All text of the assistant, compared exactly.
        public var text: String

        /// In the order of their indices.
        public var toolCalls: [ToolCall]

        /// - Parameters:
        ///   - text: all text of the assistant; empty for none.
        ///   - toolCalls: in the order of their indices.
        public init(text: String, toolCalls: [ToolCall] = []) {
            self.text = text
            self.toolCalls = toolCalls
        }
    }

    /// One of the streams that `openrouter-sim fuzz` puts to a client: odd but right, or broken.
    ///
    /// ```swift
    /// @Test(.simulator(), arguments: Simulator.FuzzCase.all(tools: false))
    /// func survives(_ stream: Simulator.FuzzCase) async throws {
    ///     let sim = try Simulator.current
    ///     await sim.check(stream) { baseURL in
    ///         .init(text: try await MyClient(baseURL: baseURL).stream("Hello"))
    ///     }
    /// }
    /// ```
    public struct FuzzCase: Sendable, Hashable, CustomTestStringConvertible {
        /// An API with streams.
        public enum API: String, Sendable, Hashable, CaseIterable {
            /// `POST /chat/completions`.
            case chat
            /// `POST /responses`.
            case responses
            /// `POST /messages`.
            case messages
        }

        /// What is right for a client to do.
        public enum Outcome: Sendable, Hashable {
            /// To give exactly the answer.
            case answer
            /// To throw, since the answer is broken.
            case failure
            /// Either of the two.
            case either
        }

        /// Of the kind `line-end-crlf`; several mutations are joined by two dots.
        ///
        /// A server plays it at `/s/sse-NAME/api/v1`.
        public var name: String { fuzzCase.pathName }

        /// The API whose stream it is.
        public var api: API { API(fuzzCase.api) }

        /// What is odd or broken, in a sentence.
        public let summary: String

        /// What is right for a client to do.
        public let outcome: Outcome

        /// The answer; where the client shall fail, the most that it may tell before.
        public let answer: FuzzAnswer

        /// Whether it takes seconds to play, or does not end, as a silence does.
        public let isSlow: Bool

        let fuzzCase: Fuzzing.FuzzCase

        /// The name, for the list of a test's cases.
        public var testDescription: String { name }

        /// Nil for a case that cannot be made.
        init?(_ fuzzCase: Fuzzing.FuzzCase) {
            guard let expectation = fuzzCase.expectation else { return nil }
            self.fuzzCase = fuzzCase
            summary = expectation.summary
            answer = FuzzAnswer(expectation.answer)
            isSlow = expectation.isSlow
            outcome =
                switch expectation.verdict {
                case .exact: .answer
                case .fails: .failure
                case .either: .either
                }
        }
    }
}

// MARK: - Cases

extension Simulator.FuzzCase {
    /// Each conversation as it is, and each mutation at each of its values: a few hundred.
    ///
    /// - Parameters:
    ///   - api: the API whose streams they are.
    ///   - tools: whether calls of tools are among them, for a client that can call them.
    ///   - slow: whether those are among them that take seconds, or until the client's own limit on silence. Give these a
    ///     client that waits for ten seconds.
    ///   - brokenServer: whether those are among them that only a broken server would send.
    /// - Returns: the cases, in the order of docs/fuzzing.md.
    public static func all(
        of api: API = .chat,
        tools: Bool = true,
        slow: Bool = false,
        brokenServer: Bool = false
    ) -> [Self] {
        Fuzzing.FuzzCase.single(of: api.fuzzed)
            .filter { (tools || !$0.base.needsTools) && (brokenServer || !$0.needsBrokenServer) }
            .compactMap { Self($0) }.filter { slow || !$0.isSlow }
    }

    /// Two to five mutations at a time.
    ///
    /// - Parameters:
    ///   - count: how many cases.
    ///   - api: the API whose streams they are.
    ///   - tools: whether calls of tools are among them.
    ///   - seed: the same one draws the same cases.
    /// - Returns: the cases, none of which is slow.
    public static func combinations(
        _ count: Int,
        of api: API = .chat,
        tools: Bool = true,
        seed: UInt64 = 0
    ) -> [Self] {
        Fuzzing.FuzzCase.combinations(count, of: api.fuzzed, hasTools: tools, seed: seed).compactMap { Self($0) }
    }

    /// A case by its name.
    ///
    /// - Parameters:
    ///   - name: such as `line-end-crlf`, or several joined by two dots.
    ///   - api: the API whose stream it is.
    /// - Returns: the case.
    /// - Throws: ``SimulatorError`` for a name that is none, with the nearest ones.
    public static func named(_ name: String, of api: API = .chat) throws(SimulatorError) -> Self {
        guard let fuzzCase = Fuzzing.FuzzCase(named: name, api: api.fuzzed), let named = Self(fuzzCase) else {
            throw SimulatorError(.refused, MutationTable.complaint(aboutName: name, api: api.fuzzed))
        }
        return named
    }

    /// Judges what a client made of the case, for tests that are not of Swift Testing.
    ///
    /// - Parameter result: what it told, or why it failed.
    /// - Returns: nil where it did well; else what it did, the likely cause, what was sent, expected and told.
    public func complaint(about result: Result<Simulator.FuzzAnswer, any Error>) -> String? {
        switch result {
        case .success(let answer): fuzzCase.complaint(about: answer.expected, failure: nil)
        case .failure(let error): fuzzCase.complaint(about: nil, failure: "\(error)")
        }
    }
}

// MARK: - Playing

extension Simulator {
    /// What a client uses in the place of `https://openrouter.ai/api/v1` to be answered with this stream.
    public func baseURL(playing fuzzCase: FuzzCase) -> URL {
        let text = "\(running.binding.origin)/w/\(worldName)/s/sse-\(fuzzCase.name)/api/v1"
        guard let url = URL(string: text) else { preconditionFailure("\(text) is a URL") }
        return url
    }

    /// Has a client read this stream, and fails the test if it does not do what is right: with what it did, the likely
    /// cause, what was sent, what was expected and what it told.
    ///
    /// - Parameters:
    ///   - fuzzCase: the stream.
    ///   - sourceLocation: where a failure is shown.
    ///   - client: makes one streaming request to the base URL that it is given, and says what it understood, or throws.
    /// - Returns: whether the client did well.
    @discardableResult
    public func check(
        _ fuzzCase: FuzzCase,
        sourceLocation: SourceLocation = #_sourceLocation,
        _ client: (_ baseURL: URL) async throws -> FuzzAnswer
    ) async -> Bool {
        let result: Result<FuzzAnswer, any Error>
        do {
            result = .success(try await client(baseURL(playing: fuzzCase)))
        } catch {
            result = .failure(error)
        }
        guard let complaint = fuzzCase.complaint(about: result) else { return true }
        Issue.record("\(complaint)", sourceLocation: sourceLocation)
        return false
    }
}

// MARK: - In the words of the fuzzer

extension Simulator.FuzzCase.API {
    fileprivate init(_ api: InferenceAPI) {
        switch api {
        case .chat: self = .chat
        case .responses: self = .responses
        case .messages: self = .messages
        }
    }

    fileprivate var fuzzed: InferenceAPI {
        switch self {
        case .chat: .chat
        case .responses: .responses
        case .messages: .messages
        }
    }
}

extension Simulator.FuzzAnswer {
    fileprivate init(_ expected: ExpectedAnswer) {
        self.init(
            text: expected.text,
            toolCalls: expected.toolCalls.map { ToolCall(name: $0.name, arguments: $0.arguments) }
        )
    }

    fileprivate var expected: ExpectedAnswer {
        ExpectedAnswer(text: text, toolCalls: toolCalls.map { .init(name: $0.name, arguments: $0.arguments) })
    }
}
