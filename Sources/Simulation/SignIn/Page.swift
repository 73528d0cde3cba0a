internal import Crypto
internal import HTTPTypes
internal import OpenRouterAPI
internal import Tapes

/// A whole HTML page that loads nothing, runs nothing, and stands in no other page's frame.
struct Page: Sendable {
    let title: String
    let content: HTML

    /// - Parameters:
    ///   - status: of the answer.
    ///   - leadsElsewhere: whether the answer to its form may be a redirect to another site.
    /// - Returns: the page, with header fields that keep other pages out.
    func answer(status: Int = 200, leadsElsewhere: Bool = false) -> OperationAnswer {
        let html: HTML = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(title)</title>
            <style>\(HTML(stringLiteral: Self.style))</style>
            </head>
            <body>
            <main>
            \(content)</main>
            <footer>openrouter-sim: a simulation. No real account, no real credits.</footer>
            </body>
            </html>

            """
        return OperationAnswer(
            status: status,
            fields: [
                .contentType: "text/html; charset=utf-8",
                .cacheControl: "no-store",
                .contentSecurityPolicy: Self.policy(leadsElsewhere: leadsElsewhere),
                .xContentTypeOptions: "nosniff",
                .xFrameOptions: "DENY",
            ],
            frames: [Frame(html.text)],
            isForAllOrigins: false
        )
    }

    /// Chromium 156 holds `form-action` against every redirect after a form's answer as well (observed), and where a
    /// callback leads on to is the app's affair.
    private static func policy(leadsElsewhere: Bool) -> String {
        "default-src 'none'; style-src 'sha256-\(styleDigest)'; base-uri 'none'; frame-ancestors 'none'"
            + (leadsElsewhere ? "" : "; form-action 'self'")
    }

    private static let styleDigest = Base64.encoded(Array(SHA256.hash(data: Array(style.utf8))))

    private static let style = """

        :root { color-scheme: light dark; --ground: #f4f5f7; --card: #fff; --text: #1b1f24; --quiet: #5c6570;
          --line: #d9dde3; --main: #4f46e5; --on-main: #fff; }
        @media (prefers-color-scheme: dark) { :root { --ground: #101216; --card: #1a1d23; --text: #e8eaed;
          --quiet: #9aa3ae; --line: #333941; --main: #8b84ff; --on-main: #101216; } }
        * { box-sizing: border-box; }
        body { margin: 0; min-height: 100vh; padding: 1.5rem; display: flex; flex-direction: column;
          align-items: center; justify-content: center; gap: 1rem; background: var(--ground); color: var(--text);
          font: 1rem/1.5 system-ui, sans-serif; }
        main { width: 100%; max-width: 30rem; padding: 2rem; background: var(--card);
          border: 1px solid var(--line); border-radius: .75rem; }
        h1 { margin: 0 0 .75rem; font-size: 1.375rem; line-height: 1.3; overflow-wrap: anywhere; }
        p { margin: 0 0 1.25rem; color: var(--quiet); overflow-wrap: anywhere; }
        p:last-child { margin: 0; }
        dl { margin: 0 0 1.5rem; border-top: 1px solid var(--line); }
        dl div { display: flex; gap: 1rem; padding: .6rem 0; border-bottom: 1px solid var(--line); }
        dt { flex: 0 0 8rem; color: var(--quiet); }
        dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
        form { display: flex; gap: .75rem; }
        button { flex: 1; padding: .7rem 1rem; font: inherit; font-weight: 600; color: var(--text);
          background: transparent; border: 1px solid var(--line); border-radius: .5rem; cursor: pointer; }
        button.main { color: var(--on-main); background: var(--main); border-color: var(--main); }
        button:hover { filter: brightness(1.08); }
        button:focus-visible { outline: 3px solid var(--main); outline-offset: 2px; }
        code { display: block; padding: .75rem; font: .95rem/1.5 ui-monospace, monospace; color: var(--text);
          background: var(--ground); border: 1px solid var(--line); border-radius: .5rem; user-select: all; }
        footer { color: var(--quiet); font-size: .8125rem; }

        """
}
