internal import OpenRouterAPI

/// What a requested slug stands for.
struct ResolvedSlug {
    /// As sent.
    var slug: String
    /// In order of trial; one, unless a router chose them.
    var models: [CatalogModel]
    var variants = DynamicVariants()
    var strategy = RoutingStrategy.direct
    var router: SmartRouter?
    /// Models whose answers a fusion merges.
    var panel: [CatalogModel] = []
    var params: JSONObject?
}
