internal import OpenRouterAPI
internal import Testing

@testable internal import Simulation

@Suite("Callback URLs")
struct CallbackURLTests {
    @Test(
        "A code may be sent by https, or to this machine",
        arguments: [
            ("https://app.example.com/cb", "app.example.com"), ("https://app.example.com:8443/", "app.example.com"),
            ("http://localhost:5173", "localhost:5173"), ("http://127.0.0.1:9/x", "localhost:9"),
            ("http://[::1]:9/x", "localhost:9"), ("http://LOCALHOST/x", "localhost:80"),
            ("https://localhost/x", "localhost:443"),
        ]
    )
    func good(text: String, appName: String) throws {
        let callback = try #require(CallbackURL(text, era: .current))
        #expect(callback.appName == appName)
        #expect(callback.text == text)
    }

    static let bad = [
        "", "/cb", "//evil.example/cb", "javascript:alert(1)", "javascript://localhost/%0aalert(1)",
        "data:text/html,<script>", "myapp://callback", "vscode://x", "ftp://localhost/", "file:///etc/passwd",
        "http://example.com/cb", "http://localhost.example.com/", "http://127.0.0.1.example.com/",
        "http://localhost@example.com/", "https://user:password@example.com/", "http://localhost\\@example.com/",
        "http://127.0.0.2/", "http://0.0.0.0/", "http://2130706433/", "http://127.1/", "http://localhost./",
        "http://[::ffff:127.0.0.1]/", "https://", "https:///cb", "https://example.com\r\nX: y", "https://ex ample.com",
        "http://localhost:99999/", "https://example.com:x/", " https://example.com", "https:example.com",
        "https://evil.example\\.good.example/", "http://localhost%2eexample.com/",
    ]

    @Test("Nothing else may have one", arguments: bad)
    func refused(text: String) {
        #expect(CallbackURL(text, era: .current) == nil)
    }

    @Test(
        "Older rules want port 443 or 3000",
        arguments: [
            ("https://app.example.com/", true), ("https://app.example.com:3000/", true),
            ("https://app.example.com:8443/", false), ("http://localhost:3000/", true),
            ("http://localhost:5173/", false), ("http://localhost/", false), ("http://[::1]:3000/", false),
        ]
    )
    func legacy(text: String, isGood: Bool) {
        #expect((CallbackURL(text, era: .legacy) != nil) == isGood)
    }

    @Test(
        "Items go to the end of the query, before a fragment",
        arguments: [
            ("https://a.b/cb", "https://a.b/cb?code=1"), ("https://a.b", "https://a.b?code=1"),
            ("https://a.b/cb?x=1&y=%20", "https://a.b/cb?x=1&y=%20&code=1"),
            ("https://a.b/cb?", "https://a.b/cb?code=1"),
            ("https://a.b/cb?x&", "https://a.b/cb?x&code=1"), ("https://a.b/#/cb", "https://a.b/?code=1#/cb"),
            ("https://a.b/?x=1#y?z", "https://a.b/?x=1&code=1#y?z"),
            ("https://a.b/?code=0", "https://a.b/?code=0&code=1"),
        ]
    )
    func adding(text: String, expected: String) throws {
        let callback = try #require(CallbackURL(text, era: .current))
        #expect(callback.adding([("code", "1")]) == expected)
    }

    @Test("Values are encoded")
    func encoding() throws {
        let callback = try #require(CallbackURL("https://a.b/", era: .current))
        #expect(callback.adding([("state", "a b&c=ü#\r\n~")]) == "https://a.b/?state=a%20b%26c%3D%C3%BC%23%0D%0A~")
    }
}
