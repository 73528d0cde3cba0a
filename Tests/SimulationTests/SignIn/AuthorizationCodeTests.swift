internal import Foundation
internal import HTTPTypes
internal import OpenRouterAPI
internal import Tapes
internal import Testing

@testable internal import Simulation

@Suite("Authorization codes")
struct AuthorizationCodeTests {
    private static let verifier = SignInOffice.verifier
    private static let invalid = #"{"error":{"message":"Invalid code or code_verifier","code":403}}"#

    @Test(
        "A code is exchanged for a key that works",
        arguments: [
            (SignInOffice.s256, #""code_verifier":"\#(verifier)","code_challenge_method":"S256""#),
            (
                "code_challenge=\(SignInOffice.challenge)=&code_challenge_method=S256",
                #""code_verifier":"\#(verifier)","code_challenge_method":"S256""#
            ),
            ("code_challenge=secret&code_challenge_method=plain", #""code_verifier":"secret""#),
            ("code_challenge=secret", #""code_verifier":"secret","code_challenge_method":"plain""#),
            ("", #""code_challenge_method":null"#), ("", #""code_verifier":"ignored""#),
        ]
    )
    func exchanges(step: String, members: String) throws {
        let desk = SignInOffice()
        let code = try desk.code(SignInOffice.callback + "&key_label=My+key&limit=3&usage_limit_type=daily&" + step)
        let answer = desk.exchange(body: #"{"code":"\#(code)",\#(members)}"#)
        #expect(answer.status == 200)
        let json = try answer.json()
        #expect(json.names == ["key", "user_id"])
        #expect(json["user_id"]?.string?.wholeMatch(of: /user_[0-9A-Za-z]{27}/) != nil)
        let key = try #require(json["key"]?.string)
        #expect(key.wholeMatch(of: /sk-or-v1-[0-9a-f]{64}/) != nil)
        let data = try desk.office.data(.get, "/key", key: key)
        #expect(data["limit"]?.int == 3)
        #expect(data["limit_reset"]?.string == "daily")
        #expect(data["is_management_key"]?.bool == false)
        #expect(data["creator_user_id"]?.string == json["user_id"]?.string)
        #expect(desk.office.chat(key: key).status == 200)
        #expect(desk.office.call(.get, "/keys", key: key).status == 403, "a key for inference")
        let stored = try #require(desk.office.world.caller(token: key)).key
        #expect(stored.name == "My key")
        #expect(stored.isMadeByOAuth)
        #expect(answer.fields[.accessControlAllowOrigin] == "*", "browsers exchange codes too")
    }

    @Test("A key without a label is called as the app is, and belongs to the world's own account")
    func names() throws {
        let desk = SignInOffice()
        let key = try desk.key(try desk.code())
        let caller = try #require(desk.office.world.caller(token: key, unregistered: nil))
        #expect(caller.key.name == "localhost:3000")
        #expect(caller.key.limit == nil)
        #expect(caller.account.id == desk.office.world.withPlatform { $0.houseAccount(at: $1).id })
    }

    @Test(
        "What does not fit is refused, and the code stays good",
        arguments: [
            (#""code_challenge_method":"plain""#, 400, "Invalid code_challenge_method"),
            (#""code_challenge_method":"s256""#, 400, "Invalid code_challenge_method"),
            (#""code_verifier":"x""#, 400, "Invalid code_challenge_method"),
            (#""code_challenge_method":"S256""#, 403, "Invalid code or code_verifier"),
            (#""code_challenge_method":"S256","code_verifier":"x""#, 403, "Invalid code or code_verifier"),
            (#""code_challenge_method":"S256","code_verifier":"""#, 403, "Invalid code or code_verifier"),
        ]
    )
    func refusals(members: String, status: Int, message: String) throws {
        let desk = SignInOffice()
        let code = try desk.code(SignInOffice.callback + "&" + SignInOffice.s256)
        let refused = desk.exchange(body: #"{"code":"\#(code)",\#(members)}"#)
        #expect(refused.body == #"{"error":{"message":"\#(message)","code":\#(status)}}"#)
        #expect(refused.status == status)
        let right = #"{"code":"\#(code)","code_challenge_method":"S256","code_verifier":"\#(Self.verifier)"}"#
        #expect(desk.exchange(body: right).status == 200)
    }

    @Test("A code is good once, for ten minutes on the world's clock")
    func lifetime() throws {
        let desk = SignInOffice()
        let used = try desk.code()
        _ = try desk.key(used)
        #expect(desk.exchange(["code": .string(used)]).body == Self.invalid)
        #expect(desk.exchange(["code": "made-up"]).body == Self.invalid)
        #expect(desk.exchange(["code": "made-up", "code_challenge_method": "S256"]).body == Self.invalid)
        let aged = try desk.code()
        let old = try desk.code()
        desk.office.time.pass(seconds: 600)
        _ = try desk.key(aged)
        desk.office.time.pass(seconds: 1)
        let expired = desk.exchange(["code": .string(old), "code_challenge_method": "S256"])
        #expect(expired.status == 403)
        #expect(expired.body == #"{"error":{"message":"Authorization code expired","code":403}}"#)
    }

    @Test(
        "Wrong types are told in Zod's words, all together",
        arguments: [
            ("{}", #"[{"code":"invalid_type","expected":"string","path":["code"],"message":"Invalid input"}]"#),
            ("[]", #"[{"code":"invalid_type","expected":"object","path":[],"message":"Invalid input"}]"#),
            (
                #"{"code":null,"code_verifier":7,"code_challenge_method":7}"#,
                #"[{"code":"invalid_type","expected":"string","path":["code"],"message":"Invalid input"},"#
                    + #"{"code":"invalid_type","expected":"string","path":["code_verifier"],"message":"Invalid input"},"#
                    + #"{"code":"invalid_value","values":["S256","plain"],"path":["code_challenge_method"],"#
                    + #""message":"Invalid input"}]"#
            ),
        ]
    )
    func zod(body: String, issues: String) throws {
        let refused = SignInOffice().exchange(body: body)
        #expect(refused.status == 400)
        let json = try refused.json()
        #expect(json.names == ["success", "error"])
        #expect(json["success"]?.bool == false)
        #expect(json["error"]?["name"]?.string == "ZodError")
        #expect(json["error"]?["message"]?.string == issues)
    }

    @Test("A body that is no JSON is 400, any other method 405 with the one allowed, and a wrong key does not matter")
    func otherwise() throws {
        let desk = SignInOffice()
        #expect(desk.exchange(body: "code=x").status == 400)
        let office = desk.office
        let got = office.call(.get, "/auth/keys")
        #expect(got.body == #"{"error":{"message":"Method Not Allowed","code":405}}"#)
        #expect(got.fields[try #require(HTTPField.Name("Allow"))] == "POST")
        let code = try desk.code()
        #expect(office.call(.post, "/auth/keys", #"{"code":"\#(code)"}"#, key: "wrong").status == 200)
    }

    @Test("The oldest of too many codes is forgotten")
    func bound() throws {
        let desk = SignInOffice()
        let first = try desk.code()
        let second = try desk.code()
        for _ in 0..<999 { _ = try desk.code() }
        #expect(desk.exchange(["code": .string(first)]).status == 403)
        #expect(desk.exchange(["code": .string(second)]).status == 200)
    }

    @Test("A server makes a code for a key of its own account")
    func serverSide() throws {
        let desk = SignInOffice()
        let office = desk.office
        let body = """
            {"callback_url":"https://app.example.com/cb","code_challenge":"\(SignInOffice.challenge)",
            "code_challenge_method":"S256","limit":100,"usage_limit_type":"monthly","key_label":"Mine",
            "expires_at":"2027-01-01T00:00:00Z","spawn_agent":"a"}
            """
        let made = office.call(.post, "/auth/keys/code", body)
        #expect(made.status == 200)
        let data = try #require(try made.json()["data"])
        #expect(data.names == ["id", "app_id", "created_at"])
        #expect(data["created_at"]?.string == "2026-09-21T14:13:20.000000+00:00")
        let code = try #require(data["id"]?.string)
        let other = try office.data(.post, "/auth/keys/code", #"{"callback_url":"https://app.example.com/x"}"#)
        #expect(other["app_id"]?.int == data["app_id"]?.int, "one app")
        let answer = desk.exchange([
            "code": .string(code), "code_verifier": .string(Self.verifier), "code_challenge_method": "S256",
        ])
        let key = try #require(try answer.json()["key"]?.string)
        let listed = try office.data(.get, "/keys")
        #expect(listed.count == 1)
        #expect(listed[0]?["name"]?.string == "Mine")
        #expect(listed[0]?["hash"]?.string == APIKey.hash(of: key))
        #expect(listed[0]?["limit"]?.int == 100)
        #expect(listed[0]?["limit_reset"]?.string == "monthly")
        #expect(listed[0]?["expires_at"]?.string == "2027-01-01T00:00:00.000000+00:00")
        #expect(try answer.json()["user_id"]?.string == office.world.account(forKey: Request.mockKey).userID)
    }

    @Test(
        "A server's wrong requests are refused with the field's name",
        arguments: [
            ("{}", "callback_url: expected an absolute URL, received nothing"),
            (
                #"{"callback_url":"http://example.com/"}"#,
                "callback_url: expected an https URL, or an http URL of localhost"
            ),
            (#"{"callback_url":"javascript:alert(1)"}"#, "callback_url: expected an absolute URL"),
            (#"{"callback_url":"https://a.b","code_challenge_method":"md5"}"#, "expected one of S256, plain"),
            (#"{"callback_url":"https://a.b","limit":-1}"#, "limit: expected a number from 0"),
            (#"{"callback_url":"https://a.b","usage_limit_type":"hourly"}"#, "one of daily, weekly, monthly"),
            (#"{"callback_url":"https://a.b","expires_at":"2020-01-01T00:00:00Z"}"#, "expected a time to come"),
            (#"{"callback_url":"https://a.b","workspace_id":"x"}"#, "workspace_id: expected a UUID"),
            (
                #"{"callback_url":"https://a.b","workspace_id":"00000000-0000-4000-8000-000000000000"}"#,
                "workspace_id: expected a workspace of this account"
            ),
            (
                #"{"callback_url":"https://a.b","key_label":"\#(String(repeating: "x", count: 101))"}"#,
                "key_label: expected a string of at most 100 characters"
            ),
        ]
    )
    func badServerSide(body: String, message: String) {
        let refused = Office().call(.post, "/auth/keys/code", body)
        #expect(refused.status == 400)
        #expect(refused.body.contains(message), "\(refused.body)")
    }

    @Test("Making a code needs a key")
    func keyNeeded() {
        let request = Request.make(.post, "/auth/keys/code", body: #"{"callback_url":"https://a.b"}"#, key: nil)
        #expect(Exchange(request).status == 401)
    }

    @Test("Older answers have no user, no words for expiry, and no codes made by servers")
    func legacy() throws {
        let desk = SignInOffice(era: .legacy)
        let code = try desk.code()
        #expect(try desk.exchange(["code": .string(code)]).json().names == ["key"])
        let old = try desk.code()
        desk.office.time.pass(seconds: 601)
        #expect(desk.exchange(["code": .string(old)]).body == Self.invalid)
        #expect(desk.office.call(.post, "/auth/keys/code", #"{"callback_url":"https://a.b"}"#).status == 404)
    }

    @Test("Sign-ins under way can be written down, without a code in it, and read again")
    func coding() throws {
        let desk = SignInOffice()
        let code = try desk.code()
        let token = try desk.formToken()
        let platform = desk.office.world.withPlatform { platform, _ in platform }
        let written = try JSONEncoder().encode(platform)
        let text = String(decoding: written, as: UTF8.self)
        #expect(!text.contains(code))
        #expect(!text.contains(token))
        var read = try JSONDecoder().decode(Platform.self, from: written)
        #expect(read.closeForm(token: token, at: World.mockTime) != nil)
        let body = try JSONDocument(parsing: #"{"code":"\#(code)"}"#.utf8).root
        #expect(try read.exchange(CodeExchange(body), era: .current, at: World.mockTime).userID != nil)
    }
}
