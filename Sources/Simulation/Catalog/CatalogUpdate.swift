package import OpenRouterAPI

/// A newer catalog, made from an older one and what OpenRouter lists now.
///
/// Nothing is thrown away: a model that is listed no longer becomes a legacy one, what a listing does not tell stays,
/// and a row in which nothing has changed stays as it is written.
package struct CatalogUpdate: Sendable {
    package private(set) var added: [String] = []
    package private(set) var changed: [String] = []
    package private(set) var gone: [String] = []
    /// Models whose endpoints a listing does not tell and the older catalog does not know, or knows with other prices.
    package private(set) var withoutEndpoints: [String] = []
    private var rows: [JSONObject]
    private var providers: [JSON]
    private let source: String

    /// - Parameters:
    ///   - current: the older catalog.
    ///   - listing: the answer of `GET /models`.
    ///   - source: what messages call that.
    ///   - isForced: whether a listing may have far fewer models than the older catalog.
    /// - Throws: ``CatalogFileError`` for what is no listing of OpenRouter's.
    package init(
        _ current: CatalogFile,
        listing: JSONDocument,
        source: String,
        isForced: Bool = false
    ) throws(CatalogFileError) {
        self.source = source
        rows = []
        providers = current.providers
        var check = CatalogRowCheck(file: source)
        let models = try check.array(listing.root, "data")
        for model in models.elements {
            try check.model(model)
            guard let shape = model["architecture"], shape.kind == .object else {
                throw check.error(model, "'\(model["id"]?.string ?? "")' has no 'architecture'")
            }
            try check.strings(shape["input_modalities"], "input_modalities", of: model["id"]?.string ?? "")
            try check.strings(shape["output_modalities"], "output_modalities", of: model["id"]?.string ?? "")
        }
        let known = current.catalog.models
        let usualCount = known.count { !$0.isLegacy && $0.isListedByDefault }
        guard isForced || models.count * 2 >= usualCount else {
            throw check.error(
                models,
                "\(models.count) models are listed, of \(usualCount) that are known; this may be a part of the listing. "
                    + "Use --force to take it"
            )
        }
        merge(Array(models.elements), into: zip(known, current.models).map { ($0, $1.members ?? [:]) })
    }

    private mutating func merge(_ models: [JSONValue], into old: [(model: CatalogModel, row: JSONObject)]) {
        let listed = Dictionary(models.map { ($0["id"]?.string ?? "", $0) }) { first, _ in first }
        let ids = Set(listed.keys).union(old.map(\.model.id))
        for (known, row) in old {
            guard let model = listed[known.id] else {
                rows.append(retired(known, row))
                continue
            }
            guard !Self.isSame(model, as: known) else {
                rows.append(row)
                continue
            }
            changed.append(known.id)
            var next = Self.row(of: model, ids: ids)
            for name in ["alias_of", "distillable", "endpoints"] where next[name] == nil {
                next.append(name, row[name])
            }
            if !known.endpoints.isEmpty, known.pricing.members != next["pricing"]?.members {
                withoutEndpoints.append(known.id)
            }
            rows.append(next)
        }
        let known = Set(old.map(\.model.id))
        for model in models {
            guard let id = model["id"]?.string, !known.contains(id) else { continue }
            added.append(id)
            let row = Self.row(of: model, ids: ids)
            // Routers and aliases have none.
            let isRouter = model["pricing"]?["prompt"]?.string == "-1"
            if row["alias_of"] == nil, !isRouter { withoutEndpoints.append(id) }
            rows.append(row)
        }
    }

    /// Only what would be listed can be missed in a listing.
    private mutating func retired(_ model: CatalogModel, _ row: JSONObject) -> JSONObject {
        guard !model.isLegacy, model.isListedByDefault else { return row }
        gone.append(model.id)
        var row = row
        row["legacy"] = true
        return row
    }
}

// MARK: - Rows

extension CatalogUpdate {
    /// Members of a listed model that a row has under the same name.
    private static let sameMembers = [
        "id", "canonical_slug", "hugging_face_id", "name", "created", "context_length", "pricing",
        "supported_parameters", "default_parameters", "supported_voices", "knowledge_cutoff", "expiration_date",
    ]

    /// Whether a listing says what the catalog would say.
    private static func isSame(_ listed: JSONValue, as known: CatalogModel) -> Bool {
        guard let own = try? JSONDocument(parsing: known.json.serialized()).root else { return false }
        return (sameMembers + ["architecture", "top_provider"]).allSatisfy { name in
            switch (listed[name], own[name]) {
            case (let listed?, let own?): listed.isCanonicallyEqual(to: own)
            // What a listing leaves out says nothing.
            case (nil, _): true
            case (let listed?, nil): listed.isNull
            }
        }
    }

    private static func row(of model: JSONValue, ids: Set<String>) -> JSONObject {
        var row: JSONObject = [:]
        for name in sameMembers {
            guard let value = model[name], !value.isNull || name == "default_parameters" else { continue }
            row.append(name, JSON(value))
        }
        let shape = model["architecture"]
        for name in ["modality", "input_modalities", "output_modalities", "tokenizer", "instruct_type"] {
            guard let value = shape?[name], !value.isNull else { continue }
            row.append(name, JSON(value))
        }
        let top = model["top_provider"]
        if let length = top?["context_length"], length.int != model["context_length"]?.int {
            row.append("top_provider_context_length", JSON(length))
        }
        if let limit = top?["max_completion_tokens"]?.int { row.append("max_completion_tokens", .integer(limit)) }
        if top?["is_moderated"]?.bool == true { row.append("is_moderated", true) }
        if let target = model["alias_target"]?["slug"]?.string, ids.contains(target) {
            row.append("alias_of", .string(target))
        }
        row.append("source", "listing")
        return row
    }

    /// Puts in who serves a model.
    ///
    /// - Parameters:
    ///   - answer: of `GET /models/{author}/{slug}/endpoints`.
    ///   - id: the model's.
    /// - Throws: ``CatalogFileError`` for what is no such answer.
    package mutating func setEndpoints(_ answer: JSONDocument, of id: String) throws(CatalogFileError) {
        guard let index = rows.firstIndex(where: { $0["id"] == .string(id) }) else { return }
        let check = CatalogRowCheck(file: "\(source)/\(id)/endpoints")
        let listed = try check.array(answer.root["data"] ?? answer.root, "endpoints")
        let older: [JSON] = if case .array(let rows)? = rows[index]["endpoints"] { rows } else { [] }
        var endpoints: [JSON] = []
        for endpoint in listed.elements {
            guard let provider = endpoint["provider_name"]?.string, let pricing = endpoint["pricing"] else {
                throw check.error(endpoint, "an endpoint of '\(id)' has no 'provider_name' or no 'pricing'")
            }
            try check.prices(pricing, of: id, needs: ["prompt", "completion"])
            let tag = endpoint["tag"]?.string
            note(provider, tag: tag)
            let old = older.compactMap(\.members).first { $0["provider"] == .string(provider) }
            endpoints.append(.object(Self.endpointRow(endpoint, provider, tag, pricing, old)))
        }
        rows[index]["endpoints"] = .array(endpoints)
        withoutEndpoints.removeAll { $0 == id }
    }

    private static func endpointRow(
        _ endpoint: JSONValue,
        _ provider: String,
        _ tag: String?,
        _ pricing: JSONValue,
        _ old: JSONObject?
    ) -> JSONObject {
        var row: JSONObject = ["provider": .string(provider)]
        row.append("tag", tag.map { .string($0) })
        for name in ["context_length", "max_completion_tokens", "quantization"] {
            row.append(name, endpoint[name].map { JSON($0) })
        }
        for name in ["prompt", "completion", "discount"] { row.append(name, pricing[name].map { JSON($0) }) }
        for name in ["supported_parameters", "supports_implicit_caching", "status"] {
            guard let value = endpoint[name], !value.isNull else { continue }
            row.append(name, JSON(value))
        }
        let uptime = ["uptime_last_5m", "uptime_last_30m", "uptime_last_1d"].map {
            endpoint[$0].map { JSON($0) } ?? .null
        }
        row.append("uptime", .array(uptime))
        for name in ["latency", "throughput"] {
            let listed = endpoint[name + "_last_30m"].flatMap { percentiles($0) }
            row.append(name, listed ?? old?[name])
        }
        // Not told to the public.
        for name in ["zdr", "may_train"] { row.append(name, old?[name]) }
        return row
    }

    private static func percentiles(_ value: JSONValue) -> JSON? {
        let ranks = ["p50", "p75", "p90", "p99"].compactMap { value[$0].map { JSON($0) } }
        return ranks.count == 4 ? .array(ranks) : nil
    }

    /// Adds a provider that is not known yet, with the slug that its tags start with.
    private mutating func note(_ provider: String, tag: String?) {
        guard !providers.contains(where: { $0.members?["name"] == .string(provider) }) else { return }
        var row: JSONObject = ["name": .string(provider)]
        row.append("slug", tag.map { .string(String($0.prefix { $0 != "/" })) })
        providers.append(.object(row))
    }
}

extension CatalogUpdate {
    /// The new catalog's file, checked as a server that is given it would.
    ///
    /// - Throws: ``CatalogFileError`` where it would refuse it.
    package func text() throws(CatalogFileError) -> String {
        let text = CatalogFile.text(models: rows.map { .object($0) }, providers: providers)
        _ = try CatalogFile(parsing: Array(text.utf8), file: source)
        return text
    }
}
