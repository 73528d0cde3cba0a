import HTTPTypes
import NIOCore
import OpenRouterAPI
import Tapes
import TestSupport
import Testing

@testable import Cassettes

@Suite("Sixty shapes and what looks like them")
struct SecretShapeTests {
    @Test("There are sixty shapes and forty look-alikes, all different")
    func counts() {
        #expect(Set(SecretShapes.all).count >= 60)
        #expect(Set(LookAlikes.all).count >= 40)
    }

    @Test("Each shape is found whole", arguments: SecretShapes.all)
    func shapes(_ secret: String) {
        for place in ["{}", "see {}, thanks", #"{"content":"{}"}"#, "a={}&b=c"] {
            let text = place.replacing("{}", with: secret)
            let result = String(buffer: Redactor().redact(.make(text)).body)
            #expect(result == place.replacing("{}", with: Placeholder.text(secret)))
        }
    }

    @Test(
        "A key that somebody made up of one letter is a key, a name that begins like one is not",
        arguments: [
            ("sk-or-v1-" + String(repeating: "a", count: 64), true),
            ("sk-or-v1-" + String(repeating: "f", count: 16), true),
            ("ghp_" + String(repeating: "x", count: 36), true), ("gsk_" + String(repeating: "Q", count: 52), true),
            ("sk-" + "foldingcubewrapperinner", false),
            ("hf_" + "transfer_is_not_a_key_but_a_name_of_a_setting", false),
            ("sk-proj-" + "a-name-of-many-words-that-are-joined", false),
        ]
    )
    func madeUp(_ text: String, isKey: Bool) {
        let result = String(buffer: Redactor().redact(.make(#"{"content":"see \#(text)."}"#)).body)
        #expect(result == #"{"content":"see \#(isKey ? Placeholder.text(text) : text)."}"#)
    }

    @Test("What stands before it tells a secret", arguments: SecretShapes.inContext)
    func contexts(_ context: String, _ secret: String) {
        let result = String(buffer: Redactor().redact(.make(context.replacing("{}", with: secret))).body)
        #expect(result == context.replacing("{}", with: Placeholder.text(secret)))
    }

    @Test("Look-alikes stay", arguments: LookAlikes.all)
    func lookAlikes(_ text: String) {
        for place in ["{}", #"{"id":"{}","b":1}"#, "a {} b", #"{"data":["{}"]}"#] {
            let request = Request.make(place.replacing("{}", with: text))
            #expect(Redactor().redact(request) == request)
        }
    }
}

@Suite("Secrets in other spellings")
struct SpellingTests {
    let secret = "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"

    static let spellings: [(String, @Sendable (String) -> String)] = [
        ("as it is", { $0 }),
        ("every character escaped", { $0.utf8.map { "\\u00" + hex($0) }.joined() }),
        ("hyphens escaped", { $0.replacing("-", with: "\\u002d") }),
        ("escaped in a string in a string", { $0.replacing("-", with: "\\\\u002d") }),
        ("escaped twice", { $0.replacing("-", with: "\\u005cu002d") }),
        ("percent-encoded", { $0.utf8.map { "%" + hex($0) }.joined() }),
        ("percent-encoded twice", { $0.replacing("-", with: "%252d") }),
        ("base64", { Base64.encoded(Array("my key: \($0)!".utf8)) }),
        ("base64 at another place in its group", { Base64.encoded(Array("key: \($0)!".utf8)) }),
        ("base64 of base64", { Base64.encoded(Array(Base64.encoded(Array("k \($0)".utf8)).utf8)) }),
        (
            "base64 of JSON with escapes",
            { Base64.encoded(Array(#"{"a":"\#($0.replacing("-", with: "\\u002d"))"}"#.utf8)) }
        ),
        (
            "base64url",
            { Base64.encoded(Array("??>>\($0)??>>".utf8)).replacing("+", with: "-").replacing("/", with: "_") }
        ),
        ("a data URL", { "data:text/plain;base64," + Base64.encoded(Array(" \($0)".utf8)) }),
        (
            "a data URL with escaped slashes",
            {
                "data:text\\/plain;base64," + Base64.encoded(Array("??? \($0) ???".utf8)).replacing("/", with: "\\/")
            }
        ),
        ("a path with base64", { "https://x.test/files/" + Base64.encoded(Array("  \($0)".utf8)) }),
    ]

    static func hex(_ byte: UInt8) -> String {
        let text = String(byte, radix: 16)
        return text.count < 2 ? "0" + text : text
    }

    @Test("Whatever it is spelled like, it gets the same placeholder in the same spelling", arguments: spellings)
    func spelled(_ name: String, _ spell: @Sendable (String) -> String) throws {
        for place in [#"{"content":"{}"}"#, #"{"url":"{}","n":1}"#, #"[" {} "]"#] {
            let text = place.replacing("{}", with: spell(secret))
            let result = Redactor().redact(.make(text))
            let readings = Self.readings(of: Array(result.body.readableBytesView), depth: 4)
            #expect(result.body.readableBytes == text.utf8.count)
            #expect(readings.contains { $0.contains(Placeholder.text(secret)) }, "\(String(buffer: result.body))")
            #expect(!readings.contains { $0.contains(secret.suffix(16)) })
            #expect(Redactor().redact(result).body == result.body)
            _ = try JSONDocument(parsing: result.body.readableBytesView)
        }
    }

    /// A text, and all that it says behind escapes and base64.
    static func readings(of bytes: [UInt8], depth: Int) -> [String] {
        let deeper =
            depth == 0
            ? [] : [SpelledText(bytes)?.decoded].compactMap { $0 } + EncodedText.all(in: bytes).map(\.decoded)
        return [String(decoding: bytes, as: UTF8.self)] + deeper.flatMap { readings(of: $0, depth: depth - 1) }
    }

    @Test("A slash that is escaped keeps the length", arguments: ["\\/", "\\\\/", "/"])
    func slashes(_ slash: String) throws {
        let text = #"{"password":"abc{}def{}ghi9"}"#.replacing("{}", with: slash)
        let result = String(buffer: Redactor().redact(.make(text)).body)
        #expect(result.utf8.count == text.utf8.count)
        #expect(result.hasPrefix(#"{"password":"redacted-"#))
        #expect(String(buffer: Redactor().redact(.make(result)).body) == result)
    }

    @Test("Values of telling names get the placeholder of what they say, and only once")
    func values() {
        let secret = "hunter2/hunter2-hunter2"
        let letters = Placeholder.text(secret).prefix(17)
        for (body, target) in [
            (#"{"password":"hunter2\/hunter2-hunter2"}"#, "/x"),
            (#"{"password":"\u0068unter2/hunter2-hunter2"}"#, "/x"),
            (#"{"a":"{\"password\":\"hunter2\\u002fhunter2-hunter2\"}"}"#, "/x"),
            ("", "/x?api_key=hunter2%2Fhunter2-hunter2&a=b"),
            ("", "/x?u=https%3A%2F%2Fa%3Fapi_key%3Dhunter2%252Fhunter2-hunter2"),
        ] {
            let request = Request.make(body, target: target)
            let result = Redactor().redact(request)
            let text = target == "/x" ? String(buffer: result.body) : result.target.raw
            let reading = String(decoding: SpelledText.plain(Array(text.utf8), depth: 3), as: UTF8.self)
            #expect(reading.contains(letters), "\(text)")
            #expect(text.utf8.count == (target == "/x" ? body : target).utf8.count)
            #expect(Redactor().redact(result) == result)
        }
    }

    @Test("Base64 in lines, as MIME and PEM have it", arguments: ["\r\n", "\n"])
    func lines(_ lineBreak: String) {
        func lines(_ text: String) -> String {
            let characters = Array(text)
            return stride(from: 0, to: characters.count, by: 76)
                .map { String(characters[$0..<min($0 + 76, characters.count)]) }.joined(separator: lineBreak)
        }
        let filler = " " + String(repeating: "all work and no play ", count: 5)
        let before = lines(Base64.encoded(Array((filler + secret + filler).utf8)))
        let after = lines(Base64.encoded(Array((filler + Placeholder.text(secret) + filler).utf8)))
        #expect(String(buffer: Redactor().redact(.make(before)).body) == after)
    }

    @Test("Requests that differ in the spelling of a secret have one fingerprint")
    func fingerprints() {
        let spellings = Self.spellings.prefix(3).map { #"{"content":"\#($0.1(secret))"}"# }
        let fingerprinter = Fingerprinter(redactor: Redactor())
        #expect(Set(spellings.map { fingerprinter.fingerprint(of: .make($0)) }).count == 1)
    }
}

@Suite("Secrets by place")
struct SecretPlaceTests {
    @Test(
        "Bodies of the platform's own endpoints",
        arguments: [
            (
                "/api/v1/auth/keys", #"{"code":"abc-123","code_verifier":"v3rifier","code_challenge_method":"S256"}"#,
                ["abc-123", "v3rifier"]
            ),
            ("/api/v1/byok", #"{"provider":"openai","key":"plainkey"}"#, ["plainkey"]),
            (
                "/api/v1/observability/destinations", #"{"type":"webhook","config":{"headers":{"X-A":"t0ps3cret"}}}"#,
                ["t0ps3cret"]
            ),
        ]
    )
    func endpoints(_ path: String, _ body: String, _ secrets: [String]) {
        let result = Redactor().redact(.make(body, target: path))
        let expected = secrets.reduce(body) { $0.replacing($1, with: Placeholder.text($1)) }
        #expect(String(buffer: result.body) == expected)
        #expect(Redactor().redact(result) == result)
    }

    @Test("Answers with keys that are shown once")
    func answers() {
        for (path, body, secret) in [
            ("/api/v1/keys", #"{"data":{"hash":"9f86"},"key":"other-form-of-key"}"#, "other-form-of-key"),
            ("/api/v1/auth/keys", #"{"key":"k1","user_id":"user_1"}"#, "k1"),
            ("/api/v1/auth/keys/code", #"{"data":{"id":"auth_code_1","app_id":1}}"#, "auth_code_1"),
        ] {
            let interaction = Interaction.make(request: .make("{}", target: path), frames: [Frame(body)])
            let result = Redactor().redact(interaction).interaction
            #expect(result.body == body.replacing(#""\#(secret)""#, with: #""\#(Placeholder.text(secret))""#))
        }
    }

    @Test("Codes in callbacks, in the target and in Location")
    func callbacks() throws {
        let code = "9f8A7b6C5d4E3f2G1h0I9j8K"
        let interaction = Interaction.make(
            request: .make("", target: "/auth?callback_url=https%3A%2F%2Fapp.test%2Fcb%3Fcode%3D\(code)"),
            frames: [Frame("go to https://app.test/cb?code=\(code)")],
            fields: [.location: "https://app.test/cb?code=\(code)&state=1"]
        )
        let result = Redactor().redact(interaction).interaction
        let text = Placeholder.text(code)
        #expect(result.request.target.raw == "/auth?callback_url=https%3A%2F%2Fapp.test%2Fcb%3Fcode%3D\(text)")
        #expect(result.tape.head?.fields.lines == ["Location: https://app.test/cb?code=\(text)&state=1"])
        #expect(result.body == "go to https://app.test/cb?code=\(text)")
    }

    @Test("Fields of a form in parts")
    func parts() {
        func body(_ secret: String) -> String {
            "--b\r\nContent-Disposition: form-data; name=\"api_key\"\r\n\r\n\(secret)\r\n"
                + "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nmy \(secret)\r\n--b--\r\n"
        }
        let request = Request.make(body("hunter2-hunter2"), fields: [.contentType: "multipart/form-data; boundary=b"])
        let result = Redactor().redact(request)
        #expect(String(buffer: result.body) == body(Placeholder.text("hunter2-hunter2")))
    }

    @Test("What a request names a secret is found in the rest of the exchange without its name")
    func echoes() {
        let secret = "hunter2-hunter2"
        let request = Request.make(#"{"password":"\#(secret)","text":"it is \#(secret)!"}"#)
        let interaction = Interaction.make(request: request, frames: [Frame("you said \(secret)")])
        let result = Redactor().redact(interaction).interaction
        let text = Placeholder.text(secret)
        #expect(String(buffer: result.request.body) == #"{"password":"\#(text)","text":"it is \#(text)!"}"#)
        #expect(result.body == "you said \(text)")
        #expect(
            Fingerprinter(redactor: Redactor()).fingerprint(of: request) == Redactor().redact(interaction).fingerprint
        )
    }

    @Test("Choices, tool calls and tokens of a stream do not hide what one of them says")
    func choices() {
        let secrets = [SecretShapes.all[0], SecretShapes.all[10]].map(Array.init)
        func body(_ secrets: [[Character]]) -> String {
            (0..<max(secrets[0].count, secrets[1].count)).map { position in
                let parts = (0..<2).map { choice in
                    let part = position < secrets[choice].count ? String(secrets[choice][position]) : ""
                    return #"{"delta":{"content":"\#(part)"},"index":\#(choice),"#
                        + #""logprobs":{"content":[{"token":"\#(part)","top_logprobs":[{"token":"x"}]}]}}"#
                }
                return "data: {\"choices\":[\(parts.joined(separator: ","))]}\n\n"
            }.joined()
        }
        let interaction = Interaction.make(frames: [Frame(body(secrets))], fields: [.contentType: "text/event-stream"])
        let hidden = secrets.map { Array(Placeholder.text(String($0))) }
        #expect(Redactor().redact(interaction).interaction.body == body(hidden))
    }

    @Test("Pointers name what else is secret, with * for any name or number")
    func pointers() throws {
        let rules = RedactionRules(pointers: [try RedactionPointer("/users/*/name"), try RedactionPointer("/pin")])
        let redactor = Redactor(rules: rules)
        let body = #"{"users":[{"name":"Ann"},{"name":{"first":"Bob","age":42}}],"pin":90210,"n":1}"#
        let result = redactor.redact(.make(body))
        #expect(
            String(buffer: result.body)
                == #"{"users":[{"name":"red"},{"name":{"first":"red","age":10}}],"pin":10000,"n":1}"#
        )
        #expect(redactor.redact(result) == result)
        let stream = Interaction.make(
            frames: [Frame("data: {\"pin\":\"secretly\"}\n\ndata: [DONE]\n\n")],
            fields: [.contentType: "text/event-stream"]
        )
        #expect(redactor.redact(stream).interaction.body == "data: {\"pin\":\"redacted\"}\n\ndata: [DONE]\n\n")
    }

    @Test(
        "A pointer that is none says what was expected",
        arguments: [("users", "it has no leading '/'"), ("", "it means the whole body")]
    )
    func badPointers(_ source: String, _ reason: String) {
        let error = #expect(throws: RedactionPointerError.self) { try RedactionPointer(source) }
        #expect(error?.description.hasPrefix("redaction pointer '\(source)' cannot be used: ") == true)
        #expect(error?.description.hasSuffix("'/messages/*/name', where * stands for any name or number.") == true)
    }
}
