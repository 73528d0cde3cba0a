internal import OpenRouterAPI

/// The `plugins` of a request, those that are switched on (reference: platform §1.16).
package struct Plugins: Sendable, Hashable {
    package enum PDFEngine: String, Sendable, CaseIterable {
        case mistralOCR = "mistral-ocr"
        case cloudflareAI = "cloudflare-ai"
        case native
        /// Deprecated name of ``cloudflareAI``.
        case pdfText = "pdf-text"
    }

    package var web: WebSearchOptions?
    package var pdfEngine: PDFEngine?
    package var healsResponses = false
    package var moderates = false
    /// Whether prompts too long are shortened; nil for the endpoint's default.
    package var compresses: Bool?

    package init() {}

    /// Reads all but those of the routers, which ``RouterPlugins`` reads.
    init(reading reader: FieldReader) throws(APIError) {
        guard let list = try reader.array("plugins") else { return }
        for (index, value) in list.elements.enumerated() {
            let plugin = try FieldReader(value, path: "\(reader.path(of: "plugins"))[\(index)]")
            guard let id = try plugin.string("id") else { throw plugin.invalid("id", expected: "a plugin's id") }
            let isEnabled = try plugin.bool("enabled") ?? true
            if id == "context-compression" { compresses = isEnabled }
            if isEnabled { try read(plugin, id: id) }
        }
    }

    private mutating func read(_ plugin: FieldReader, id: String) throws(APIError) {
        switch id {
        case "web": web = try WebSearchOptions(plugin)
        case "file-parser": pdfEngine = try plugin.object("pdf")?.choice("engine", of: PDFEngine.self) ?? .mistralOCR
        case "response-healing": healsResponses = true
        case "moderation": moderates = true
        default: break
        }
    }
}
