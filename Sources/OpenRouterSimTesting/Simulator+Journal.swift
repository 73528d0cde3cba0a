internal import SimulatorServer

extension Simulator {
    /// The world's journal: what was received and what was played.
    public var journal: Journal { Journal(simulator: self) }

    /// Reads a world's journal.
    public struct Journal: Sendable {
        let simulator: Simulator

        private struct Listing: Decodable { var entries: [Exchange] }

        /// The exchanges of the world, the latest 200 of them, oldest first.
        ///
        /// A client can have all of an answer before the journal knows that it was played; wait with
        /// ``first(where:)`` where `played` matters.
        ///
        /// - Throws: ``SimulatorError``.
        public func entries() async throws(SimulatorError) -> [Exchange] {
            try await simulator.control.send("GET", "/journal", as: Listing.self).entries
        }

        /// Waits for an exchange: one that is there already, or the first to come.
        ///
        /// An exchange is looked at when its request was received, and again when its answer was played.
        ///
        /// - Parameter isMeant: whether it is the one.
        /// - Returns: nil when the task is cancelled or the server stops first.
        /// - Throws: what `isMeant` throws.
        public func first(where isMeant: (Exchange) throws -> Bool) async rethrows -> Exchange? {
            let (earlier, changes) = simulator.running.server.journal(ofWorld: simulator.worldName)
            for bytes in earlier {
                let exchange = Self.exchange(bytes)
                if try isMeant(exchange) { return exchange }
            }
            for await bytes in changes {
                let exchange = Self.exchange(bytes)
                if try isMeant(exchange) { return exchange }
            }
            return nil
        }

        private static func exchange(_ bytes: [UInt8]) -> Exchange {
            do {
                return try ControlClient.decode(Exchange.self, bytes)
            } catch {
                preconditionFailure("the journal is written as its reader expects: \(error)")
            }
        }

        /// Forgets all exchanges.
        ///
        /// - Throws: ``SimulatorError``.
        public func clear() async throws(SimulatorError) {
            try await simulator.control.send("DELETE", "/journal")
        }
    }

    /// The exchanges that no recording answered, each with its explanation in ``Exchange/miss``.
    ///
    /// - Throws: ``SimulatorError``.
    public func misses() async throws(SimulatorError) -> [Exchange] {
        struct Answer: Decodable { var misses: [Exchange] }
        return try await control.send("GET", "/misses", as: Answer.self).misses
    }
}
