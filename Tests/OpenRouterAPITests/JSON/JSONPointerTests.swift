internal import Testing

@testable internal import OpenRouterAPI

struct JSONPointerTests {
    /// The document of RFC 6901, section 5.
    static let document = #"{"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"e^f":3,"g|h":4,"i\\j":5,"k\"l":6," ":7,"m~n":8}"#

    @Test(
        "The examples of RFC 6901 find their values",
        arguments: [
            ("/foo", #"["bar","baz"]"#), ("/foo/0", #""bar""#), ("/", "0"), ("/a~1b", "1"), ("/c%d", "2"),
            ("/e^f", "3"),
            ("/g|h", "4"), ("/i\\j", "5"), ("/k\"l", "6"), ("/ ", "7"), ("/m~0n", "8"), ("", document),
        ]
    )
    func examples(_ text: String, _ expected: String) throws {
        let pointer = try JSONPointer(text)
        #expect(pointer.description == text)
        let value = try JSONValue(parsing: Self.document).at(pointer)
        #expect(value.map { String(decoding: $0.raw, as: UTF8.self) } == expected)
    }

    @Test(
        "What does not exist is nil",
        arguments: [
            "/foo/2", "/foo/-", "/foo/01", "/foo/", "/foo/-1", "/foo/+1", "/foo/1e0", "/foo/99999999999999999999",
            "/foo/0/0", "/x", "/a/b",
        ]
    )
    func missing(_ text: String) throws {
        #expect(try JSONValue(parsing: Self.document).at(JSONPointer(text)) == nil)
    }

    @Test(
        "A bad pointer is explained",
        arguments: [
            ("foo", "'foo' is no JSON Pointer: it must be empty or start with '/', such as '/foo'"),
            ("/a/b~", "'/a/b~' is no JSON Pointer: in 'b~', '~' must be written '~0' (and '/' inside a name '~1')"),
            ("/~2", "'/~2' is no JSON Pointer: in '~2', '~' must be written '~0' (and '/' inside a name '~1')"),
        ]
    )
    func bad(_ text: String, _ message: String) {
        let error = #expect(throws: JSONPointerError.self) { try JSONPointer(text) }
        #expect(error?.description == message)
    }

    @Test("Appended components are escaped in the text only")
    func appending() throws {
        var pointer = JSONPointer().appending("a/b").appending(0)
        pointer.append("~1")
        pointer.append(12)
        #expect(pointer.description == "/a~1b/0/~01/12")
        #expect(pointer.components == ["a/b", "0", "~1", "12"])
        #expect(try JSONPointer(pointer.description) == pointer)
    }

    @Test("A name that starts with a combining mark is found")
    func combining() throws {
        let pointer = try JSONPointer("/\u{301}x/~0\u{301}")
        #expect(pointer.components == ["\u{301}x", "~\u{301}"])
        #expect(pointer.description.utf8.elementsEqual("/\u{301}x/~0\u{301}".utf8))
    }
}
