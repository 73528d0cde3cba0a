import Tapes
import Testing

@testable import Recording

@Suite("Upstream configuration")
struct UpstreamConfigurationTests {
    static let paths: [(base: String, path: String, query: String, url: String)] = [
        ("https://openrouter.ai/api/v1", "/api/v1/models", "", "https://openrouter.ai/api/v1/models"),
        ("https://openrouter.ai/api/v1/", "/api/v1/models", "q=a%20b", "https://openrouter.ai/api/v1/models?q=a%20b"),
        ("http://127.0.0.1:9", "/api/v1/chat/completions", "", "http://127.0.0.1:9/chat/completions"),
        ("http://[::1]:9/v1", "/api/v1/key", "", "http://[::1]:9/v1/key"),
        ("https://openrouter.ai/api/v1", "/api/alpha/responses", "", "https://openrouter.ai/api/alpha/responses"),
        ("https://openrouter.ai/api/v1", "/api/beta/batches", "", "https://openrouter.ai/api/beta/batches"),
        ("https://openrouter.ai/api/v1", "/api/v1", "", "https://openrouter.ai/api/v1"),
    ]

    @Test("maps canonical paths below its base", arguments: paths)
    func maps(base: String, path: String, query: String, url: String) throws {
        #expect(try UpstreamConfiguration(url: base).url(path: path, query: query) == url)
    }

    @Test(
        "finds pages at its root",
        arguments: [
            ("https://openrouter.ai/api/v1", "https://openrouter.ai/auth?a=b%20c"),
            ("http://127.0.0.1:9", "http://127.0.0.1:9/auth?a=b%20c"),
        ]
    )
    func pages(base: String, url: String) throws {
        #expect(try UpstreamConfiguration(url: base).pageURL(RequestTarget("/auth?a=b%20c")) == url)
    }

    static let badURLs: [(url: String, problem: String)] = [
        ("openrouter.ai", "expected http://HOST[:PORT][/PATH] or https://…"),
        ("ftp://openrouter.ai", "expected http://HOST[:PORT][/PATH] or https://…"),
        ("https://", "expected http://HOST[:PORT][/PATH] or https://…"),
        ("https://key@openrouter.ai", "credentials in the URL are not sent; remove them"),
        ("https://openrouter.ai/api?x=1", "expected no query, fragment or blank"),
        ("http://127.0.0.1:0", "expected a port from 1 to 65535 after ':'"),
        ("http://127.0.0.1:port", "expected a port from 1 to 65535 after ':'"),
    ]

    @Test("says what is wrong with a URL", arguments: badURLs)
    func refuses(url: String, problem: String) {
        #expect(throws: UpstreamConfigurationError(url: url, problem: problem)) {
            try UpstreamConfiguration(url: url)
        }
    }
}
