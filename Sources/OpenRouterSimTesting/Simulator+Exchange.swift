public import Foundation

extension Simulator {
    /// An entry of the journal: a request and how it was answered.
    public struct Exchange: Sendable, Hashable, Decodable {
        /// Counts from 1 and never repeats in a world.
        public var id: Int
        /// When the request had come, on the world's clock.
        public var time: Date
        /// Such as `POST`.
        public var method: String
        /// As the API knows it, such as `/api/v1/chat/completions`.
        public var path: String
        /// Without `?`; empty where there is none.
        public var query: String
        /// Without keys and cookies.
        public var headers: [Header]
        /// Up to 64 KiB, without secrets.
        public var body: String
        /// Bytes of the whole body.
        public var bodyByteCount: Int
        /// The model that answered.
        public var model: String?
        /// Under which `/generation` knows the answer.
        public var generationID: String?
        /// Nil until there is an answer, and for one without a head.
        public var status: Int?
        /// Who answered, such as `synthetic` or a cassette and the number of the recording.
        public var origin: String?
        /// The scenario's rule that matched, as `name:line`.
        public var rule: String?
        /// The faults that made a difference.
        public var faults: [String]
        /// How the answer ends; nil while it is still coming.
        public var ending: Ending?
        /// Explains why no recording answered; nil when one did, or none was looked for.
        public var miss: String?
        /// What it repeats; nil for a first attempt, and always where the journal is followed.
        public var retry: Retry?
        /// How the answer was played; nil while it is.
        public var played: Played?

        enum CodingKeys: String, CodingKey {
            case id, time, method, path, query, headers, body, model, status, origin, rule, faults, ending, miss, retry
            case played
            case bodyByteCount = "body_bytes"
            case generationID = "generation_id"
        }
    }
}

extension Simulator.Exchange {
    /// A header field.
    public struct Header: Sendable, Hashable, Decodable {
        /// As the client wrote it.
        public var name: String
        /// Without secrets.
        public var value: String

        /// - Throws: `DecodingError`.
        public init(from decoder: any Decoder) throws {
            var pair = try decoder.unkeyedContainer()
            name = try pair.decode(String.self)
            value = try pair.decode(String.self)
        }
    }

    /// How an answer ends; more may come.
    public struct Ending: RawRepresentable, Sendable, Hashable, Decodable {
        /// The control API's word.
        public var rawValue: String

        /// An ending by the control API's word.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// As a complete message.
        public static let complete = Ending(rawValue: "complete")
        /// With the connection closed too early (FIN).
        public static let close = Ending(rawValue: "close")
        /// With the connection reset (RST).
        public static let reset = Ending(rawValue: "reset")
        /// In silence.
        public static let stall = Ending(rawValue: "stall")
    }

    /// A request that asks again for what has failed before.
    public struct Retry: Sendable, Hashable, Decodable {
        /// The entry that failed.
        public var of: Int
        /// 2 for the first repetition.
        public var attempt: Int
        /// From the end of the failed answer to this request, on the world's clock.
        public var wait: Duration

        enum CodingKeys: String, CodingKey {
            case of, attempt
            case wait = "wait_us"
        }

        /// - Throws: `DecodingError`.
        public init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            of = try container.decode(Int.self, forKey: .of)
            attempt = try container.decode(Int.self, forKey: .attempt)
            wait = .microseconds(try container.decode(Int.self, forKey: .wait))
        }
    }

    /// What became of an answer on the wire.
    public struct Played: Sendable, Hashable, Decodable {
        /// How playing ended; more may come.
        public struct Outcome: RawRepresentable, Sendable, Hashable, Decodable {
            /// The control API's word.
            public var rawValue: String

            /// An outcome by the control API's word.
            public init(rawValue: String) { self.rawValue = rawValue }

            /// As the answer wanted.
            public static let played = Outcome(rawValue: "played")
            /// The client left first.
            public static let cancelled = Outcome(rawValue: "cancelled")
        }

        /// Bytes that were handed to the kernel together.
        public struct Send: Sendable, Hashable, Decodable {
            /// Since the end of the request; where the clock stands still, when the answer wanted it.
            public var time: Duration
            /// How many.
            public var byteCount: Int

            enum CodingKeys: String, CodingKey {
                case time = "at_us"
                case byteCount = "bytes"
            }

            /// - Throws: `DecodingError`.
            public init(from decoder: any Decoder) throws {
                let container = try decoder.container(keyedBy: CodingKeys.self)
                time = .microseconds(try container.decode(Int.self, forKey: .time))
                byteCount = try container.decode(Int.self, forKey: .byteCount)
            }
        }

        /// How playing ended.
        public var outcome: Outcome
        /// Bytes that were sent, head and framing included.
        public var byteCount: Int
        /// From the end of the request to the end of the answer.
        public var duration: Duration
        /// In order.
        public var sends: [Send]

        enum CodingKeys: String, CodingKey {
            case outcome, sends
            case byteCount = "bytes"
            case duration = "duration_us"
        }

        /// - Throws: `DecodingError`.
        public init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            outcome = try container.decode(Outcome.self, forKey: .outcome)
            byteCount = try container.decode(Int.self, forKey: .byteCount)
            duration = .microseconds(try container.decode(Int.self, forKey: .duration))
            sends = try container.decode([Send].self, forKey: .sends)
        }
    }
}
