/// Why a simulator cannot do what a test asks of it.
///
/// The message says what was wrong, where, and what was expected. Two errors are equal when their codes are.
public struct SimulatorError: Error, Sendable, CustomStringConvertible {
    /// What kind of thing went wrong; more may come.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        /// A few words.
        public let description: String

        /// The server cannot be started: a cassette that cannot be read, a timing that is none, no free port.
        public static let cannotStart = Code(description: "cannot start")
        /// The control API refuses what it is asked: an unknown scenario, an unknown fault, a wrong time.
        public static let refused = Code(description: "refused")
        /// A file of scenarios cannot be read.
        public static let unreadableFile = Code(description: "unreadable file")
        /// There is no simulator here: neither the trait nor ``withSimulator(scenario:cassette:onMiss:exhausted:timing:seed:clock:credits:faults:checks:sourceLocation:_:)`` is around.
        public static let noSimulator = Code(description: "no simulator")
    }

    /// The kind.
    public var code: Code

    /// What happened and what was expected; of a scenario each error on a line of its own, with file, line and column.
    public var message: String

    /// The error beneath; nil where there is none.
    public var cause: (any Error)?

    /// - Parameters:
    ///   - code: the kind.
    ///   - message: what happened and what was expected.
    ///   - cause: the error beneath.
    public init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    /// The kind and the message.
    public var description: String { "\(code): \(message)" }
}

extension SimulatorError: Hashable {
    /// Compares the codes alone.
    public static func == (left: SimulatorError, right: SimulatorError) -> Bool { left.code == right.code }

    /// Hashes the code alone.
    public func hash(into hasher: inout Hasher) { hasher.combine(code) }
}
