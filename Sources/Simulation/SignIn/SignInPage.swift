internal import OpenRouterAPI

/// The pages that a user sees while signing in to an app; none needs a script.
enum SignInPage {
    /// Asks whether the app may have a key.
    ///
    /// - Parameters:
    ///   - request: what the app asks for.
    ///   - workspace: the name of the workspace the key is for; nil for the default one.
    ///   - token: makes the form good for one answer.
    /// - Returns: a page with a form.
    static func consent(_ request: SignInRequest, workspace: String?, token: String) -> OperationAnswer {
        let key = request.key
        var rows: [(String, String)] = [("Key label", key.name), ("Spending limit", limit(of: key))]
        if let expiresAt = key.expiresAt {
            let time = CivilTime(microseconds: expiresAt)
            rows.append(("Key expires", "\(time.dateText), \(time.timeText) UTC"))
        }
        if let workspace { rows.append(("Workspace", workspace)) }
        rows.append(("Sends you to", request.callback?.text ?? "no other page: you copy a code"))
        let cells = rows.map { row -> HTML in "<div><dt>\(row.0)</dt><dd><bdi>\(row.1)</bdi></dd></div>\n" }
        // An action of "?" is this page without its query, under whatever path it is.
        return Page(
            title: "Sign in to \(request.appName)",
            content: """
                <h1>Allow <bdi>\(request.appName)</bdi> to use your account?</h1>
                <p>The app gets an API key of its own. It can call models with it and spend your credits, and you can \
                delete it at any time.</p>
                <dl>
                \(cells)</dl>
                <form method="post" action="?">
                <input type="hidden" name="token" value="\(token)">
                <button name="decision" value="deny">Deny</button>
                <button name="decision" value="approve" class="main">Approve</button>
                </form>

                """
        ).answer(leadsElsewhere: request.callback != nil)
    }

    /// Shows a code to somebody who takes it to the app.
    static func code(_ code: String) -> OperationAnswer {
        Page(
            title: "Your authorization code",
            content: """
                <h1>Your authorization code</h1>
                <p>Copy it into the app that asked for it. It is good for ten minutes, and once.</p>
                <p><code id="code">\(code)</code></p>

                """
        ).answer()
    }

    /// For a user who has said no to an app that cannot be called back.
    static let denied = Page(
        title: "Access denied",
        content: "<h1>Access denied</h1>\n<p>The app got no key. You can close this page.</p>\n"
    ).answer()

    /// A request that leads nowhere, above all to no other site.
    static func refused(_ error: APIError) -> OperationAnswer {
        Page(
            title: "This sign-in cannot go on",
            content: "<h1>This sign-in cannot go on</h1>\n<p id=\"reason\"><bdi>\(error.message)</bdi></p>\n"
        ).answer(status: error.status)
    }

    private static func limit(of key: RequestedKey) -> String {
        guard let limit = key.limit else { return "none" }
        return "$\(limit.decimalText)" + (key.limitReset.map { " \($0.rawValue)" } ?? " in all")
    }
}
