internal import OpenRouterAPI

/// The guardrails of all accounts, whom they are assigned to, and what members have spent.
struct GuardrailStore: Sendable, Codable {
    /// A key or a member that a guardrail counts for.
    struct Assignment: Sendable, Codable {
        let id: String
        let guardrailID: String
        let accountID: String
        /// The key's hash, or the member's user id.
        let subject: String
        let assignedBy: String?
        /// Microseconds since 1970.
        let createdAt: Int64
        /// Grows with each assignment, so that listings have an order.
        let number: Int
    }

    /// Guardrails that an account may have; the number is ours.
    static let mostGuardrails = 1_000

    /// By id.
    private var guardrails: [String: Guardrail] = [:]
    /// From the oldest to the newest, by account.
    private var order: [String: [String]] = [:]
    /// Ids of configured default guardrails, by workspace.
    private var defaults: [String: String] = [:]
    /// By hash.
    private var keyAssignments: [String: Assignment] = [:]
    private var memberAssignments: [Member: Assignment] = [:]
    /// Since the account's first guardrail.
    private var memberSpending: [Member: Ledger] = [:]
    private var assignmentCount = 0

    /// A user in an account.
    private struct Member: Hashable, Sendable, Codable {
        let accountID: String
        let userID: String
    }
}

// MARK: - Guardrails

extension GuardrailStore {
    var isEmpty: Bool { guardrails.isEmpty }

    func guardrails(ofAccount id: String) -> [Guardrail] {
        order[id, default: []].compactMap { guardrails[$0] }
    }

    /// Nil for a guardrail of another account.
    func guardrail(_ id: String, ofAccount accountID: String) -> Guardrail? {
        guardrails[id].flatMap { $0.accountID == accountID ? $0 : nil }
    }

    /// Adds a guardrail, or puts it in the place of the one with its id.
    mutating func set(_ guardrail: Guardrail) {
        guard guardrails.updateValue(guardrail, forKey: guardrail.id) == nil else { return }
        order[guardrail.accountID, default: []].append(guardrail.id)
        if guardrail.isWorkspaceDefault { defaults[guardrail.workspaceID] = guardrail.id }
    }

    /// Removes a guardrail and its assignments.
    mutating func remove(_ guardrail: Guardrail) {
        guardrails[guardrail.id] = nil
        order[guardrail.accountID]?.removeAll { $0 == guardrail.id }
        if guardrail.isWorkspaceDefault { defaults[guardrail.workspaceID] = nil }
        keyAssignments = keyAssignments.filter { $0.value.guardrailID != guardrail.id }
        memberAssignments = memberAssignments.filter { $0.value.guardrailID != guardrail.id }
    }

    /// Removes what belongs to a workspace that goes.
    mutating func removeAll(of workspace: Workspace) {
        for guardrail in guardrails(ofAccount: workspace.accountID) where guardrail.workspaceID == workspace.id {
            remove(guardrail)
        }
    }
}

// MARK: - Assignments

extension GuardrailStore {
    /// What may be assigned a guardrail.
    enum Subject: Sendable {
        case key, member
    }

    /// From the oldest to the newest.
    func assignments(of subject: Subject, account: Account) -> [Assignment] {
        let all = subject == .key ? Array(keyAssignments.values) : Array(memberAssignments.values)
        return all.filter { $0.accountID == account.id }.sorted { $0.number < $1.number }
    }

    /// Assigns a guardrail to a key or a member, in place of the one it had.
    ///
    /// - Parameters:
    ///   - subject: whether a key or a member.
    ///   - name: the key's hash, or the member's user id.
    ///   - guardrail: of the same account.
    ///   - assignedBy: a user.
    ///   - now: microseconds since 1970.
    ///   - identifiers: where the assignment's id comes from.
    /// - Returns: whether it was not assigned before.
    mutating func assign(
        _ subject: Subject,
        _ name: String,
        to guardrail: Guardrail,
        by assignedBy: String?,
        at now: Int64,
        using identifiers: inout IdentifierSource
    ) -> Bool {
        let member = Member(accountID: guardrail.accountID, userID: name)
        let existing = subject == .key ? keyAssignments[name] : memberAssignments[member]
        guard existing?.guardrailID != guardrail.id else { return false }
        assignmentCount += 1
        let assignment = Assignment(
            id: identifiers.uuid(),
            guardrailID: guardrail.id,
            accountID: guardrail.accountID,
            subject: name,
            assignedBy: assignedBy,
            createdAt: now,
            number: assignmentCount
        )
        switch subject {
        case .key: keyAssignments[name] = assignment
        case .member: memberAssignments[member] = assignment
        }
        return true
    }

    /// Takes a guardrail from a key or a member.
    ///
    /// - Returns: whether it was assigned.
    mutating func unassign(_ subject: Subject, _ name: String, from guardrail: Guardrail) -> Bool {
        switch subject {
        case .key:
            guard keyAssignments[name]?.guardrailID == guardrail.id else { return false }
            keyAssignments[name] = nil
        case .member:
            let member = Member(accountID: guardrail.accountID, userID: name)
            guard memberAssignments[member]?.guardrailID == guardrail.id else { return false }
            memberAssignments[member] = nil
        }
        return true
    }

    /// Forgets the assignment of a key that goes.
    mutating func forget(_ key: APIKey) {
        keyAssignments[key.hash] = nil
    }
}

// MARK: - What counts for a call

extension GuardrailStore {
    /// The guardrails that count for a key's requests: its workspace's, its creator's, its own.
    ///
    /// All of them count: assigning one to a key does not lift that of its creator (guide "Guardrails", August 2026).
    ///
    /// - Parameters:
    ///   - key: the key that calls.
    ///   - member: the user who has created it.
    /// - Returns: layers in the order in which they are checked.
    func policy(for key: APIKey, of member: String) -> GuardrailPolicy {
        guard !guardrails.isEmpty else { return .none }
        let member = Member(accountID: key.accountID, userID: member)
        let ids: [(String?, GuardrailPolicy.Scope)] = [
            (defaults[key.workspaceID], .workspaceDefault),
            (memberAssignments[member]?.guardrailID, .member),
            (keyAssignments[key.hash]?.guardrailID, .key),
        ]
        let layers = ids.compactMap { id, scope in
            id.flatMap { guardrails[$0] }.map { GuardrailPolicy.Layer(guardrail: $0, scope: scope) }
        }
        guard !layers.isEmpty else { return .none }
        return GuardrailPolicy(layers: layers, memberSpending: memberSpending[member] ?? Ledger())
    }

    /// Books an answer, so many times, where a member's budget may count it.
    mutating func book(_ record: GenerationRecord, count: Int, of member: String, at time: CivilTime) {
        guard order[record.accountID]?.isEmpty == false else { return }
        memberSpending[Member(accountID: record.accountID, userID: member), default: Ledger()]
            .debit(record.cost * count, byok: record.byokCost * count, at: time)
    }
}
