internal import HTTPTypes
internal import OpenRouterAPI

extension Operation {
    /// `GET /providers` (reference: platform §2.7).
    static let getProviders = Operation("listProviders", .get, "/providers", .anybody) { call throws(APIError) in
        .json(["data": .array(call.catalog.providers.map(\.json))])
    }
}

extension CatalogProvider {
    /// The addresses of policies and status pages are not known (docs/catalog.md).
    fileprivate var json: JSON {
        [
            "name": .string(name),
            "slug": .string(slug),
            "privacy_policy_url": .null,
            "terms_of_service_url": .null,
            "status_page_url": .null,
            "headquarters": headquarters.json,
            "datacenters": dataCenters.map { .array($0.map { .string($0) }) } ?? .null,
        ]
    }
}
