import HTTPTypes
import NIOCore
import OpenRouterAPI
import Tapes
import TestSupport
import Testing

@testable import Cassettes

/// Keys of each shape, made up.
enum Secrets {
    static let shapes: [(String, String)] = [
        ("OpenRouter", "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"),
        ("Anthropic", "sk-ant-api03-Zx9_aB-cD3eF4gH5iJ6kL7mN8oP9qR0sT"),
        ("OpenAI project", "sk-proj-abcDEF123_-abcDEF123456"),
        ("OpenAI", "sk-abcdefghijklmnopqrst0123456789ABCDEFGHIJKLMNOPQR"),
        ("Google", "AIzaSyA1234567890abcdefghijklmnopqrstuv"),
        ("Groq", "gsk_abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOP"),
        ("Hugging Face", "hf_abcdefghijklmnopqrstuvwxyz01234567"),
        ("xAI", "xai-abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz0123456789abcdefgh"),
        ("GitHub", "ghp_abcdefghijklmnopqrstuvwxyz0123456789"),
        ("GitHub fine-grained", "github_pat_11ABCDEFG0abcdefghijkl_mnopqrstuvwxyz0123456789"),
        ("AWS", "AKIAIOSFODNN7EXAMPLE"),
        ("GitLab", "glpat-abcDEF123456_-abcDEF"),
        ("JWT", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U"),
    ]
    static let openRouter = shapes[0].1
}

@Suite("Redaction of bodies")
struct BodyRedactionTests {
    let redactor = Redactor()

    func redacted(_ text: String) -> String {
        String(buffer: redactor.redact(.make(text)).body)
    }

    static let places = [
        "{}", #"{"content":"{}"}"#, #"{"content":"see:\n{}, thanks."}"#, "key={}", "%20{}%20", "({})",
        #"\u000a{}\u000a"#,
    ]

    @Test("Each known shape is found wherever it stands, and goes without a trace", arguments: Secrets.shapes, places)
    func shapes(_ shape: (String, String), _ place: String) {
        let text = place.replacing("{}", with: shape.1)
        let result = redacted(text)
        #expect(!result.contains(shape.1))
        #expect(result.contains("redacted-"))
        #expect(result.utf8.count == text.utf8.count)
        #expect(redacted(result) == result, "redacting twice changes nothing")
        #expect(result.replacing(Placeholder.text(shape.1), with: shape.1) == text, "all else stays")
    }

    @Test(
        "Bearer tokens, private keys and values of telling names are found",
        arguments: [
            (#"curl -H "Authorization: Bearer abcdef0123456789xyz""#, "abcdef0123456789xyz"),
            (#"{"h":"bearer ABCDEF0123456789xyz."}"#, "ABCDEF0123456789xyz"),
            (#"{"api_key":"hunter2hunter2"}"#, "hunter2hunter2"),
            (#"{"apiKey" : "hunter2"}"#, "hunter2"),
            (#"{"OPENAI_API_KEY":"abc/def+ghi"}"#, "abc/def+ghi"),
            (#"{"password":"s3cr\"et\\"}"#, #"s3cr\"et\\"#),
            (#"{"authorization":"Basic dXNlcjpwYXNz"}"#, "dXNlcjpwYXNz"),
            (#"{"arguments":"{\"client_secret\":\"top secret\"}"}"#, nil),
            (#"{"arguments":"{\"client_secret\":\"topsecret\"}"}"#, "topsecret"),
            (#"{"a":"{\"b\":\"{\\\"secret\\\":\\\"topsecret\\\"}\"}"}"#, "topsecret"),
            (#"{"token":"9f8A7b6C5d4E3f2G1h0I9j8K"}"#, "9f8A7b6C5d4E3f2G1h0I9j8K"),
            (#"{"refresh_token":"short-one"}"#, "short-one"),
            (#"{"password":"cut off here"#, nil),
            (#"{"password":"cutoffhere"#, "cutoffhere"),
            (
                #"{"pem":"-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA0123456789abcdefghijklmnopqrstuv\n-----END RSA PRIVATE KEY-----\n"}"#,
                #"\nMIIEpAIBAAKCAQEA0123456789abcdefghijklmnopqrstuv\n"#
            ),
            (
                #"{"pem":"-----BEGIN PRIVATE KEY-----\nMIIEpAIBAAKCAQEA0123456789abcdefghijklmnopqrstuv\"}"}"#,
                #"\nMIIEpAIBAAKCAQEA0123456789abcdefghijklmnopqrstuv"#
            ),
        ] as [(String, String?)]
    )
    func named(_ text: String, _ secret: String?) {
        let result = redacted(text)
        #expect(result == (secret.map { text.replacing($0, with: Placeholder.text($0)) } ?? text))
        #expect(redacted(result) == result)
        if (try? JSONDocument(parsing: text.utf8)) != nil {
            #expect(throws: Never.self) { try JSONDocument(parsing: result.utf8) }
        }
    }

    @Test(
        "Ordinary content stays as it is",
        arguments: [
            "The task-force of the risk-averse desk-bound sk-learn users met in Brisk-Street-Number-Twenty-Three.",
            #"{"max_tokens":1000,"tokens":"abc","total_tokens":12,"prompt_tokens":"9f8A7b6C5d4E3f2G1h0I9j8K"}"#,
            #"{"content":[{"token":"Hello","logprob":-0.1},{"token":" responsibilities"}]}"#,
            #"{"id":"gen-1790000000-9f8A7b6C5d4E3f2G1h0I","user_id":"user_2abcDEF0123456789abcdefghij"}"#,
            #"{"id":"3f2504e0-4f89-11d3-9a0c-0305e82c3301","system_fingerprint":"fp_44709d6fcb"}"#,
            #"{"properties":{"password":{"type":"string","description":"api_key: your key"}},"required":["password"]}"#,
            #"{"password":"The user's own password"}"#,
            #"{"hash":"0e6f44a47a05f1dad2ad7e88c4c1d6b77688157716fb1a5271146f7464951c96"}"#,
            #"{"label":"sk-or-v1-0e6...1c96","signature":"EqoBCkgIARABGAIiQL8eyJhbGciOiJIUzI1NiJ9+/sk-AIza=="}"#,
            #"{"next_page_token":"9f8A7b6C5d4E3f2G1h0I9j8K","finish_reason":"stop"}"#,
            #"{"content":"Use the header Authorization: Bearer <token>. Bearer authentication-is-explained below."}"#,
            #"{"content":"-----BEGIN PRIVATE KEY----- is how a key starts"}"#,
            #"{"content":"eyJhbGciOiJIUzI1NiJ9 alone, or a.b.c, or AKIA short, or AIzaX"}"#,
            "",
            "\"",
            "\":",
        ]
    )
    func ordinary(_ text: String) {
        #expect(redacted(text) == text)
    }

    @Test("Encoded images of a megabyte stay as they are", arguments: [1, 2, 3] as [UInt64])
    func images(_ seed: UInt64) {
        var random = SplitMix(seed: seed)
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        let image = (0..<1_000_000).map { _ in alphabet[Int(random.next() >> 58)] }
        let text = #"{"url":"data:image/png;base64,\#(String(decoding: image, as: UTF8.self))"}"#
        #expect(redacted(text) == text)
    }

    @Test("A placeholder is as long as its secret, the same for the same secret, and no secret itself")
    func placeholders() {
        for count in 0...100 {
            let secret = (0..<count).map { UInt8(ascii: "A") + UInt8($0 % 20) }
            let placeholder = Placeholder.bytes(for: secret)
            #expect(placeholder.count == count)
            #expect(placeholder == Placeholder.bytes(for: secret))
            placeholder.withUnsafeBufferPointer { #expect(Placeholder.matches($0, 0..<count)) }
        }
        #expect(Placeholder.text("hunter2") == "redacte")
        #expect(Placeholder.text(Secrets.openRouter) != Placeholder.text(Secrets.openRouter + "0"))
        #expect(Placeholder.text(Secrets.openRouter).hasPrefix("redacted-"))
    }

    @Test("Whatever is glued together: as long as before, redacted for good, and still JSON", arguments: 1...8)
    func glued(_ seed: UInt64) {
        var random = SplitMix(seed: seed)
        let pieces =
            Secrets.shapes.map(\.1) + [
                " ", "a", "-", ".", "9", "{", "}", ":", ",", "/", "=", "bearer ", "Bearer ", "redacted-",
                "redacted-bcdfghjk-xx",
                "xx", "-----BEGIN PRIVATE KEY-----", "-----END PRIVATE KEY-----",
                "MIIEpAIBAAKCAQEA0123456789abcdefghijkl",
                "\\n", "\\\\", "\\\"", "\\u000a", "\\\"password\\\":\\\"", "\\\"api_key\\\" : \\\"", "\",\"secret\":\"",
                "\",\"token\":\"", "\",\"a\":\"", "hunter2", "%20", "key=",
            ]
        for _ in 0..<400 {
            let inside = (0..<Int(random.next() % 12)).map { _ in pieces[Int(random.next() % UInt64(pieces.count))] }
            // Without separators one key's end can hide the next one's start: then a second look may find more.
            let separator = ["", " ", ", "][Int(random.next() % 3)]
            let text = #"{"content":""# + inside.joined(separator: separator) + #""}"#
            let once = redacted(text)
            #expect(once.utf8.count == text.utf8.count, "\(text)")
            if !separator.isEmpty { #expect(redacted(once) == once, "\(text)") }
            if (try? JSONDocument(parsing: text.utf8)) != nil {
                #expect((try? JSONDocument(parsing: once.utf8)) != nil, "\(text) became \(once)")
            }
        }
    }

    @Test(
        "Work grows with the length, not with its square",
        arguments: [
            "eyJ", "-eyJ", "sk-ant-", "\"password\":\"", "\\\"password\\\":\\\"x ", "-----BEGIN PRIVATE KEY-----",
            "bearer ",
            "\\\\\\\"", "token=", "\\/", "%41", "QUJDREVG", "basic ", "://a:", "redacted-",
            "-----BEGIN PRIVATE KEY-----redacted-",
        ]
    )
    func hostile(_ unit: String) {
        let text = String(repeating: unit, count: 200_000 / unit.utf8.count)
        let time = ContinuousClock().measure { _ = redacted(text) }
        #expect(time < .seconds(20))
    }
}

@Suite("Redaction of exchanges")
struct ExchangeRedactionTests {
    @Test("A secret is found across frames, wherever they are cut")
    func frames() {
        let body = #"data: {"choices":[{"delta":{"content":"key \#(Secrets.openRouter) end"}}]}"# + "\n\n"
        let bytes = Array(body.utf8)
        let expected = body.replacing(Secrets.openRouter, with: Placeholder.text(Secrets.openRouter))
        for cut in 0...bytes.count {
            let frames = [bytes[..<cut], bytes[cut...]].map {
                Frame(gap: .milliseconds(cut), bytes: ByteBuffer(bytes: $0))
            }
            let tape = Redactor().redact(.make(frames: frames)).interaction.tape
            #expect(String(buffer: tape.body) == expected)
            #expect(tape.frames.map(\.bytes.readableBytes) == [cut, bytes.count - cut])
            #expect(tape.frames.map(\.gap) == frames.map(\.gap))
        }
    }

    @Test("A secret is found when it is cut into single bytes")
    func singleBytes() {
        let frames = Array(Secrets.openRouter.utf8).map { Frame(bytes: ByteBuffer(bytes: [$0])) }
        let tape = Redactor().redact(.make(frames: frames)).interaction.tape
        #expect(String(buffer: tape.body) == Placeholder.text(Secrets.openRouter))
        #expect(tape.frames.count == frames.count)
    }

    @Test(
        "A secret that the model says in two deltas is found, wherever it is cut",
        arguments: [
            #"{"choices":[{"index":0,"delta":{"role":"assistant","content":"{}"},"finish_reason":null}]}"#,
            #"{"type":"content_block_delta","delta":{"type":"text_delta","text":"{}"}}"#,
            #"{"type":"response.output_text.delta","delta":"{}","item_id":"msg_1"}"#,
            #"{"choices":[{"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{}"}}]}}]}"#,
        ]
    )
    func deltas(_ event: String) {
        let text = "key \(Secrets.openRouter) end"
        for cut in text.indices {
            let parts = [String(text[..<cut]), String(text[cut...])]
            func body(_ parts: [String]) -> String {
                parts.map { "data: " + event.replacing("{}", with: $0) + "\n\n" }.joined() + "data: [DONE]\n\n"
            }
            let source = body(parts)
            let fields: HTTPFields = [.contentType: "text/event-stream"]
            let interaction = Interaction.make(frames: [Frame(source)], fields: fields)
            let result = Redactor().redact(interaction).interaction
            let hidden = text.replacing(Secrets.openRouter, with: Placeholder.text(Secrets.openRouter))
            let at = hidden.index(hidden.startIndex, offsetBy: text.distance(from: text.startIndex, to: cut))
            #expect(result.body == body([String(hidden[..<at]), String(hidden[at...])]))
            #expect(Redactor().redact(result).interaction == result)
        }
    }

    @Test("The credentials of a request are found wherever they appear, in each spelling")
    func credentials() throws {
        let key = "my/private+key=0123456789"
        var fields: HTTPFields = [.authorization: "Bearer \(key)", .contentType: "application/json"]
        fields[.cookie] = "session=cookie-0123456789; theme=dark"
        fields[try .named("x-api-key")] = "other-key-0123456789"
        fields[try .named("X-Title")] = "app of other-key-0123456789"
        let body = #"{"a":"\#(key)","b":"my\/private+key=0123456789","c":"cookie-0123456789","d":"dark"}"#
        let target = "/api/v1/key?echo=my%2Fprivate%2Bkey%3D0123456789"
        let request = Request.make(body, target: target, fields: fields)
        let response = Interaction.make(request: request, frames: [Frame("you are other-key-0123456789")])
        let result = Redactor().redact(response).interaction
        for text in [String(buffer: result.request.body), result.request.target.raw, result.body] {
            #expect(text.contains("redacted-"))
            for secret in ["private", "0123456789"] { #expect(!text.contains(secret)) }
        }
        #expect(String(buffer: result.request.body).contains(#""d":"dark""#), "too short to tell from a word")
        #expect(
            result.request.fields.lines == [
                "Content-Type: application/json", "X-Title: app of \(Placeholder.text("other-key-0123456789"))",
            ]
        )
    }

    @Test(
        "Request fields are kept by allow-list",
        arguments: [
            ("Accept", true), ("User-Agent", true), ("HTTP-Referer", true), ("X-Title", true),
            ("X-OpenRouter-Title", true),
            ("X-Stainless-Lang", true), ("anthropic-version", true), ("Idempotency-Key", true), ("x-session-id", true),
            ("Authorization", false), ("Proxy-Authorization", false), ("Cookie", false), ("X-API-Key", false),
            ("x-openrouter-api-key", false), ("X-Forwarded-For", false), ("X-Unheard-Of", false), ("api-key", false),
        ]
    )
    func requestFields(_ name: String, _ isKept: Bool) throws {
        let request = Request.make(fields: [try .named(name): "v1"])
        #expect(Redactor().redact(request).fields.lines == (isKept ? ["\(name): v1"] : []))
    }

    @Test("Response fields are kept in order and letter case, but cookies; credentials are replaced")
    func responseFields() throws {
        var fields = HTTPFields()
        for (name, value) in [
            ("CONTENT-type", "text/plain"), ("x-Generation-ID", "gen-1"), ("Set-Cookie", "a=b"), ("x-b", "1"),
            ("X-Auth-Token", "abcdefghijklmnop"), ("x-ratelimit-remaining-tokens", "99"),
            ("Access-Control-Allow-Credentials", "true"), ("x-echo", "Bearer abcdef0123456789xyz"), ("X-B", "2"),
        ] {
            fields.append(HTTPField(name: try .named(name), value: value))
        }
        let result = Redactor().redact(.make(frames: [], fields: fields)).interaction.tape.head?.fields
        #expect(
            result?.lines == [
                "CONTENT-type: text/plain", "x-Generation-ID: gen-1", "x-b: 1",
                "X-Auth-Token: \(Placeholder.text("abcdefghijklmnop"))", "x-ratelimit-remaining-tokens: 99",
                "Access-Control-Allow-Credentials: true", "x-echo: Bearer \(Placeholder.text("abcdef0123456789xyz"))",
                "X-B: 2",
            ]
        )
    }

    @Test("The value of a cookie that is set is a secret, its domain is not")
    func cookies() {
        let cookie = "sid=s3ss10n-0123456789; Domain=.a-rather-long-name.openrouter.ai; Path=/"
        let body = "s3ss10n-0123456789 .a-rather-long-name.openrouter.ai"
        let interaction = Interaction.make(frames: [Frame(body)], fields: [.setCookie: cookie])
        let result = Redactor().redact(interaction).interaction
        #expect(result.body == "\(Placeholder.text("s3ss10n-0123456789")) .a-rather-long-name.openrouter.ai")
        #expect(result.tape.head?.fields.lines == [])
    }

    @Test(
        "Secrets in targets are replaced",
        arguments: [
            ("/v1/models?key=AIzaSyA1234567890abcdefghijklmnopqrstuv&a=b", "AIzaSyA1234567890abcdefghijklmnopqrstuv"),
            ("/v1/x?api_key=hunter2&a=b", "hunter2"),
            ("/v1/x?page=2&key=short", nil),
        ] as [(String, String?)]
    )
    func targets(_ target: String, _ secret: String?) {
        let expected = secret.map { target.replacing($0, with: Placeholder.text($0)) } ?? target
        let redacted = Redactor().redact(.make("", target: target))
        #expect(redacted.target.raw == expected)
        #expect(Redactor().redact(redacted) == redacted)
    }

    @Test("The user's patterns are replaced: whole matches, or the groups where there are some")
    func patterns() throws {
        let patterns = [try RedactionPattern(#"cust_\d{4,}"#), try RedactionPattern(#"order=(\w+)"#)]
        let redactor = Redactor(patterns: patterns)
        let request = Request.make(
            #"{"a":"cust_123456 ünd order=a1b2c3d4e5f6g7 😀 cust_999999"}"#,
            target: "/x?order=abc"
        )
        let once = redactor.redact(request)
        let id = Placeholder.text("cust_123456")
        let order = Placeholder.text("a1b2c3d4e5f6g7")
        let other = Placeholder.text("cust_999999")
        #expect(String(buffer: once.body) == #"{"a":"\#(id) ünd order=\#(order) 😀 \#(other)"}"#)
        #expect(once.target.raw == "/x?order=red")
        #expect(redactor.redact(once).body == once.body)
        let binary = Request(
            method: .post,
            target: RequestTarget("/"),
            body: ByteBuffer(bytes: [0xFF, 0xFE] + Array("cust_123456".utf8))
        )
        #expect(Array(redactor.redact(binary).body.readableBytesView) == [0xFF, 0xFE] + Array(id.utf8))
    }

    @Test("A pattern that is none says what was expected")
    func badPattern() {
        let error = #expect(throws: RedactionPatternError.self) { try RedactionPattern("a(b") }
        #expect(error?.description.hasPrefix("redaction pattern 'a(b' is not a regular expression: ") == true)
        #expect(error?.description.hasSuffix("such as 'cust_[a-z0-9]{12}'; quote it for the shell.") == true)
    }
}

extension Placeholder {
    static func text(_ secret: String) -> String {
        String(decoding: bytes(for: Array(secret.utf8)), as: UTF8.self)
    }
}
