package import OpenRouterAPI

/// A row of the catalog: a model, a variant, an alias or a router.
///
/// A class, so that candidates of a route are cheap to pass on.
package final class CatalogModel: Sendable {
    package let id: String
    /// The permanent slug; variants of one model share it.
    package let canonicalSlug: String
    package let name: String
    /// Unix seconds.
    package let created: Int
    package let contextLength: Int?
    package let maxCompletionTokens: Int?
    package let inputModalities: [String]
    package let outputModalities: [String]
    /// ``outputModalities``, for those who look for one with each request.
    let outputs: Set<String>
    package let tokenizer: String
    package let supportedParameters: [String]
    /// Nil for models that do not speak, and for those whose voices are not known.
    let supportedVoices: [String]?
    package let pricing: Pricing
    /// Empty for routers and aliases.
    package let endpoints: [CatalogEndpoint]
    /// False for rows that are listed only when `output_modalities` names them.
    package var isListedByDefault: Bool { outputModalities.contains("text") }
    /// The id of the model an alias such as `~openai/gpt-latest` stands for; nil for other rows.
    package let aliasTarget: String?
    /// True for rows gone from current listings, kept for older clients.
    package let isLegacy: Bool
    /// Microseconds since 1970 from which on the model is gone; nil for no such date.
    package let expirationTime: Int64?
    /// Whether the author lets others train on the model's answers.
    package let isDistillable: Bool
    /// Whether an endpoint belongs to another tier than the default one.
    let hasServiceTiers: Bool
    /// The row as `/models` serves it (schema `Model`).
    package let json: JSON

    /// Whether the row is a model's free variant, with limits of its own (reference: platform §3.9).
    var isFreeVariant: Bool { id.hasSuffix(":free") }

    /// The permanent slug with the suffix of a listed variant, as usage is counted by.
    let permaslug: String

    /// What answers and guardrails call the model: the permanent slug, and the id of listed variants.
    var permanentName: String { id.utf8.contains(UInt8(ascii: ":")) ? id : canonicalSlug }

    /// First path segment of the id, without the `~` of aliases.
    package let author: String

    /// - Parameters:
    ///   - row: see docs/catalog.md.
    ///   - providers: by display name.
    ///   - names: the names of all rows by id, for aliases.
    init(_ row: JSONValue, providers: [String: CatalogProvider], names: [String: String]) {
        let text = { (name: String) in row[name]?.string }
        id = text("id") ?? ""
        canonicalSlug = text("canonical_slug") ?? id
        let variant = id[(id.firstIndex(of: ":") ?? id.endIndex)...]
        permaslug = canonicalSlug.contains(":") ? canonicalSlug : canonicalSlug + variant
        author = String(id.prefix { $0 != "/" }.drop { $0 == "~" })
        name = text("name") ?? id
        created = row["created"]?.int ?? 0
        contextLength = row["context_length"]?.int
        maxCompletionTokens = row["max_completion_tokens"]?.int
        inputModalities = row["input_modalities"].map { $0.elements.compactMap(\.string) } ?? ["text"]
        outputModalities = row["output_modalities"].map { $0.elements.compactMap(\.string) } ?? ["text"]
        outputs = Set(outputModalities)
        tokenizer = text("tokenizer") ?? "Other"
        supportedParameters = row["supported_parameters"].map { $0.elements.compactMap(\.string) } ?? []
        supportedVoices = row["supported_voices"].map { $0.elements.compactMap(\.string) }
        pricing = row["pricing"].map { Pricing($0) } ?? .variable
        aliasTarget = text("alias_of")
        isLegacy = row["legacy"]?.bool ?? false
        isDistillable = row["distillable"]?.bool ?? false
        expirationTime = text("expiration_date").flatMap { CivilTime.microseconds(rfc3339: $0 + "T00:00:00Z") }
        let defaults = CatalogEndpoint.Defaults(
            canonicalSlug: canonicalSlug,
            contextLength: contextLength ?? 0,
            maxCompletionTokens: maxCompletionTokens,
            supportedParameters: supportedParameters,
            pricing: pricing
        )
        endpoints = (row["endpoints"].map { Array($0.elements) } ?? []).map {
            CatalogEndpoint($0, defaults: defaults, providers: providers)
        }
        hasServiceTiers = endpoints.contains { $0.tier != .default }
        var json = Self.json(row, modalities: (inputModalities, outputModalities))
        if let aliasTarget {
            let name = names[aliasTarget] ?? aliasTarget
            let short = name.firstRange(of: ": ").map { String(name[$0.upperBound...]) } ?? name
            json.append("alias_target", ["name": .string(short), "slug": .string(aliasTarget)])
        }
        self.json = .object(json)
    }

    /// Members in the order in which OpenRouter serves them (reference: platform §2.3).
    private static func json(_ row: JSONValue, modalities: (input: [String], output: [String])) -> JSONObject {
        let member = { (name: String) in row[name].map { JSON($0) } }
        let id = row["id"]?.string ?? ""
        let slug = row["canonical_slug"]?.string ?? id
        let name = row["name"]?.string ?? id
        return [
            "id": .string(id),
            "canonical_slug": .string(slug),
            "hugging_face_id": member("hugging_face_id") ?? .null,
            "name": .string(name),
            "created": member("created") ?? 0,
            "description": .string(
                "\(name), simulated: answers are made up, prices and limits are those of the model."
            ),
            "context_length": member("context_length") ?? .null,
            "architecture": [
                "modality": member("modality")
                    ?? .string(modalityText(modalities.input) + "->" + modalityText(modalities.output)),
                "input_modalities": .array(modalities.input.map { .string($0) }),
                "output_modalities": .array(modalities.output.map { .string($0) }),
                "tokenizer": member("tokenizer") ?? "Other",
                "instruct_type": member("instruct_type") ?? .null,
            ],
            "pricing": member("pricing") ?? [:],
            "top_provider": [
                "context_length": member("top_provider_context_length") ?? member("context_length") ?? .null,
                "max_completion_tokens": member("max_completion_tokens") ?? .null,
                "is_moderated": member("is_moderated") ?? false,
            ],
            "per_request_limits": .null,
            "supported_parameters": member("supported_parameters") ?? [],
            "default_parameters": member("default_parameters") ?? [:],
            "supported_voices": member("supported_voices") ?? .null,
            "knowledge_cutoff": member("knowledge_cutoff") ?? .null,
            "expiration_date": member("expiration_date") ?? .null,
            "links": ["details": .string("/api/v1/models/\(slug)/endpoints")],
        ]
    }

    /// `text+image+file`: in this order, others after them as listed.
    private static func modalityText(_ modalities: [String]) -> String {
        let known = ["text", "image", "file", "audio", "video"]
        let ordered = known.filter(modalities.contains) + modalities.filter { !known.contains($0) }
        return ordered.joined(separator: "+")
    }
}
