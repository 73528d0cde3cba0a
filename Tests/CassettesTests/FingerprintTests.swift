import HTTPTypes
import NIOCore
import Tapes
import Testing

@testable import Cassettes

@Suite("Fingerprints")
struct FingerprintTests {
    let fingerprinter = Fingerprinter(redactor: Redactor())

    static let same: [(String, Request, Request)] = [
        ("key order", .make(#"{"a":1,"b":[2]}"#), .make(#"{"b":[2],"a":1}"#)),
        ("white space", .make(#"{"a":1}"#), .make(" {\n\t\"a\" : 1 }\r\n")),
        ("spelling of numbers", .make(#"{"a":1}"#), .make(#"{"a":10e-1}"#)),
        ("spelling of strings", .make(#"{"a":"é/x"}"#), .make(#"{"a":"\u00e9\/\u0078"}"#)),
        ("order of different query names", .make("", target: "/x?a=1&b=2"), .make("", target: "/x?b=2&a=1")),
        ("spelling of the query", .make("", target: "/x?a=1%202"), .make("", target: "/x?a=1+2")),
        ("spelling of the path", .make("", target: "/a/%62"), .make("", target: "/a/b/")),
        (
            "header fields and the key", .make(fields: [.authorization: "Bearer sk-or-v1-0123456789abcdef0123"]),
            .make(fields: [.userAgent: "x", .contentType: "text/plain"])
        ),
        (
            "the boundary of a multipart body",
            .multipart(boundary: "abc", ["Content-Disposition: form-data; name=a\r\n\r\n1", "X: y\r\n\r\n2"]),
            .multipart(boundary: "\"d e\"", ["Content-Disposition: form-data; name=a\r\n\r\n1", "X: y\r\n\r\n2"])
        ),
    ]

    @Test("Two requests are the same whatever their", arguments: same)
    func sameness(_ what: String, _ left: Request, _ right: Request) {
        #expect(fingerprinter.fingerprint(of: left) == fingerprinter.fingerprint(of: right))
    }

    static let different: [(String, Request, Request)] = [
        ("method", .make(method: .post), .make(method: .put)),
        ("path", .make(target: "/a"), .make(target: "/b")),
        ("path segments", .make(target: "/a%2Fb"), .make(target: "/a/b")),
        ("query value", .make("", target: "/x?a=1"), .make("", target: "/x?a=2")),
        ("order of equal query names", .make("", target: "/x?a=1&a=2"), .make("", target: "/x?a=2&a=1")),
        ("query and none", .make("", target: "/x?a"), .make("", target: "/x")),
        ("number", .make(#"{"a":1}"#), .make(#"{"a":1.0000000000000000001}"#)),
        ("type", .make(#"{"a":1}"#), .make(#"{"a":"1"}"#)),
        ("null and absent", .make(#"{"a":null}"#), .make("{}")),
        ("order of arrays", .make("[1,2]"), .make("[2,1]")),
        ("place of the same bytes", .make(#"{"a":["b","c"]}"#), .make(#"{"a":["bc"]}"#)),
        ("text body", .make("hello"), .make("hello ")),
        ("text like JSON", .make("1"), .make("1.0")),
        ("empty body", .make(""), .make("{}")),
        ("query and body swapped", .make("a=1", target: "/x"), .make("", target: "/x?a=1")),
        (
            "multipart content", .multipart(boundary: "abc", ["A: b\r\n\r\n1"]),
            .multipart(boundary: "abc", ["A: b\r\n\r\n2"])
        ),
        (
            "cut between parts", .multipart(boundary: "abc", ["A: b\r\n\r\n1", "2"]),
            .multipart(boundary: "abc", ["A: b\r\n\r\n12"])
        ),
    ]

    @Test("Two requests differ by their", arguments: different)
    func difference(_ what: String, _ left: Request, _ right: Request) {
        #expect(fingerprinter.fingerprint(of: left) != fingerprinter.fingerprint(of: right))
    }

    @Test(
        "Fingerprints are the same in every release and on every machine",
        arguments: [
            (Request.make("", method: .get, target: "/api/v1/models?b=2&a=1"), "5dec8eff3a021232c2fdcd1ceacda97c"),
            (Request.make(), "9824b94a606fc0cc4b5df0e80d449962"),
            (
                Request.make(
                    "--b\r\nA: b\r\n\r\n1\r\n--b--\r\n",
                    fields: [.contentType: "multipart/form-data; boundary=b"]
                ), "ca6424a32570c42f210b274611f58530"
            ),
        ]
    )
    func pinned(_ request: Request, _ hex: String) {
        #expect(fingerprinter.fingerprint(of: request).description == hex)
    }

    @Test("A secret in the body counts as its placeholder, before and after redaction")
    func secrets() {
        let request = Request.make(#"{"messages":["my key is sk-or-v1-0123456789abcdef0123456789abcdef"]}"#)
        let redacted = Redactor().redact(request)
        #expect(redacted.body != request.body)
        #expect(fingerprinter.fingerprint(of: request) == fingerprinter.fingerprint(of: redacted))
        #expect(fingerprinter.fingerprint(of: request) == Redactor().redact(.make(request: request)).fingerprint)
    }

    @Test("A cache knows credentials among the fields of any number of clients")
    func manyClients() throws {
        let kept = Fingerprinter(redactor: Redactor())
        let name = try #require(HTTPField.Name("X-Client"))
        for _ in 0..<2 {
            for count in 0..<40 {
                for value in ["Bearer abcdefghijkl0123", "Bearer another-key-0123"] {
                    // The body says one of the two keys, so that it counts which one the client has.
                    var request = Request.make(#"{"text":"abcdefghijkl0123"}"#, fields: [:])
                    request.fields = HTTPFields(Array(repeating: HTTPField(name: name, value: "a"), count: count))
                    request.fields.insert(HTTPField(name: .authorization, value: value), at: count / 2)
                    let fresh = Fingerprinter(redactor: Redactor(), cacheCapacity: 0)
                    #expect(kept.fingerprint(of: request) == fresh.fingerprint(of: request))
                }
            }
        }
    }

    @Test("The cache answers like the hash, forgets the oldest, and knows requests apart by their credentials")
    func cache() {
        let small = Fingerprinter(redactor: Redactor(), cacheCapacity: 2)
        let requests = (0..<5).map { Request.make(#"{"n":\#($0)}"#) }
        for _ in 0..<3 {
            for request in requests {
                #expect(small.fingerprint(of: request) == Fingerprint(redacted: request))
            }
        }
        var cache = FingerprintCache(capacity: 2)
        let hashes = (0..<4).map { Hash128(high: 0, low: UInt64($0)) }
        for hash in hashes { cache.insert(Fingerprint(hash: hash), for: hash) }
        #expect(cache.count == 2)
        #expect(hashes.map { cache[$0] != nil } == [false, false, true, true])

        let body = #"{"text":"abcdefghijkl0123"}"#
        let plain = Request.make(body, fields: [:])
        let own = Request.make(body, fields: [.authorization: "Bearer abcdefghijkl0123"])
        #expect(small.fingerprint(of: plain) != small.fingerprint(of: own))
    }
}

extension Request {
    static func multipart(boundary: String, _ parts: [String]) -> Request {
        let bare = boundary.filter { $0 != "\"" }
        let body = parts.map { "--\(bare)\r\n\($0)\r\n" }.joined() + "--\(bare)--\r\n"
        return make(body, fields: [.contentType: "multipart/form-data; boundary=\(boundary)"])
    }
}
