internal import OpenRouterAPI

/// What is managed in a world: accounts, their workspaces and keys.
///
/// A value: it changes under the world's lock, and it can be written down and read again.
package struct Platform: Sendable, Codable {
    /// By id.
    private(set) var accounts: [String: Account] = [:]
    /// By hash.
    private(set) var keys: [String: APIKey] = [:]
    /// By account; keys that were deleted, and those that nobody has created, are not among them.
    private var keyLists: [String: KeyList] = [:]
    /// Of keys that were deleted, which open no account of their own.
    private var retiredKeyHashes: Set<String> = []
    /// By id.
    private(set) var workspaces: [String: Workspace] = [:]
    var authorizationCodes = AuthorizationCodes()
    var groupMappings = GroupMappingStore()
    var providerKeys = ProviderKeyStore()
    var destinations = DestinationStore()
    /// By account.
    private(set) var usage: [String: UsageLog] = [:]
    var guardrails = GuardrailStore()
    var identifiers: IdentifierSource
    /// Credits of accounts that are opened from now on; nil for plenty.
    var openingCredits: USD?

    /// - Parameter origin: names the world and its seed; what ids are made from.
    init(origin: String) {
        identifiers = IdentifierSource(origin: origin)
    }
}

// MARK: - Accounts

extension Platform {
    /// The account of whoever signs in to a world where nobody in particular does, and of the keys it is started with.
    mutating func houseAccount(at now: Int64) -> Account {
        account(origin: "house", at: now)
    }

    /// The account made from a text, opened with plenty of credits when it is new.
    private mutating func account(origin: String, at now: Int64) -> Account {
        let account = Account(origin: origin, credits: openingCredits ?? Account.openCredits)
        if let existing = accounts[account.id] { return existing }
        accounts[account.id] = account
        var workspace = Workspace(
            id: account.defaultWorkspaceID,
            accountID: account.id,
            name: "Default",
            slug: "default",
            createdAt: now
        )
        workspace.creatorUserID = account.userID
        // Off at OpenRouter until somebody wants it; tests want it.
        workspace.contentLogging.isEnabled = true
        workspaces[workspace.id] = workspace
        return account
    }

    /// Counts a request to a free model.
    ///
    /// - Throws: ``APIError`` 429 when the account has none left in the minute or day.
    mutating func countFreeRequest(accountID: String, credits: USD, at now: Int64) throws(APIError) {
        guard var account = accounts[accountID] else { return }
        try account.freeRequests.count(at: now, credits: credits)
        accounts[accountID] = account
    }

    /// Changes an account that there is.
    mutating func updateAccount(_ id: String, _ change: (inout Account) -> Void) {
        guard let index = accounts.index(forKey: id) else { return }
        change(&accounts.values[index])
    }
}

// MARK: - Keys

extension Platform {
    /// Who calls with a token.
    ///
    /// - Parameters:
    ///   - token: the whole key.
    ///   - hash: its hash.
    ///   - kind: what it is where no such key was created; nil for none.
    ///   - now: microseconds since 1970.
    /// - Returns: nil for a key that there is not.
    mutating func caller(token: String, hash: String, unregistered kind: APIKey.Kind?, at now: Int64) -> Caller? {
        if keys[hash] == nil, !retiredKeyHashes.contains(hash), let kind { open(token, kind, at: now) }
        return caller(hash: hash)
    }

    /// Where an answer to a token is booked: like ``caller(token:hash:unregistered:at:)`` for an open key, without what a
    /// booking does not ask for.
    ///
    /// Nobody holds the ledgers while they change, so that they are not copied.
    mutating func payer(token: String, hash: String, at now: Int64) -> Payer? {
        if let payer = payer(hash: hash) { return payer }
        guard !retiredKeyHashes.contains(hash) else { return nil }
        open(token, .open, at: now)
        return payer(hash: hash)
    }

    private func payer(hash: String) -> Payer? {
        guard let index = keys.index(forKey: hash),
            let account = accounts.index(forKey: keys.values[index].accountID)
        else { return nil }
        return Payer(keys.values[index], of: accounts.values[account])
    }

    /// Nil for a key that there is not.
    func caller(hash: String) -> Caller? {
        guard let key = keys[hash], let account = accounts[key.accountID],
            let workspace = workspaces[key.workspaceID]
        else { return nil }
        let userID = key.creatorUserID ?? account.userID
        return Caller(
            key: key,
            workspace: workspace,
            account: account,
            ownKeys: providerKeys.usable(with: key, by: userID),
            guardrails: guardrails.policy(for: key, of: userID)
        )
    }

    private mutating func open(_ token: String, _ kind: APIKey.Kind, at now: Int64) {
        let account = kind == .open ? account(origin: token, at: now) : houseAccount(at: now)
        let key = APIKey(
            token: token,
            kind: kind,
            accountID: account.id,
            workspaceID: account.defaultWorkspaceID,
            name: Self.openedKeyName,
            createdAt: now
        )
        // Not listed: nobody has created it.
        keys[key.hash] = key
    }

    /// A new key in a workspace of an account; `configure` sets what it may do.
    ///
    /// - Returns: the key and its token, which nobody else is shown.
    mutating func createKey(
        accountID: String,
        workspaceID: String,
        name: String,
        at now: Int64,
        configure: (inout APIKey) -> Void
    ) -> (key: APIKey, token: String) {
        let token = identifiers.key()
        var key = APIKey(
            token: token,
            kind: .inference,
            accountID: accountID,
            workspaceID: workspaceID,
            name: name,
            createdAt: now
        )
        configure(&key)
        keys[key.hash] = key
        keyLists[accountID, default: KeyList()].append(key)
        return (key, token)
    }

    /// The keys that were created in an account, from the oldest to the newest.
    func keys(ofAccount id: String) -> [APIKey] {
        keyLists[id]?.hashes.compactMap { keys[$0] } ?? []
    }

    /// A part of the keys that were created in a workspace; see ``KeyList/page(workspaceID:includesDisabled:offset:limit:)``.
    func keys(
        ofAccount id: String,
        workspaceID: String,
        includesDisabled: Bool,
        offset: Int,
        limit: Int
    ) -> [APIKey] {
        let hashes = keyLists[id]?.page(
            workspaceID: workspaceID,
            includesDisabled: includesDisabled,
            offset: offset,
            limit: limit
        )
        return hashes?.compactMap { keys[$0] } ?? []
    }

    /// A key that was created in an account; nil when there is none.
    func key(hash: String, ofAccount id: String) -> APIKey? {
        guard let key = keys[hash], key.accountID == id, keyLists[id]?.contains(hash) == true else {
            return nil
        }
        return key
    }

    /// Lists the keys of a file that has no lists; those that nobody has created have no creator and the usual name.
    mutating func listKeys() {
        guard keyLists.isEmpty else { return }
        let created = keys.values.filter { $0.creatorUserID != nil || $0.name != Self.openedKeyName }
        for key in created.sorted(by: { ($0.createdAt, $0.hash) < ($1.createdAt, $1.hash) }) {
            keyLists[key.accountID, default: KeyList()].append(key)
        }
    }

    /// Of keys that opened an account by calling.
    private static let openedKeyName = "Default"

    mutating func updateKey(_ hash: String, _ change: (inout APIKey) -> Void) {
        guard let index = keys.index(forKey: hash) else { return }
        let wasDisabled = keys.values[index].isDisabled
        change(&keys.values[index])
        if keys.values[index].isDisabled != wasDisabled {
            keyLists[keys.values[index].accountID]?.update(keys.values[index])
        }
    }

    mutating func deleteKey(_ key: APIKey) {
        keys[key.hash] = nil
        // Bounded; who deletes more than this has forgotten the first.
        if retiredKeyHashes.count >= 10_000 { retiredKeyHashes.removeAll() }
        retiredKeyHashes.insert(key.hash)
        guardrails.forget(key)
        keyLists[key.accountID]?.remove(key)
    }
}

// MARK: - Workspaces

extension Platform {
    /// The workspaces of an account, from the oldest to the newest.
    func workspaces(ofAccount id: String) -> [Workspace] {
        accounts[id]?.workspaceIDs.compactMap { workspaces[$0] } ?? []
    }

    /// A workspace of an account, by its id or its slug; nil when there is none.
    func workspace(_ reference: String, ofAccount id: String) -> Workspace? {
        if let workspace = workspaces[reference], workspace.accountID == id { return workspace }
        return workspaces(ofAccount: id).first { $0.slug == reference }
    }

    mutating func updateWorkspace(_ id: String, _ change: (inout Workspace) -> Void) {
        guard let index = workspaces.index(forKey: id) else { return }
        change(&workspaces.values[index])
    }

    mutating func insert(_ workspace: Workspace) {
        guard workspaces.updateValue(workspace, forKey: workspace.id) == nil else { return }
        updateAccount(workspace.accountID) { $0.workspaceIDs.append(workspace.id) }
    }

    /// Deletes a workspace and what belongs to it: its budgets with itself, keys that could be used no more, and a line
    /// here for whatever else has a workspace.
    mutating func delete(_ workspace: Workspace) {
        workspaces[workspace.id] = nil
        guardrails.removeAll(of: workspace)
        updateAccount(workspace.accountID) { $0.workspaceIDs.removeAll { $0 == workspace.id } }
        for key in keys(ofAccount: workspace.accountID) where key.workspaceID == workspace.id { deleteKey(key) }
        groupMappings.remove(ofAccount: workspace.accountID) { $0.workspaceID == workspace.id }
        for key in providerKeys.keys(ofAccount: workspace.accountID) where key.workspaceID == workspace.id {
            providerKeys.delete(key)
        }
        for var destination in destinations.destinations(ofAccount: workspace.accountID)
        where destination.workspaceID == workspace.id {
            destination.isEnabled = false
            destinations.replace(destination)
        }
    }
}

// MARK: - Booking

extension Platform {
    /// Debits an answer's cost wherever it counts: all views are sums of the same debits.
    ///
    /// - Parameters:
    ///   - record: what was answered.
    ///   - addition: the same for the usage log, prepared before the world was locked.
    ///   - count: how often it was answered.
    mutating func book(_ record: GenerationRecord, _ addition: UsageLog.Addition, count: Int = 1) {
        let time = CivilTime(microseconds: record.createdAt)
        let (cost, byok) = (record.cost * count, record.byokCost * count)
        let lastUsedAt = record.createdAt
        updateKey(record.keyHash) { key in
            key.ledger.debit(cost, byok: byok, at: time)
            key.lastUsedAt = lastUsedAt
        }
        updateWorkspace(record.workspaceID) { $0.ledger.debit(cost, byok: byok, at: time) }
        updateAccount(record.accountID) { $0.ledger.debit(cost, byok: byok, at: time) }
        usage[record.accountID, default: UsageLog()].add(addition)
        if !guardrails.isEmpty, let member = keys[record.keyHash]?.creatorUserID ?? accounts[record.accountID]?.userID {
            guardrails.book(record, count: count, of: member, at: time)
        }
    }

    /// Whether somebody is told of each answer, so that equal ones cannot be booked as one.
    var tellsOfAnswers: Bool { !destinations.isEmpty }

    /// Whether what was said in a generation is kept for `/generation/content`.
    func keepsContent(of record: GenerationRecord) -> Bool {
        workspaces[record.workspaceID]?.contentLogging.keeps(generation: record.id) == true
    }
}
