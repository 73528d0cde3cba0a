import Tapes
import Testing

@testable import SimulatorServer

@Suite("API paths")
struct APIPathTests {
    static let paths: [(raw: String, canonical: String?)] = [
        ("/api/v1/chat/completions", "/api/v1/chat/completions"),
        ("/v1/chat/completions?x=1", "/api/v1/chat/completions?x=1"),
        ("/chat/completions", "/api/v1/chat/completions"),
        ("/models", "/api/v1/models"),
        ("/auth/keys", "/api/v1/auth/keys"),
        ("/auth", "/auth"), ("/auth/?callback_url=x", "/auth/?callback_url=x"), ("/authors", nil),
        ("/api/auth", "/api/auth"),
        ("/api/alpha/responses", "/api/v1/responses"),
        ("/api/alpha/responses?x=1", "/api/v1/responses?x=1"),
        ("/api/alpha/responses2", "/api/alpha/responses2"),
        ("/api/beta/batches", "/api/beta/batches"),
        ("/beta/batches?x=1", "/api/beta/batches?x=1"),
        ("/beta/batches/batch_1", "/api/beta/batches/batch_1"),
        ("/beta/batches2", nil),
        ("/beta", nil),
        ("/", nil),
        ("/favicon.ico", nil),
        ("/chatty", nil),
    ]

    @Test("mean one canonical path however the base URL was mistyped", arguments: paths)
    func canonical(raw: String, canonical: String?) {
        #expect(APIPath.canonical(RequestTarget(raw))?.raw == canonical)
    }
}
