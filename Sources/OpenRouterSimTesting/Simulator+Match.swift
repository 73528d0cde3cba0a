extension Simulator {
    /// Which requests are meant; all that is said must hold, as in the `match` of a scenario's rule.
    public struct Match: Sendable, Hashable, Encodable {
        /// A name such as `chat`, a group such as `inference`, or a path with `*`.
        public var endpoint: String?
        /// Such as `POST`.
        public var method: String?
        /// A slug, with `*` for any characters.
        public var model: String?
        /// Whether it asks for a stream.
        public var stream: Bool?
        /// The text of the last message, of whatever role.
        public var lastMessage: Text?
        /// By the name of the header field.
        public var headers: [String: Text]?
        /// By JSON pointer into the body; compared as JSON.
        public var json: [String: Value]?

        /// All requests that hold what is said.
        ///
        /// - Parameters:
        ///   - endpoint: a name such as `chat`, a group such as `inference`, or a path with `*`.
        ///   - method: such as `POST`.
        ///   - model: a slug, with `*` for any characters.
        ///   - stream: whether it asks for a stream.
        ///   - lastMessage: the text of the last message.
        ///   - headers: by the name of the header field.
        ///   - json: by JSON pointer into the body.
        public init(
            endpoint: String? = nil,
            method: String? = nil,
            model: String? = nil,
            stream: Bool? = nil,
            lastMessage: Text? = nil,
            headers: [String: Text]? = nil,
            json: [String: Value]? = nil
        ) {
            self.endpoint = endpoint
            self.method = method
            self.model = model
            self.stream = stream
            self.lastMessage = lastMessage
            self.headers = headers
            self.json = json?.mapValues { .object(["exact": $0]) }
        }

        enum CodingKeys: String, CodingKey {
            case endpoint, method, model, stream, headers, json
            case lastMessage = "last_message"
        }

        /// What a text has to be.
        public enum Text: Sendable, Hashable, Encodable, ExpressibleByStringLiteral {
            /// This and nothing else.
            case exact(String)
            /// This somewhere.
            case contains(String)
            /// A match somewhere, in the syntax of Swift's `Regex`.
            case regex(String)
            /// There at all, or not.
            case present(Bool)

            /// Exactly this.
            public init(stringLiteral text: String) { self = .exact(text) }

            /// Writes it as a scenario has it.
            public func encode(to encoder: any Encoder) throws {
                let value: [String: Value] =
                    switch self {
                    case .exact(let text): ["exact": .string(text)]
                    case .contains(let text): ["contains": .string(text)]
                    case .regex(let pattern): ["regex": .string(pattern)]
                    case .present(let isThere): ["present": .bool(isThere)]
                    }
                try value.encode(to: encoder)
            }
        }
    }
}
