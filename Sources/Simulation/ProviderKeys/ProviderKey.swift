/// A provider's key of the account's own: calls made with it are on the account's bill at the provider (reference:
/// platform §1.19, §5.2).
///
/// The key itself is not kept, since nobody is called with it.
struct ProviderKey: Sendable, Codable {
    /// A UUID.
    let id: String
    let accountID: String
    /// The provider's slug.
    let provider: String
    /// Nil for a key that serves all workspaces.
    let workspaceID: String?
    /// Its place among the account's keys of the provider; lower ones are tried first.
    let sortOrder: Int
    /// Microseconds since 1970.
    let createdAt: Int64
    /// What may be shown of the key.
    private(set) var label: String
    /// SHA-256 of the key, 64 lower-case hexadecimal digits.
    private(set) var hash: String
    var name: String?
    var isDisabled = false
    /// Whether it is tried only when OpenRouter's own capacity has failed.
    var isFallback = false
    /// Nil for all; likewise the next two.
    var allowedModels: [String]?
    var allowedUserIDs: [String]?
    var allowedKeyHashes: [String]?

    init(
        id: String,
        accountID: String,
        workspaceID: String?,
        provider: String,
        credential: ProviderCredential,
        sortOrder: Int,
        createdAt: Int64
    ) {
        self.id = id
        self.accountID = accountID
        self.workspaceID = workspaceID
        self.provider = provider
        self.sortOrder = sortOrder
        self.createdAt = createdAt
        label = credential.label
        hash = credential.hash
    }

    /// Puts another key in its place.
    mutating func rotate(to credential: ProviderCredential) {
        label = credential.label
        hash = credential.hash
    }
}

// MARK: - Use

extension ProviderKey {
    /// Whether calls with an OpenRouter key may use it.
    ///
    /// - Parameters:
    ///   - key: the OpenRouter key.
    ///   - userID: whose key that is.
    /// - Returns: whether nothing speaks against it.
    func isUsable(with key: APIKey, by userID: String) -> Bool {
        !isDisabled && (workspaceID ?? key.workspaceID) == key.workspaceID
            && allowedUserIDs?.contains(userID) ?? true && allowedKeyHashes?.contains(key.hash) ?? true
    }

    /// Whether it serves an endpoint; free variants are OpenRouter's own offer.
    func serves(_ endpoint: CatalogEndpoint, of model: CatalogModel) -> Bool {
        endpoint.provider.slug == provider && !model.isFreeVariant
            && allowedModels.map { $0.contains { model.isNamed($0) } } ?? true
    }
}

extension CatalogModel {
    /// Whether a slug means this model, its variants included.
    fileprivate func isNamed(_ slug: String) -> Bool {
        slug == id || slug == canonicalSlug || slug == id.prefix { $0 != ":" }
    }
}
