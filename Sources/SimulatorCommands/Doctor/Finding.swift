internal import OpenRouterAPI

/// What one look at the machine has found.
struct Finding: Sendable, Hashable {
    enum Outcome: String, Sendable {
        case fine = "ok"
        /// Works, but may surprise.
        case warning
        /// Keeps a server from starting, or clients from reaching it.
        case failure = "failed"
    }

    /// What was looked at; one of a small set, for scripts.
    var check: String
    var outcome: Outcome
    /// What is so.
    var message: String
    /// What to do about it; nil where there is nothing to do.
    var remedy: String?

    static func fine(_ check: String, _ message: String) -> Finding {
        Finding(check: check, outcome: .fine, message: message)
    }

    static func warning(_ check: String, _ message: String, _ remedy: String? = nil) -> Finding {
        Finding(check: check, outcome: .warning, message: message, remedy: remedy)
    }

    static func failure(_ check: String, _ message: String, _ remedy: String? = nil) -> Finding {
        Finding(check: check, outcome: .failure, message: message, remedy: remedy)
    }

    var json: JSON {
        [
            "check": .string(check),
            "status": .string(outcome.rawValue),
            "message": .string(message),
            "remedy": remedy.map { .string($0) } ?? .null,
        ]
    }
}
