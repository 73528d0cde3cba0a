public import Foundation

extension Simulator {
    /// What time it is in a world when it begins.
    public struct StartTime: Sendable, Hashable {
        let text: String

        /// The machine's time.
        public static let system = StartTime(text: "system")

        /// Stands still at this time until it is moved; milliseconds count.
        public static func fixed(_ time: Date) -> StartTime { StartTime(text: "fixed:" + time.formatted(.rfc3339)) }

        /// The same with an RFC 3339 time such as `2026-08-30T09:15:00Z`.
        public static func fixed(_ time: String) -> StartTime { StartTime(text: "fixed:" + time) }
    }

    /// The world's clock, which rate windows, expiry, jobs and paced streams follow.
    public var clock: Clock { Clock(control: control) }

    /// Reads and moves a world's clock.
    public struct Clock: Sendable {
        let control: ControlClient

        private struct State: Decodable { var time: Date }

        private struct Change: Encodable {
            var advance: String?
            var fixed: String?
            var freeze: Bool?
            var resume: Bool?
            var system: Bool?
        }

        /// What time it is.
        ///
        /// - Throws: ``SimulatorError``.
        public func now() async throws(SimulatorError) -> Date {
            try await control.send("GET", "/clock", as: State.self).time
        }

        /// Moves the clock forward; streams that wait go on as if the time had passed.
        ///
        /// - Parameter time: up to a century; microseconds count.
        /// - Returns: what time it is then.
        /// - Throws: ``SimulatorError`` for a time below zero or beyond a century.
        @discardableResult
        public func advance(by time: Duration) async throws(SimulatorError) -> Date {
            let (seconds, attoseconds) = time.components
            // A century is the control API's own limit; more would not fit.
            guard seconds >= 0, attoseconds >= 0, seconds <= 3_153_600_000 else {
                throw SimulatorError(.refused, "a clock advances by 0 s to a century, not by \(time)")
            }
            return try await change(Change(advance: "\(seconds * 1_000_000 + attoseconds / 1_000_000_000_000)us"))
        }

        /// Has the clock stand still at a time; milliseconds count.
        ///
        /// - Returns: what time it is then.
        /// - Throws: ``SimulatorError``.
        @discardableResult
        public func fix(at time: Date) async throws(SimulatorError) -> Date {
            try await change(Change(fixed: time.formatted(.rfc3339)))
        }

        /// Has the clock stand still from now on.
        ///
        /// - Returns: what time it is then.
        /// - Throws: ``SimulatorError``.
        @discardableResult
        public func freeze() async throws(SimulatorError) -> Date { try await change(Change(freeze: true)) }

        /// Lets the clock go on from the time it is.
        ///
        /// - Returns: what time it is then.
        /// - Throws: ``SimulatorError``.
        @discardableResult
        public func resume() async throws(SimulatorError) -> Date { try await change(Change(resume: true)) }

        /// Sets the machine's time again.
        ///
        /// - Returns: what time it is then.
        /// - Throws: ``SimulatorError``.
        @discardableResult
        public func followSystem() async throws(SimulatorError) -> Date { try await change(Change(system: true)) }

        private func change(_ change: Change) async throws(SimulatorError) -> Date {
            try await control.send("POST", "/clock", change, as: State.self).time
        }
    }
}
