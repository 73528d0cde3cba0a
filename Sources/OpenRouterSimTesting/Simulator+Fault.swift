extension Simulator {
    /// A deliberate defect of answers, by its name in docs/faults.md.
    ///
    /// ```swift
    /// let faults: [Simulator.Fault] = ["bom", .init("latency", "200ms"), .init("cut", ["event": 3, "ending": "reset"])]
    /// ```
    public struct Fault: Sendable, Hashable, Codable, ExpressibleByStringLiteral {
        /// Such as `latency`.
        public var name: String

        /// Parameters by name, or the value of the fault's principal one; nil for its defaults.
        public var arguments: Value?

        /// - Parameters:
        ///   - name: such as `latency`.
        ///   - arguments: an object of parameters, or the value of the principal one; nil for the defaults.
        public init(_ name: String, _ arguments: Value? = nil) {
            self.name = name
            self.arguments = arguments
        }

        /// A fault with its defaults.
        public init(stringLiteral name: String) { self.init(name) }

        /// - Parameter decoder: a name, or an object of one.
        /// - Throws: `DecodingError` for anything else.
        public init(from decoder: any Decoder) throws {
            switch try Value(from: decoder) {
            case .string(let name): self.init(name)
            case .object(let members) where members.count == 1:
                self.init(members.keys.first ?? "", members.values.first)
            default:
                throw DecodingError.dataCorrupted(
                    DecodingError.Context(codingPath: decoder.codingPath, debugDescription: "expected a fault")
                )
            }
        }

        /// Writes a name, or an object of a name and its arguments.
        public func encode(to encoder: any Encoder) throws {
            try (arguments.map { Value.object([name: $0]) } ?? .string(name)).encode(to: encoder)
        }
    }

    /// The faults that are on in the world.
    public var faults: Faults { Faults(control: control) }

    /// Switches a world's faults on and off; answers that play already stay as they are.
    public struct Faults: Sendable {
        let control: ControlClient

        private struct Change: Encodable {
            var faults: [Fault]
            var match: Match?
        }

        private struct State: Decodable { var faults: [Fault] }

        /// The faults that are on, in the order in which they are applied.
        ///
        /// - Throws: ``SimulatorError``.
        public func active() async throws(SimulatorError) -> [Fault] {
            try await control.send("GET", "/faults", as: State.self).faults
        }

        /// Switches faults on, after those that are.
        ///
        /// - Parameters:
        ///   - faults: at least one.
        ///   - match: which requests are meant; nil for all.
        /// - Throws: ``SimulatorError`` for an unknown fault or a wrong parameter.
        public func add(_ faults: Fault..., for match: Match? = nil) async throws(SimulatorError) {
            try await control.send("POST", "/faults", Change(faults: faults, match: match))
        }

        /// Switches faults on, in the place of those that are.
        ///
        /// - Parameters:
        ///   - faults: at least one.
        ///   - match: which requests are meant; nil for all.
        /// - Throws: ``SimulatorError`` for an unknown fault or a wrong parameter.
        public func replace(with faults: Fault..., for match: Match? = nil) async throws(SimulatorError) {
            try await control.send("PUT", "/faults", Change(faults: faults, match: match))
        }

        /// Switches all faults off.
        ///
        /// - Throws: ``SimulatorError``.
        public func removeAll() async throws(SimulatorError) {
            try await control.send("DELETE", "/faults")
        }
    }
}
