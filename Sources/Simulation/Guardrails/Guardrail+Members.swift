internal import OpenRouterAPI

/// A guardrail as requests set it and answers show it (schemas `CreateGuardrailRequest`, `UpdateGuardrailRequest`,
/// `Guardrail`).
extension Guardrail {
    static let nameShape = ValueShape.string(length: 1...200)

    /// What can be set when a guardrail is created, and changed afterwards; the numbers of filters and of entries are
    /// bounded by us.
    static let changeableMembers: [ObjectShape.Member] =
        [
            .optional("description", .string(length: 0...1000), orNull: true),
            .optional("limit_usd", .number(in: 0...1e12), orNull: true),
            .optional("reset_interval", .choice(of: ResetInterval.self), orNull: true),
            .optional("include_byok_in_budgets", .bool),
            .optional("content_filters", .array(of: .object(ContentFilter.shape), count: 0...100), orNull: true),
            .optional(
                "content_filter_builtins",
                .array(of: .object(BuiltinFilter.shape), count: 0...100),
                orNull: true
            ),
        ] + listMembers.map { .optional($0, .array(of: .text, count: 1...1000), orNull: true) }
        + policyMembers.map { .optional($0, .bool, orNull: true) }

    private static let listMembers = ["allowed_providers", "ignored_providers", "allowed_models", "ignored_models"]

    private static let policyMembers =
        ["enforce_zdr"] + ModelGroup.allCases.map(\.member) + [
            "enable_paid_model_training", "enable_free_model_training", "enable_free_model_publication",
        ]

    /// What is absent stays; null clears; collections are replaced as a whole.
    ///
    /// - Parameters:
    ///   - body: of the declared shape.
    ///   - catalog: where ids of models find their permanent slugs.
    mutating func change(by body: JSONValue, in catalog: Catalog) {
        body.change("description") { description = $0?.string }
        body.change("limit_usd") { limit = $0?.double.map { USD($0) } }
        body.change("reset_interval") { resetInterval = $0?.string.flatMap(ResetInterval.init(rawValue:)) }
        if let includesBYOK = body["include_byok_in_budgets"]?.bool { includesBYOKInLimit = includesBYOK }
        body.change("allowed_providers") { allowedProviders = $0?.texts }
        body.change("ignored_providers") { ignoredProviders = $0?.texts }
        body.change("allowed_models") { allowedModels = $0.map { catalog.permanentNames(of: $0.texts) } }
        body.change("ignored_models") { ignoredModels = $0.map { catalog.permanentNames(of: $0.texts) } }
        body.change("enforce_zdr") { enforces in
            enforcesZeroDataRetention = enforces?.bool
            for group in ModelGroup.allCases where body[group.member] == nil {
                zeroDataRetention[group] = enforces?.bool
            }
        }
        for group in ModelGroup.allCases {
            body.change(group.member) { zeroDataRetention[group] = $0?.bool }
        }
        body.change("enable_paid_model_training") { allowsPaidModelTraining = $0?.bool }
        body.change("enable_free_model_training") { allowsFreeModelTraining = $0?.bool }
        body.change("enable_free_model_publication") { allowsFreeModelPublication = $0?.bool }
        body.change("content_filters") { filters in
            contentFilters = filters.map { $0.elements.compactMap(ContentFilter.init) }
        }
        body.change("content_filter_builtins") { filters in
            builtinFilters = filters.map { $0.elements.compactMap(BuiltinFilter.init) }
        }
    }

    /// - Parameter body: of the declared shape.
    /// - Throws: ``APIError`` 400 for a pattern that is not supported.
    static func checkPatterns(in body: JSONValue) throws(APIError) {
        guard let filters = body["content_filters"] else { return }
        for (index, filter) in filters.elements.enumerated() {
            do throws(ContentPatternError) {
                try ContentPattern.check(filter["pattern"]?.string ?? "")
            } catch {
                throw .invalidPattern(
                    "content_filters[\(index)].pattern",
                    reason: error.reason,
                    found: filter["pattern"]?.excerpt ?? ""
                )
            }
        }
    }

    var json: JSON {
        var members: JSONObject = [
            "id": .string(id),
            "name": .string(name),
            "description": description.json,
            "workspace_id": .string(workspaceID),
            "limit_usd": limit?.json ?? .null,
            "reset_interval": (resetInterval?.rawValue).json,
            "include_byok_in_budgets": .bool(includesBYOKInLimit),
            "allowed_providers": allowedProviders.json,
            "ignored_providers": ignoredProviders.json,
            "allowed_models": allowedModels.json,
            "ignored_models": ignoredModels.json,
            "enforce_zdr": enforcesZeroDataRetention.json,
        ]
        for group in ModelGroup.allCases { members.append(group.member, zeroDataRetention[group].json) }
        members.append(
            contentsOf: [
                "enable_paid_model_training": allowsPaidModelTraining.json,
                "enable_free_model_training": allowsFreeModelTraining.json,
                "enable_free_model_publication": allowsFreeModelPublication.json,
                "content_filters": contentFilters.map { .array($0.map(\.json)) } ?? .null,
                "content_filter_builtins": builtinFilters.map { .array($0.map(\.json)) } ?? .null,
                "created_at": createdAt.json,
                "updated_at": updatedAt.json,
            ]
        )
        return .object(members)
    }
}

extension Guardrail.ModelGroup {
    fileprivate var member: String { "enforce_zdr_\(rawValue)" }
}

extension ContentFilter {
    fileprivate static let shape = ObjectShape(
        .required("pattern", .string(length: 1...ContentPattern.longest)),
        .required("action", .choice(of: FilterAction.self)),
        .optional("label", .string(length: 0...100), orNull: true)
    )

    fileprivate init?(_ value: JSONValue) {
        guard let pattern = value["pattern"]?.string,
            let action = value["action"]?.string.flatMap(FilterAction.init(rawValue:))
        else { return nil }
        self.init(pattern: pattern, action: action, label: value["label"]?.string)
    }

    fileprivate var json: JSON {
        ["pattern": .string(pattern), "action": .string(action.rawValue), "label": label.json]
    }
}

extension BuiltinFilter {
    fileprivate static let shape = ObjectShape(
        .required("slug", .choice(of: Kind.self)),
        .required("action", .choice(of: FilterAction.self)),
        .optional("label", .string(length: 0...100)),
        .optional("scan_scope", .choice(of: ScanScope.self))
    )

    fileprivate init?(_ value: JSONValue) {
        guard let kind = value["slug"]?.string.flatMap(Kind.init(rawValue:)),
            let action = value["action"]?.string.flatMap(FilterAction.init(rawValue:))
        else { return nil }
        let scope = value["scan_scope"]?.string.flatMap(ScanScope.init(rawValue:))
        self.init(kind: kind, action: action, scanScope: scope)
    }

    fileprivate var json: JSON {
        var members: JSONObject = [
            "slug": .string(kind.rawValue), "action": .string(action.rawValue), "label": .string("[\(kind.label)]"),
        ]
        members.append("scan_scope", scanScope.map { .string($0.rawValue) })
        return .object(members)
    }
}

extension Catalog {
    /// Permanent slugs of models that are known by any name, each once; unknown names stay as they are.
    fileprivate func permanentNames(of names: [String]) -> [String] {
        var slugs: [String] = []
        for name in names {
            let row = row(named: name)
            let slug = (row?.aliasTarget.flatMap { self[$0] } ?? row)?.permanentName ?? name
            if !slugs.contains(slug) { slugs.append(slug) }
        }
        return slugs
    }
}

extension JSONValue {
    fileprivate var texts: [String] { elements.compactMap(\.string) }
}

extension [String]? {
    fileprivate var json: JSON { map { .array($0.map { .string($0) }) } ?? .null }
}

extension Bool? {
    fileprivate var json: JSON { map { .bool($0) } ?? .null }
}
