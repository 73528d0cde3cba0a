/// Entries of `provider.order`, `only` or `ignore`, ready to be compared with endpoints (reference: platform §1.5).
struct ProviderList {
    private let entries: [String]

    /// - Parameter names: display names, provider slugs or endpoint tags, in any case.
    init(_ names: [String]) {
        entries = names.map { $0.lowercased() }
    }

    var isEmpty: Bool { entries.isEmpty }

    func contains(_ endpoint: CatalogEndpoint) -> Bool {
        position(of: endpoint) != nil
    }

    /// The place of the first entry that means the endpoint.
    func position(of endpoint: CatalogEndpoint) -> Int? {
        entries.firstIndex { entry in
            entry == endpoint.tag || entry == endpoint.baseTag || entry == endpoint.provider.slug
                || entry == endpoint.provider.lowercasedName
        }
    }

    /// Whether an entry is exactly the endpoint's tag, which opts into its tier.
    func names(_ endpoint: CatalogEndpoint) -> Bool {
        entries.contains(endpoint.tag)
    }
}
