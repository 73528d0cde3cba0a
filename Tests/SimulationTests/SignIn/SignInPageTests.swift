internal import HTTPTypes
internal import OpenRouterAPI
internal import Tapes
internal import Testing

@testable internal import Simulation

@Suite("Sign-in page")
struct SignInPageTests {
    @Test("It says who asks for what, loads nothing, and cannot be framed or read by other origins")
    func page() {
        let query =
            "callback_url=https://app.example.com/cb&key_label=My+key&limit=2.50&usage_limit_type=weekly"
            + "&expires_at=2027-12-31T23:59:59Z"
        let page = SignInOffice().page(query)
        #expect(page.status == 200)
        #expect(page.fields[.contentType] == "text/html; charset=utf-8")
        for shown in [
            "<title>Sign in to app.example.com</title>", "<bdi>My key</bdi>", "<bdi>$2.5 weekly</bdi>",
            "<bdi>2027-12-31, 23:59 UTC</bdi>", "<bdi>https://app.example.com/cb</bdi>",
            #"<form method="post" action="?">"#, #"<button name="decision" value="approve" class="main">"#,
        ] {
            #expect(page.body.contains(shown), "\(shown)")
        }
        for loaded in ["<script", "<link", "<img", "src=", "href=", "url(", "@import"] {
            #expect(!page.body.contains(loaded), "\(loaded)")
        }
        let policy = page.fields[.contentSecurityPolicy] ?? ""
        #expect(policy.hasPrefix("default-src 'none'; style-src 'sha256-"))
        #expect(policy.hasSuffix("base-uri 'none'; frame-ancestors 'none'"))
        let headless = SignInOffice().page(SignInOffice.s256)
        #expect(headless.fields[.contentSecurityPolicy] == policy + "; form-action 'self'")
        #expect(page.fields[.xFrameOptions] == "DENY")
        #expect(page.fields[.xContentTypeOptions] == "nosniff")
        #expect(page.fields[.cacheControl] == "no-store")
        #expect(page.fields[.accessControlAllowOrigin] == nil)
    }

    @Test("Whatever an app sends is text")
    func escaping() {
        let page = SignInOffice().page(
            SignInOffice.callback + "?%22%3E%3Cb%3E&key_label=%3Cimg%20src%3Dx%20onerror%3D'alert(%22%26%22)'%3E"
        )
        #expect(page.body.contains("&lt;img src=x onerror=&#39;alert(&quot;&amp;&quot;)&#39;&gt;"))
        #expect(!page.body.contains("<img"))
        #expect(page.body.contains("http://localhost:3000/cb?&quot;&gt;&lt;b&gt;"))
        let refused = SignInOffice().page("callback_url=%3Cscript%3E")
        #expect(refused.body.contains("&lt;script&gt;"))
        #expect(!refused.body.contains("<script"))
    }

    @Test("Approving goes to the callback with a code and the state, denying with an error")
    func decisions() throws {
        let desk = SignInOffice()
        let query = SignInOffice.callback + "%3Fx=1%23top&state=a%26b"
        let approved = desk.page("", method: .post, form: "token=\(try desk.formToken(query))&decision=approve")
        #expect(approved.status == 302)
        let location = try #require(approved.fields[.location])
        #expect(
            location.wholeMatch(
                of: /http:\/\/localhost:3000\/cb\?x=1&code=auth_code_[0-9A-Za-z]{24}&state=a%26b#top/
            ) != nil,
            "\(location)"
        )
        #expect(approved.body.isEmpty)
        #expect(approved.fields[.accessControlAllowOrigin] == nil)
        let denied = desk.page("", method: .post, form: "token=\(try desk.formToken(query))&decision=deny")
        #expect(denied.status == 302)
        #expect(denied.fields[.location] == "http://localhost:3000/cb?x=1&error=access_denied&state=a%26b#top")
    }

    @Test("auto makes the click", arguments: [("approve", "code="), ("deny", "error=access_denied")])
    func automatic(auto: String, expected: String) {
        let answer = SignInOffice().page(SignInOffice.callback + "&auto=\(auto)")
        #expect(answer.status == 302)
        #expect(answer.fields[.location]?.hasPrefix("http://localhost:3000/cb?\(expected)") == true)
    }

    @Test("Without a callback the page shows the code, and a challenge has to be there")
    func headless() throws {
        let desk = SignInOffice()
        let token = try desk.formToken(SignInOffice.s256)
        let approved = desk.page("", method: .post, form: "token=\(token)&decision=approve")
        #expect(approved.status == 200)
        let code = try #require(approved.body.firstMatch(of: /<code id="code">([^<]+)</)).1
        let key = desk.exchange([
            "code": .string(String(code)), "code_verifier": .string(SignInOffice.verifier),
            "code_challenge_method": "S256",
        ])
        #expect(key.status == 200)
        #expect(desk.page(SignInOffice.s256 + "&auto=approve").body.contains("auth_code_"))
        let denied = desk.page(SignInOffice.s256 + "&auto=deny")
        #expect(denied.status == 200)
        #expect(denied.body.contains("Access denied"))
        #expect(desk.page("").status == 400)
        #expect(desk.page("key_label=x").body.contains("code_challenge: expected a challenge"))
    }

    @Test("A form is good once, for ten minutes, and only as our own page sends it")
    func forms() throws {
        let desk = SignInOffice()
        let used = try desk.formToken()
        #expect(desk.page("", method: .post, form: "token=\(used)&decision=maybe").status == 400)
        #expect(desk.page("", method: .post, form: "token=\(used)&decision=approve").status == 302)
        let again = desk.page("", method: .post, form: "token=\(used)&decision=approve")
        #expect(again.status == 400)
        #expect(again.body.contains("This form was sent before"))
        for form in ["", "decision=approve", "token=guess&decision=approve", "token=\(used)"] {
            let refused = desk.page(SignInOffice.callback, method: .post, form: form)
            #expect(refused.status == 400, "\(form)")
            #expect(refused.fields[.location] == nil)
        }
        let old = try desk.formToken()
        desk.office.time.pass(seconds: 601)
        #expect(desk.page("", method: .post, form: "token=\(old)&decision=approve").status == 400)
        let aged = try desk.formToken()
        desk.office.time.pass(seconds: 600)
        #expect(desk.page("", method: .post, form: "token=\(aged)&decision=approve").status == 302)
    }

    @Test(
        "A form that a browser says comes from elsewhere is refused",
        arguments: [
            ("Origin", "https://evil.example", 403), ("Origin", "null", 403), ("Origin", "http://127.0.0.1:6465", 403),
            ("Origin", "http://127.0.0.1:6464", 302), ("Origin", "https://127.0.0.1:6464", 302),
            ("Sec-Fetch-Site", "cross-site", 403), ("Sec-Fetch-Site", "same-site", 403),
            ("Sec-Fetch-Site", "same-origin", 302),
        ]
    )
    func foreign(field: String, value: String, status: Int) throws {
        let desk = SignInOffice()
        let form = "token=\(try desk.formToken())&decision=approve"
        let answer = desk.page("", method: .post, form: form, fields: [try #require(HTTPField.Name(field)): value])
        #expect(answer.status == status)
        #expect((answer.fields[.location] == nil) == (status == 403))
    }

    @Test("A bad callback is a page and never a redirect, also where auto is set", arguments: CallbackURLTests.bad)
    func noOpenRedirect(text: String) {
        let encoded = text.utf8.map { "%" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        for rest in ["", "&auto=approve", "&auto=deny"] {
            let answer = SignInOffice().page("callback_url=\(encoded)&\(SignInOffice.s256)\(rest)")
            #expect(answer.status == 400)
            #expect(answer.fields[.location] == nil)
            #expect(answer.fields[.contentType] == "text/html; charset=utf-8")
            #expect(answer.body.contains("callback_url: expected an https URL"))
        }
    }

    @Test(
        "What does not fit is named on the page",
        arguments: [
            ("code_challenge_method=s256", "code_challenge_method: expected one of S256, plain"),
            (
                "code_challenge=" + String(repeating: "x", count: 257),
                "code_challenge: expected a string of at most 256"
            ),
            ("key_label=" + String(repeating: "x", count: 101), "key_label: expected a string of at most 100"),
            ("limit=-1", "limit: expected a number from 0"), ("limit=much", "limit: expected a number"),
            ("usage_limit_type=hourly", "usage_limit_type: expected one of daily, weekly, monthly"),
            ("expires_at=tomorrow", "expires_at: expected a time in UTC"),
            ("expires_at=2020-01-01T00:00:00Z", "expires_at: expected a time to come"),
            ("required_workspace_id=7", "required_workspace_id: expected a workspace of yours"),
            ("auto=yes", "auto: expected one of approve, deny"),
            ("state=" + String(repeating: "x", count: 8192), "query: expected at most 8192 bytes"),
        ]
    )
    func badParameters(parameter: String, message: String) {
        let answer = SignInOffice().page(SignInOffice.callback + "&" + parameter)
        #expect(answer.status == 400)
        #expect(answer.body.contains(message), "\(answer.body)")
    }

    @Test("A workspace that is wished for is taken where it is there")
    func workspaces() throws {
        let desk = SignInOffice()
        let answers = ["", "&workspace_id=default", "&required_workspace_id=default", "&workspace_id=unknown"].map {
            desk.page(SignInOffice.callback + $0 + "&auto=approve").status
        }
        #expect(answers == [302, 302, 302, 302])
        #expect(desk.page(SignInOffice.callback + "&workspace_id=default").body.contains("<bdi>Default</bdi>"))
    }

    @Test("Other methods are refused", arguments: [HTTPRequest.Method.put, .patch, .delete])
    func methods(method: HTTPRequest.Method) throws {
        let answer = SignInOffice().page(SignInOffice.callback, method: method)
        #expect(answer.status == 405)
        #expect(answer.fields[try #require(HTTPField.Name("Allow"))] == "GET, POST")
    }

    @Test("The same requests show the same page")
    func determinism() {
        #expect(
            SignInOffice().page(SignInOffice.callback).body == SignInOffice().page(SignInOffice.callback).body
        )
    }

    @Test("Older rules have no headless flow, and only the old ports")
    func legacy() {
        let desk = SignInOffice(era: .legacy)
        #expect(desk.page(SignInOffice.s256).status == 400)
        #expect(desk.page(SignInOffice.callback).status == 200)
        #expect(desk.page("callback_url=http://localhost:5173/").status == 400)
    }
}
