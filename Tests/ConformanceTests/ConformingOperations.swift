/// The operations whose answers conform to the official document.
///
/// An operation that is simulated belongs here; one that is not yet, not.
enum ConformingOperations {
    static let all: Set<String> = [
        "GET /credits",
        "GET /generation",
        "GET /key",
        "GET /models",
        "GET /models/count",
        "POST /chat/completions",
    ]
}
