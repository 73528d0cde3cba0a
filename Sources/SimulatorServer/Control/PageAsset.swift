/// A file of the page, as it is in the binary.
struct PageAsset: Sendable {
    let name: String
    let contentType: String
    let bytes: [UInt8]

    static let index = PageAsset("index.html", PackageResources.index_html)

    /// What the page loads.
    static let all: [PageAsset] = [
        PageAsset("page.css", PackageResources.page_css),
        PageAsset("api.js", PackageResources.api_js),
        PageAsset("app.js", PackageResources.app_js),
        PageAsset("cassettes.js", PackageResources.cassettes_js),
        PageAsset("controls.js", PackageResources.controls_js),
        PageAsset("dom.js", PackageResources.dom_js),
        PageAsset("exchange.js", PackageResources.exchange_js),
        PageAsset("format.js", PackageResources.format_js),
        PageAsset("generations.js", PackageResources.generations_js),
        PageAsset("journal.js", PackageResources.journal_js),
        PageAsset("ledger.js", PackageResources.ledger_js),
        PageAsset("misses.js", PackageResources.misses_js),
        PageAsset("player.js", PackageResources.player_js),
        PageAsset("rows.js", PackageResources.rows_js),
        PageAsset("scenarios.js", PackageResources.scenarios_js),
        PageAsset("store.js", PackageResources.store_js),
        PageAsset("timeline.js", PackageResources.timeline_js),
        PageAsset("worlds.js", PackageResources.worlds_js),
    ]

    private init(_ name: String, _ bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
        contentType =
            if name.hasSuffix(".html") {
                "text/html; charset=utf-8"
            } else if name.hasSuffix(".css") {
                "text/css; charset=utf-8"
            } else {
                "text/javascript; charset=utf-8"
            }
    }
}
