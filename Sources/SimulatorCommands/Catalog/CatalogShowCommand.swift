internal import ArgumentParser
internal import OpenRouterAPI
internal import Simulation

/// The command `catalog show [MODEL]`.
struct CatalogShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "List models with context, prices and providers, or show one.",
        discussion: """
            Prices are in USD for a million tokens, of prompts and of answers. Examples:
              openrouter-sim catalog show
              openrouter-sim catalog show openai/gpt-4o-mini --json
            """
    )

    @Argument(help: ArgumentHelp("A model's id or permanent slug.", valueName: "model"), completion: .models)
    var model: String?

    @Flag(help: "Print JSON for machines, as OpenRouter's API has it.")
    var json = false

    @OptionGroup var configurationFile: ConfigurationOptions
    @OptionGroup var catalog: CatalogOptions

    func run() throws {
        let catalog = try catalog.file().catalog
        guard let model else {
            let rows = catalog.models
            return Console.print(json ? JSON.array(rows.map(\.json)).text : CatalogText.list(rows))
        }
        guard let row = catalog[model] else {
            let nearest = NearestWord.to(model, among: catalog.models.map(\.id)).map { " Did you mean '\($0)'?" } ?? ""
            throw ValidationError(
                "There is no model '\(model)'.\(nearest) 'openrouter-sim catalog show' lists the models."
            )
        }
        guard json else { return Console.print(CatalogText.model(row)) }
        var object = row.json.members ?? [:]
        object.append("endpoints", .array(row.endpoints.map(\.summary)))
        Console.print(JSON.object(object).text)
    }
}

/// The catalog for people.
enum CatalogText {
    static func list(_ models: [CatalogModel]) -> String {
        let rows =
            [["model", "context", "prompt", "answer", "providers"]]
            + models.map { model in
                [
                    model.id, model.contextLength.map(String.init) ?? "-", price(model.pricing.prompt),
                    price(model.pricing.completion),
                    model.aliasTarget.map { "→ \($0)" } ?? "\(model.endpoints.count)",
                ]
            }
        return table(rows)
    }

    static func model(_ model: CatalogModel) -> String {
        var lines = [
            "\(model.name)  (\(model.id))",
            "permanent slug  \(model.canonicalSlug)",
            "context         \(model.contextLength.map(String.init) ?? "-")",
            "most tokens     \(model.maxCompletionTokens.map(String.init) ?? "-")",
            "takes, makes    \(model.inputModalities.joined(separator: "+")) → "
                + model.outputModalities.joined(separator: "+"),
            "parameters      \(model.supportedParameters.joined(separator: " "))",
            "prices          "
                + model.pricing.members.members.map { "\($0.key) \($0.value.text)" }.joined(separator: ", "),
        ]
        if let target = model.aliasTarget { lines.append("stands for      \(target)") }
        if model.isLegacy { lines.append("legacy          listed no longer") }
        guard !model.endpoints.isEmpty else { return lines.joined(separator: "\n") }
        let rows =
            [["provider", "tag", "context", "prompt", "answer", "tokens/s"]]
            + model.endpoints.map { endpoint in
                [
                    endpoint.provider.name, endpoint.tag, "\(endpoint.contextLength)",
                    price(endpoint.pricing.prompt), price(endpoint.pricing.completion),
                    "\(Int(endpoint.tokensPerSecond))",
                ]
            }
        return lines.joined(separator: "\n") + "\n\n" + table(rows)
    }

    /// For a million tokens.
    private static func price(_ usd: USD?) -> String {
        guard let usd else { return "varies" }
        let dollars = usd.dollars * 1e6
        return "$" + (dollars.rounded() == dollars ? "\(Int(dollars))" : "\((dollars * 10_000).rounded() / 10_000)")
    }

    private static func table(_ rows: [[String]]) -> String {
        let widths = (rows.first ?? []).indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            let cells = zip(row, widths).map { $0.padded(to: $1) }.joined(separator: "  ")
            return String(cells.reversed().drop { $0 == " " }.reversed())
        }.joined(separator: "\n")
    }
}

extension CatalogEndpoint {
    fileprivate var summary: JSON {
        [
            "provider_name": .string(provider.name),
            "tag": .string(tag),
            "context_length": .integer(contextLength),
            "pricing": .object(pricing.members),
            "quantization": .string(quantization),
            "tokens_per_second": .number(tokensPerSecond),
        ]
    }
}
