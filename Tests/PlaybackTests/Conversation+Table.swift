extension Conversation {
    /// `¶` is a line end of HTTP.
    static let table = [
        Conversation("keep-alive", "GET /a HTTP/1.1¶Host: h¶¶", ["200 GET /a"], staysOpen: true),
        Conversation(
            "pipelined requests",
            "GET /a HTTP/1.1¶Host: h¶¶POST /b HTTP/1.1¶Host: h¶Content-Length: 2¶¶hiGET /c HTTP/1.1¶Host: h¶¶",
            ["200 GET /a", "200 POST /b hi", "200 GET /c"],
            staysOpen: true
        ),
        Conversation(
            "a sized body",
            "POST /a HTTP/1.1¶Host: h¶Content-Length: 5¶¶hello",
            ["200 POST /a hello"],
            staysOpen: true
        ),
        Conversation(
            "a chunked body with an extension and a trailer",
            "POST /a HTTP/1.1¶Host: h¶Transfer-Encoding: chunked¶¶2;x=y¶he¶3¶llo¶0¶X-T: 1¶¶",
            ["200 POST /a hello"],
            staysOpen: true
        ),
        Conversation(
            "an empty chunked body",
            "POST /a HTTP/1.1¶Host: h¶Transfer-Encoding: chunked¶¶0¶¶",
            ["200 POST /a"],
            staysOpen: true
        ),
        Conversation("line ends before a request", "¶¶GET /a HTTP/1.1¶Host: h¶¶", ["200 GET /a"], staysOpen: true),
        Conversation(
            "Connection: close",
            "GET /a HTTP/1.1¶Host: h¶Connection: close¶¶",
            ["200 closing GET /a"],
            staysOpen: false
        ),
        Conversation(
            "Connection: Close among others",
            "GET /a HTTP/1.1¶Host: h¶Connection: x, Close¶¶",
            ["200 closing GET /a"],
            staysOpen: false
        ),
        Conversation("HTTP/1.0", "GET /a HTTP/1.0¶¶", ["200 closing GET /a"], staysOpen: false),
        Conversation(
            "HTTP/1.0 with keep-alive",
            "GET /a HTTP/1.0¶Connection: keep-alive¶¶",
            ["200 GET /a"],
            staysOpen: true
        ),
        Conversation("absolute-form", "GET http://other:1/a?b HTTP/1.1¶Host: h¶¶", ["200 GET /a?b"], staysOpen: true),
        Conversation("asterisk-form", "OPTIONS * HTTP/1.1¶Host: h¶¶", ["200 OPTIONS *"], staysOpen: true),
        Conversation(
            "a percent-encoded path",
            "GET /a%20b%2Fc/?d%20e HTTP/1.1¶Host: h¶¶",
            ["200 GET /a b%2Fc?d%20e"],
            staysOpen: true
        ),
        Conversation(
            "an offer to upgrade to h2c is passed over",
            "GET /a HTTP/1.1¶Host: h¶Connection: Upgrade, HTTP2-Settings¶Upgrade: h2c¶HTTP2-Settings: AAMAAABk¶¶",
            ["200 closing GET /a"],
            staysOpen: false
        ),
        Conversation(
            "an offer to upgrade with a body",
            "POST /a HTTP/1.1¶Host: h¶Content-Length: 5¶Connection: Upgrade¶Upgrade: h2c¶¶hello",
            ["200 closing POST /a hello"],
            staysOpen: false
        ),
        Conversation("CONNECT", "CONNECT h:443 HTTP/1.1¶Host: h¶¶", ["200 closing CONNECT /h:443"], staysOpen: false),
        // Malformed HTTP
        Conversation("no HTTP at all", "hello¶¶", ["400 closing invalid request method"], staysOpen: false),
        Conversation(
            "an unknown method",
            "BREW /a HTTP/1.1¶Host: h¶¶",
            ["400 closing invalid request method"],
            staysOpen: false
        ),
        Conversation(
            "a version from the future",
            "GET /a HTTP/3.1¶Host: h¶¶",
            ["400 closing unsupported HTTP version, expected HTTP/1.1 or HTTP/1.0"],
            staysOpen: false
        ),
        Conversation(
            "no version",
            "GET /a¶¶",
            ["400 closing unsupported HTTP version, expected HTTP/1.1 or HTTP/1.0"],
            staysOpen: false
        ),
        Conversation(
            "a space in a field name",
            "GET /a HTTP/1.1¶Host: h¶a b: c¶¶",
            ["400 closing invalid header field"],
            staysOpen: false
        ),
        Conversation(
            "an empty field name",
            "GET /a HTTP/1.1¶Host: h¶: c¶¶",
            ["400 closing invalid header field"],
            staysOpen: false
        ),
        Conversation(
            "a folded field",
            "GET /a HTTP/1.1¶Host: h¶a: b¶ c¶¶",
            ["400 closing invalid header field"],
            staysOpen: false
        ),
        Conversation(
            "a NUL in a field",
            "GET /a HTTP/1.1¶Host: h¶a: b\0c¶¶",
            ["400 closing invalid header field"],
            staysOpen: false
        ),
        Conversation("missing Host", "GET /a HTTP/1.1¶¶", ["400 closing missing Host header field"], staysOpen: false),
        Conversation(
            "two Hosts",
            "GET /a HTTP/1.1¶Host: h¶host: h¶¶",
            ["400 closing more than one Host header field"],
            staysOpen: false
        ),
        Conversation(
            "both framings",
            "POST /a HTTP/1.1¶Host: h¶Content-Length: 5¶Transfer-Encoding: chunked¶¶0¶¶",
            ["400 closing malformed HTTP request"],
            staysOpen: false
        ),
        Conversation(
            "both framings, the other way around",
            "POST /a HTTP/1.1¶Host: h¶Transfer-Encoding: chunked¶Content-Length: 5¶¶0¶¶",
            ["400 closing invalid Content-Length, or one beside Transfer-Encoding"],
            staysOpen: false
        ),
        Conversation(
            "two lengths",
            "POST /a HTTP/1.1¶Host: h¶Content-Length: 5¶Content-Length: 6¶¶",
            ["400 closing more than one Content-Length, or one beside Transfer-Encoding"],
            staysOpen: false
        ),
        Conversation(
            "a length that is none",
            "POST /a HTTP/1.1¶Host: h¶Content-Length: five¶¶",
            ["400 closing invalid Content-Length, or one beside Transfer-Encoding"],
            staysOpen: false
        ),
        Conversation(
            "a negative length",
            "POST /a HTTP/1.1¶Host: h¶Content-Length: -5¶¶",
            ["400 closing invalid Content-Length, or one beside Transfer-Encoding"],
            staysOpen: false
        ),
        Conversation(
            "a chunk size that is none",
            "POST /a HTTP/1.1¶Host: h¶Transfer-Encoding: chunked¶¶xyz¶¶",
            ["400 closing invalid chunk size"],
            staysOpen: false
        ),
        Conversation(
            "malformed HTTP after a good request",
            "GET /a HTTP/1.1¶Host: h¶¶hello¶¶",
            ["200 GET /a", "400 closing invalid request method"],
            staysOpen: false
        ),
        Conversation(
            "a request behind a closing one",
            "GET /a HTTP/1.1¶Host: h¶Connection: close¶¶GET /b HTTP/1.1¶Host: h¶¶",
            ["200 closing GET /a"],
            staysOpen: false
        ),
        // 100-continue
        Conversation(
            "Expect: 100-continue",
            "POST /a HTTP/1.1¶Host: h¶Content-Length: 5¶Expect: 100-continue¶¶hello",
            ["100 ", "200 POST /a hello"],
            staysOpen: true
        ),
        Conversation(
            "Expect behind another request",
            "GET /a HTTP/1.1¶Host: h¶¶POST /b HTTP/1.1¶Host: h¶Content-Length: 2¶Expect: 100-Continue¶¶hi",
            ["200 GET /a", "100 ", "200 POST /b hi"],
            staysOpen: true
        ),
        Conversation(
            "Expect of an HTTP/1.0 client",
            "POST /a HTTP/1.0¶Content-Length: 5¶Expect: 100-continue¶¶hello",
            ["200 closing POST /a hello"],
            staysOpen: false
        ),
        Conversation(
            "Expect with a body over the limit",
            "POST /a HTTP/1.1¶Host: h¶Content-Length: 101¶Expect: 100-continue¶¶",
            ["413 closing over 100"],
            staysOpen: false
        ),
        // Limits: 100 bytes of body, 600 of head
        Conversation(
            "a body at the limit",
            "POST /a HTTP/1.1¶Host: h¶Content-Length: 100¶¶" + String(repeating: "x", count: 100),
            ["200 POST /a " + String(repeating: "x", count: 100)],
            staysOpen: true
        ),
        Conversation(
            "a sized body over the limit",
            "POST /a HTTP/1.1¶Host: h¶Content-Length: 101¶¶" + String(repeating: "x", count: 101),
            ["413 closing over 100"],
            staysOpen: false
        ),
        Conversation(
            "a length beyond Int",
            "POST /a HTTP/1.1¶Host: h¶Content-Length: 9223372036854775808¶¶",
            ["413 closing over 100"],
            staysOpen: false
        ),
        Conversation(
            "a chunked body over the limit",
            "POST /a HTTP/1.1¶Host: h¶Transfer-Encoding: chunked¶¶40¶" + String(repeating: "x", count: 64)
                + "¶40¶" + String(repeating: "x", count: 64) + "¶0¶¶",
            ["413 closing over 100"],
            staysOpen: false
        ),
        Conversation(
            "one long field",
            "GET /a HTTP/1.1¶Host: h¶a: " + String(repeating: "x", count: 700) + "¶¶",
            ["431 closing head"],
            staysOpen: false
        ),
        Conversation(
            "many fields",
            "GET /a HTTP/1.1¶Host: h¶" + String(repeating: "abc: def¶", count: 120) + "¶",
            ["431 closing head"],
            staysOpen: false
        ),
        Conversation(
            "a long target",
            "GET /" + String(repeating: "x", count: 700) + " HTTP/1.1¶Host: h¶¶",
            ["431 closing head"],
            staysOpen: false
        ),
    ]
}
