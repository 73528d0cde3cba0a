internal import OpenRouterAPI

/// Who serves models.
package struct CatalogProvider: Sendable, Hashable {
    /// The display name, as in the `provider` member of answers.
    package let name: String
    package let slug: String
    /// Where it is based, as an ISO 3166 alpha-2 code; nil when unknown.
    let headquarters: String?
    /// Countries of its data centers, likewise; nil when unknown.
    let dataCenters: [String]?
    /// The display name as preferences are compared with it.
    let lowercasedName: String

    /// A provider that only endpoints name.
    init(name: String) {
        self.init(name: name, slug: nil, headquarters: nil, dataCenters: nil)
    }

    /// - Parameter row: see docs/catalog.md.
    init(_ row: JSONValue) {
        self.init(
            name: row["name"]?.string ?? "",
            slug: row["slug"]?.string,
            headquarters: row["headquarters"]?.string,
            dataCenters: row["datacenters"].map { $0.elements.compactMap(\.string) }
        )
    }

    private init(name: String, slug: String?, headquarters: String?, dataCenters: [String]?) {
        self.name = name
        self.headquarters = headquarters
        self.dataCenters = dataCenters
        lowercasedName = name.lowercased()
        self.slug = slug ?? String(lowercasedName.map { $0 == " " || $0 == "." ? "-" : $0 })
    }
}
