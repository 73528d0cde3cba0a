extension CatalogProvider {
    /// Whether a provider stops, and stops billing, when the client leaves a stream; others run to the end.
    ///
    /// Source: OpenRouter, API reference, "Stream Cancellation", provider support. Providers that the page does not
    /// name are taken for those that do not.
    static func supportsCancellation(named name: String) -> Bool {
        cancelling.contains(name.lowercased())
    }

    private static let cancelling: Set<String> = [
        "openai", "azure", "anthropic", "fireworks", "mancer", "mancer 2", "recursal", "anyscale", "lepton", "octoai",
        "novita", "novitaai", "deepinfra", "together", "cohere", "hyperbolic", "infermatic", "avian", "avian.io",
        "xai", "cloudflare", "sf compute", "sfcompute", "nineteen", "liquid", "friendli", "chutes", "deepseek",
    ]
}
