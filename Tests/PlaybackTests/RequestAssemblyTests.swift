internal import HTTPTypes
internal import NIOCore
internal import NIOHTTP1
internal import Tapes
internal import Testing

@testable internal import Playback

@Suite("Request assembly")
struct RequestAssemblyTests {
    private static func head(
        _ method: HTTPMethod = .POST,
        version: HTTPVersion = .http1_1,
        uri: String = "/a",
        fields: HTTPHeaders = [:],
        hasHost: Bool = true
    ) -> HTTPServerRequestPart {
        var headers: HTTPHeaders = hasHost ? ["Host": "h"] : [:]
        headers.add(contentsOf: fields)
        return .head(HTTPRequestHead(version: version, method: method, uri: uri, headers: headers))
    }

    private static func body(_ text: String) -> HTTPServerRequestPart { .body(ByteBuffer(string: text)) }

    /// What comes out for these parts, with a limit of ten bytes.
    @Test(
        "Parts become messages",
        arguments: [
            ("no body", [head(.GET), .end(nil)], ["GET /a []"]),
            ("one piece", [head(), body("ab"), .end(nil)], ["POST /a [ab]"]),
            ("many pieces", [head(), body("ab"), body(""), body("c"), body("d"), .end(nil)], ["POST /a [abcd]"]),
            (
                "two requests", [head(), body("a"), .end(nil), head(.GET, uri: "/b"), .end(nil)],
                ["POST /a [a]", "GET /b []"]
            ),
            ("trailers are dropped", [head(), body("a"), .end(["x": "y"])], ["POST /a [a]"]),
            ("at the limit", [head(), body("01234"), body("56789"), .end(nil)], ["POST /a [0123456789]"]),
            (
                "over the limit", [head(), body("01234"), body("56789x"), body("y"), .end(nil)],
                ["bodyTooLarge(limit: 10)"]
            ),
            ("announced at the limit", [head(fields: ["Content-Length": "10"])], []),
            (
                "announced over the limit", [head(fields: ["Content-Length": "11"]), body("a")],
                ["bodyTooLarge(limit: 10)"]
            ),
            (
                "announced beyond Int", [head(fields: ["Content-Length": "18446744073709551615"])],
                ["bodyTooLarge(limit: 10)"]
            ),
            (
                "after a refusal nothing counts",
                [head(fields: ["Content-Length": "11"]), .end(nil), head(.GET), .end(nil)], ["bodyTooLarge(limit: 10)"]
            ),
            (
                "expectation", [head(fields: ["Expect": "100-continue"]), body("a"), .end(nil)],
                ["expectation", "POST /a [a]"]
            ),
            ("expectation in capitals", [head(fields: ["Expect": "100-Continue"])], ["expectation"]),
            ("another expectation", [head(fields: ["Expect": "miracle"]), .end(nil)], ["POST /a []"]),
            (
                "expectation of HTTP/1.0", [head(version: .http1_0, fields: ["Expect": "100-continue"]), .end(nil)],
                ["POST /a [] http1.0 closes"]
            ),
            (
                "expectation over the limit", [head(fields: ["Expect": "100-continue", "Content-Length": "11"])],
                ["bodyTooLarge(limit: 10)"]
            ),
            ("no Host", [head(hasHost: false)], ["malformed(\"missing Host header field\")"]),
            (
                "no Host in HTTP/1.0", [head(.GET, version: .http1_0, hasHost: false), .end(nil)],
                ["GET /a [] http1.0 closes"]
            ),
            ("two Hosts", [head(fields: ["host": "i"])], ["malformed(\"more than one Host header field\")"]),
            (
                "two Hosts in HTTP/1.0", [head(version: .http1_0, fields: ["host": "i"])],
                ["malformed(\"more than one Host header field\")"]
            ),
            ("HEAD", [head(.HEAD), .end(nil)], ["HEAD /a [] head"]),
            ("close", [head(.GET, fields: ["Connection": "close"]), .end(nil)], ["GET /a [] closes"]),
            (
                "HTTP/1.0 keep-alive",
                [head(.GET, version: .http1_0, fields: ["Connection": "keep-alive"]), .end(nil)], ["GET /a [] http1.0"]
            ),
            (
                "an offer to upgrade", [head(.GET, fields: ["Connection": "x, Upgrade"]), .end(nil)],
                ["GET /a [] closes"]
            ),
            ("CONNECT", [head(.CONNECT, uri: "h:1"), .end(nil)], ["CONNECT /h:1 [] closes"]),
            ("a body without a head", [body("a"), .end(nil)], []),
        ] as [(String, [HTTPServerRequestPart], [String])]
    )
    func table(name: String, parts: [HTTPServerRequestPart], messages: [String]) {
        var assembly = RequestAssembly(bodyByteLimit: 10)
        let found = parts.compactMap { assembly.receive($0) }.map(\.words)
        #expect(found == messages)
    }

    @Test("Only the first refusal is the last word")
    func refusals() {
        var assembly = RequestAssembly(bodyByteLimit: 10)
        #expect(!assembly.isCollecting)
        #expect(assembly.receive(Self.head()) == nil)
        #expect(assembly.isCollecting)
        #expect(assembly.refuse(.timeout)?.words == "timeout")
        #expect(!assembly.isCollecting)
        #expect(assembly.refuse(.headTooLarge) == nil)
        #expect(assembly.receive(Self.body("a")) == nil)
        #expect(assembly.receive(.end(nil)) == nil)
        #expect(assembly.receive(Self.head()) == nil)
    }

    @Test(
        "A coding that was undone is no longer spoken of",
        arguments: [("gzip", false), ("DEFLATE", false), ("br", true), ("gzip, br", true)]
    )
    func codings(coding: String, isKept: Bool) {
        var assembly = RequestAssembly(bodyByteLimit: 10)
        let head = Self.head(fields: ["Content-Encoding": coding, "Content-Length": "3", "X": "y"])
        #expect(assembly.receive(head) == nil)
        guard case .request(let request, _)? = assembly.receive(.end(nil)) else {
            Issue.record("no request")
            return
        }
        #expect(
            request.fields.map(\.name.rawName)
                == (isKept ? ["Host", "Content-Encoding", "Content-Length", "X"] : ["Host", "X"])
        )
    }
}
