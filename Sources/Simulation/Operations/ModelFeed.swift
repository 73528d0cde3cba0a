internal import OpenRouterAPI

/// A model listing as RSS 2.0, for `use_rss` (schema of `GET /models`).
struct ModelFeed {
    let models: [CatalogModel]
    /// Whether items lead to a chat with the model and not to its page.
    let linksToChat: Bool

    var xml: String {
        let items = models.map { model in
            let link =
                linksToChat
                ? "https://openrouter.ai/chat?models=\(model.id)" : "https://openrouter.ai/\(model.id)"
            var description = ""
            if case .string(let text) = model.json.members?["description"] { description = text }
            let date = CivilTime(microseconds: Int64(model.created) * 1_000_000).httpDate
            return "<item><title>\(Self.escaped(model.name))</title><link>\(Self.escaped(link))</link>"
                + "<guid isPermaLink=\"false\">\(Self.escaped(model.id))</guid>"
                + "<description>\(Self.escaped(description))</description><pubDate>\(date)</pubDate></item>"
        }
        return
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><rss version=\"2.0\"><channel><title>OpenRouter Models</title>"
            + "<link>https://openrouter.ai/models</link><description>Models on OpenRouter</description>"
            + items.joined() + "</channel></rss>"
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
}
