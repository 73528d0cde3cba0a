internal import HTTPTypes
internal import NIOCore
internal import Tapes
internal import Testing

@Suite("Request targets")
struct RequestTargetTests {
    @Test(
        "A target is path and query, whatever its form",
        arguments: [
            ("/", "/", "/", ""),
            ("/api/v1/models", "/api/v1/models", "/api/v1/models", ""),
            ("/a?b=c", "/a?b=c", "/a", "b=c"),
            ("/a?", "/a?", "/a", ""),
            ("/a?b?c", "/a?b?c", "/a", "b?c"),
            ("/a?u=http://h/p", "/a?u=http://h/p", "/a", "u=http://h/p"),
            ("*", "*", "*", ""),
            // absolute-form
            ("http://host/a/b?c", "/a/b?c", "/a/b", "c"),
            ("https://host:443/a", "/a", "/a", ""),
            ("http://host", "/", "/", ""),
            ("http://host?c", "/?c", "/", "c"),
            ("http://u:p@[::1]:80/a", "/a", "/a", ""),
            // authority-form, and what no RFC knows
            ("host:443", "/host:443", "/host:443", ""),
            ("a/b", "/a/b", "/a/b", ""),
            ("", "/", "/", ""),
            // Slashes at the end of the path do not count.
            ("/a/", "/a/", "/a", ""),
            ("/a//?b=/", "/a//?b=/", "/a", "b=/"),
            ("//", "//", "/", ""),
            ("//a//b", "//a//b", "//a//b", ""),
            // Percent-encoding is undone in the path, but never makes a slash.
            ("/a%20b", "/a%20b", "/a b", ""),
            ("/a%2Fb", "/a%2Fb", "/a%2Fb", ""),
            ("/a%2fb", "/a%2fb", "/a%2fb", ""),
            ("/a%2F/", "/a%2F/", "/a%2F", ""),
            ("/%61%70i", "/%61%70i", "/api", ""),
            ("/a%3Fb?c", "/a%3Fb?c", "/a?b", "c"),
            ("/%C3%A9", "/%C3%A9", "/é", ""),
            ("/%FF", "/%FF", "/\u{FFFD}", ""),
            ("/a%", "/a%", "/a%", ""),
            ("/a%4", "/a%4", "/a%4", ""),
            ("/a%4g%41", "/a%4g%41", "/a%4gA", ""),
            ("/%%41", "/%%41", "/%A", ""),
            ("/%2541", "/%2541", "/%41", ""),
            ("/a+b", "/a+b", "/a+b", ""),
            ("/é", "/é", "/é", ""),
        ]
    )
    func forms(target: String, raw: String, path: String, query: String) {
        let parsed = RequestTarget(target)
        #expect(parsed.raw == raw)
        #expect(parsed.path == path)
        #expect(parsed.query == query)
        #expect(parsed.description == raw)
    }

    @Test(
        "Query items keep their order and are decoded",
        arguments: [
            ("/a", []),
            ("/a?b=1&c=2&b=3", ["b:1", "c:2", "b:3"]),
            ("/a?b", ["b:"]),
            ("/a?b=", ["b:"]),
            ("/a?=b", [":b"]),
            ("/a?b=c=d", ["b:c=d"]),
            ("/a?&&b=1&", ["b:1"]),
            ("/a?b=c%20d+e", ["b:c d e"]),
            ("/a?b%3D=%26%2F", ["b=:&/"]),
            ("/a?b=%2B", ["b:+"]),
            ("/a?b=%zz", ["b:%zz"]),
        ]
    )
    func queryItems(target: String, items: [String]) {
        #expect(RequestTarget(target).queryItems.map { "\($0.name):\($0.value)" } == items)
    }

    @Test("The first value of a query item is found by its decoded name")
    func queryValue() {
        let target = RequestTarget("/a?b=1&c%20d=2&b=3&e")
        #expect(target.queryValue("b") == "1")
        #expect(target.queryValue("c d") == "2")
        #expect(target.queryValue("e")?.isEmpty == true)
        #expect(target.queryValue("f") == nil)
        #expect(RequestTarget("/a").queryValue("b") == nil)
    }

    @Test(
        "The media type of a body is in lower case and without parameters",
        arguments: [
            (nil, nil),
            ("application/json", "application/json"),
            ("Text/Event-Stream; charset=utf-8", "text/event-stream"),
            (" a/b ;c", "a/b"),
            ("", ""),
        ] as [(String?, String?)]
    )
    func mediaTypes(value: String?, expected: String?) {
        var fields = HTTPFields()
        fields[.contentType] = value
        #expect(Request(method: .post, target: RequestTarget("/"), fields: fields).mediaType == expected)
        #expect(ResponseHead(status: .ok, fields: fields).mediaType == expected)
    }
}
