/// Who calls, as things are when the request comes: a key, its workspace, and the account that pays.
package struct Caller: Sendable {
    package let key: APIKey
    package let workspace: Workspace
    package let account: Account
    /// Providers' keys of the account's own that it may use, in the order of trial.
    let ownKeys: [ProviderKey]
    /// The guardrails that count for the key's requests.
    var guardrails = GuardrailPolicy.none
}
