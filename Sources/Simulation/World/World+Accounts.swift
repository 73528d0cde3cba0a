package import OpenRouterAPI

/// Accounts, keys, and what they spend.
extension World {
    /// Who calls with a token.
    ///
    /// - Parameters:
    ///   - token: the whole key.
    ///   - kind: what it is where no such key was created; nil for none.
    /// - Returns: nil for a key that there is not.
    package func caller(token: String, unregistered kind: APIKey.Kind? = .open) -> Caller? {
        let hash = hash(of: token)
        return withPlatform { $0.caller(token: token, hash: hash, unregistered: kind, at: $1) }
    }

    /// Opens accounts with so many credits from now on.
    package func openAccounts(with credits: USD) {
        withPlatform { platform, _ in platform.openingCredits = credits }
    }

    /// A key's hash, made once for a key that calls again and again, and while nobody waits for the world.
    private func hash(of token: String) -> String {
        if let known = withState({ $0.keyHashes[token] }) { return known }
        let hash = APIKey.hash(of: token)
        withState { state in
            if state.keyHashes.count >= 10_000 { state.keyHashes.removeAll() }
            state.keyHashes[token] = hash
        }
        return hash
    }

    /// Books an answer: debits its cost, remembers it for `/generation`, what was said only where the workspace logs that,
    /// and has it told to destinations.
    package func book(_ record: GenerationRecord) {
        let usage = UsageLog.Addition(record)
        let broadcasts = withState { state in
            state.revision += 1
            state.platform.book(record, usage)
            let broadcasts = state.platform.broadcasts(of: record)
            var record = record
            let logging = state.platform.workspaces[record.workspaceID]?.contentLogging
            if logging?.keeps(generation: record.id) != true { record.content = nil }
            state.generations.insert(record)
            return broadcasts
        }
        add(broadcasts)
    }

    /// Nil for a generation of another account.
    package func generation(id: String, account: Account) -> GenerationRecord? {
        withGenerations { $0[id].flatMap { $0.accountID == account.id ? $0 : nil } }
    }

    /// The client left before the answer's end; billing stops at what was sent, for providers that support that.
    ///
    /// - Parameters:
    ///   - id: the generation's.
    ///   - sentByteCount: bytes of the answer that were sent.
    ///   - byteCount: bytes of the whole answer; nil when that is not known.
    package func noteCancellation(ofGeneration id: String, sentByteCount: Int, of byteCount: Int?) {
        withState { state in
            guard var record = state.generations[id], !record.isCancelled else { return }
            state.revision += 1
            if let correction = record.cancel(sentByteCount: sentByteCount, of: byteCount) {
                state.platform.book(correction, UsageLog.Addition(correction: correction))
            }
            state.generations.replace(record)
        }
    }
}
