package import OpenRouterAPI

/// The models there are.
///
/// Immutable; the embedded one is made from the facts described in docs/catalog.md.
package struct Catalog: Sendable {
    /// In the file's order.
    package let models: [CatalogModel]
    /// In the file's order, by name.
    let providers: [CatalogProvider]
    /// Rows of text models that cost nothing and are served.
    let freeModels: [CatalogModel]
    /// Rows that stand for the newest model of a family.
    let aliases: [CatalogModel]
    private let indexByID: [String: Int]
    private let indexByCanonicalSlug: [String: Int]

    /// - Parameters:
    ///   - models: an array of rows, see docs/catalog.md.
    ///   - providers: an array of providers, likewise.
    package init(models: JSONValue, providers: JSONValue) {
        self.providers = providers.elements.map { CatalogProvider($0) }
        let providersByName = Dictionary(self.providers.map { ($0.name, $0) }) { first, _ in first }
        let names = models.elements.map { ($0["id"]?.string ?? "", $0["name"]?.string ?? "") }
        let namesByID = Dictionary(names) { first, _ in first }
        self.models = models.elements.map { CatalogModel($0, providers: providersByName, names: namesByID) }
        freeModels = self.models.filter { $0.pricing.isFree && !$0.endpoints.isEmpty && $0.isListedByDefault }
        aliases = self.models.filter { $0.aliasTarget != nil }
        let rows = self.models.enumerated()
        indexByID = Dictionary(rows.map { ($1.id, $0) }) { first, _ in first }
        indexByCanonicalSlug = Dictionary(rows.map { ($1.canonicalSlug, $0) }) { first, _ in first }
    }

    /// The row with this id, or else the first with this permanent slug.
    package subscript(slug: String) -> CatalogModel? {
        (indexByID[slug] ?? indexByCanonicalSlug[slug]).map { models[$0] }
    }

    /// The catalog in the binary, read at its first use.
    package static var embedded: Catalog { CatalogFile.embedded.catalog }
}
