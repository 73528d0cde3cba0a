internal import Tapes
internal import Testing

@Suite("Absolute URLs")
struct AbsoluteURLTests {
    @Test(
        "A URL names a host",
        arguments: [
            ("http://127.0.0.1:8080/hook?x=1", "127.0.0.1", true), ("https://localhost", "localhost", true),
            ("HTTP://LocalHost/", "localhost", true), ("http://[::1]:80/a", "::1", true),
            ("http://127.255.0.9/", "127.255.0.9", true), ("https://example.com/a@b", "example.com", false),
            ("https://127.0.0.1.example.com/", "127.0.0.1.example.com", false),
            ("http://128.0.0.1", "128.0.0.1", false),
            ("http://127.0.0.256", "127.0.0.256", false),
            ("http://localhost.example.com", "localhost.example.com", false),
            ("http://127.1", "127.1", false), ("https://example.com?x", "example.com", false),
        ]
    )
    func hosts(text: String, host: String, isLoopback: Bool) throws {
        let url = try #require(AbsoluteURL(text))
        #expect(url.host == host)
        #expect(url.isLoopback == isLoopback)
        #expect(url.text == text)
    }

    @Test(
        "What two readers could read differently is no URL",
        arguments: [
            "", "localhost", "ftp://localhost/", "http://", "http:///a", "http://127.0.0.1@example.com/",
            "http://user:pass@localhost/", "http://localhost\\@example.com/", "http://local host/",
            "http://localhost:x/", "http://localhost:70000/", "http://localhost:+80/", "http://[::1/", "http://[::1]x/",
            "http://localhost:80:90/", "http://exämple.com/", "http://a\nb/",
        ]
    )
    func refused(text: String) {
        #expect(AbsoluteURL(text) == nil)
    }
}
