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
        add(withState { $0.book(record, usage) })
    }

    /// Books an answer on the account of a key, as ``book(_:)`` does, and opens that account when the key is new.
    ///
    /// - Parameters:
    ///   - token: the whole key; nothing is booked on one that was deleted.
    ///   - now: microseconds since 1970.
    ///   - id: a generation that is booked once: nothing happens where the account has it already; nil for none.
    ///   - record: makes what is booked; must be short.
    package func book(token: String, at now: Int64, once id: String? = nil, _ record: (Payer) -> GenerationRecord) {
        let hash = hash(of: token)
        let broadcasts = withState { state -> [Broadcast] in
            guard let payer = state.platform.payer(token: token, hash: hash, at: now) else { return [] }
            if let id, state.generations[id]?.accountID == payer.accountID { return [] }
            let record = record(payer)
            return state.book(record, UsageLog.Addition(record))
        }
        add(broadcasts)
    }

    /// Nil for a generation of another account.
    package func generation(id: String, account: Account) -> GenerationRecord? {
        withGenerations { $0[id].flatMap { $0.accountID == account.id ? $0 : nil } }
    }

    /// Of any account; nil for what is not known.
    package func generation(id: String) -> GenerationRecord? {
        withGenerations { $0[id] }
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

extension World.State {
    fileprivate mutating func book(_ record: GenerationRecord, _ usage: UsageLog.Addition) -> [Broadcast] {
        revision += 1
        platform.book(record, usage)
        let broadcasts = platform.broadcasts(of: record)
        if record.content == nil || platform.keepsContent(of: record) {
            generations.insert(record)
        } else {
            var record = record
            record.content = nil
            generations.insert(record)
        }
        return broadcasts
    }
}
