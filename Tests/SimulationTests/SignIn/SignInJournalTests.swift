internal import HTTPTypes
internal import NIOCore
internal import Tapes
internal import Testing

@testable internal import Simulation

@Suite("Sign-ins in the journal")
struct SignInJournalTests {
    private static func entry(_ target: String, _ body: String = "") -> Journal.Entry {
        let request = Request(method: .post, target: RequestTarget(target), body: ByteBuffer(string: body))
        return Journal.Entry(time: 0, request: request)
    }

    @Test(
        "Codes and verifiers are removed from queries, and nothing else is",
        arguments: [
            ("/api/v1/auth/keys?code=SECRET&x=%20", "/api/v1/auth/keys?code=[removed]&x=%20"),
            ("/auth?a=1&c%6fde=SECRET", "/auth?a=1&c%6fde=[removed]"),
            ("/api/v1/models?code_verifier=SECRET", "/api/v1/models?code_verifier=[removed]"),
            ("/auth?code_challenge=c&callback_url=x", "/auth?code_challenge=c&callback_url=x"),
            ("/api/v1/models?codes=1&&q", "/api/v1/models?codes=1&&q"), ("/api/v1/models", "/api/v1/models"),
        ]
    )
    func queries(target: String, expected: String) {
        #expect(Self.entry(target).request.target.raw == expected)
    }

    @Test(
        "Of an exchange the names stay, and the method",
        arguments: [
            (
                #"{"code":"SECRET","code_verifier":"SECRET","code_challenge_method":"S256"}"#,
                #"{"code":"[removed]","code_verifier":"[removed]","code_challenge_method":"S256"}"#
            ),
            (
                #"{"code":"A","code":"B","data":{"code":"C"}}"#,
                #"{"code":"[removed]","code":"[removed]","data":"[removed]"}"#
            ),
            ("code=SECRET", ""), (#"["SECRET"]"#, ""), ("", ""),
        ]
    )
    func exchanges(body: String, expected: String) {
        let entry = Self.entry("/api/v1/auth/keys", body)
        #expect(String(buffer: entry.request.body) == expected)
        #expect(entry.bodyByteCount == body.utf8.count)
    }

    @Test("Of the page's form nothing stays, and other bodies do")
    func others() {
        #expect(Self.entry("/auth", "token=SECRET&decision=approve").request.body.readableBytes == 0)
        let body = #"{"code":"print(1)"}"#
        #expect(String(buffer: Self.entry("/api/v1/chat/completions", body).request.body) == body)
    }
}
