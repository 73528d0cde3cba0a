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
        let hash = withState { $0.hash(of: token) }
        return withPlatform { $0.caller(token: token, hash: hash, unregistered: kind, at: $1) }
    }

    /// Opens accounts with so many credits from now on.
    package func openAccounts(with credits: USD) {
        withPlatform { platform, _ in platform.openingCredits = credits }
    }

    /// Books an answer: debits its cost, remembers it for `/generation`, what was said only where the workspace logs that,
    /// and has it told to destinations.
    package func book(_ record: GenerationRecord) {
        let usage = record.usageAddition()
        withState { $0.book(record, usage) }
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
                state.platform.book(correction, correction.usageCorrection)
            }
            state.generations.replace(record)
        }
    }
}

extension World.State {
    /// A key's hash, made once for a key that calls again and again.
    mutating func hash(of token: String) -> String {
        if let known = keyHashes[token] { return known }
        if keyHashes.count >= 10_000 { keyHashes.removeAll() }
        let hash = APIKey.hash(of: token)
        keyHashes[token] = hash
        return hash
    }

    /// Books an answer that was given so many times.
    mutating func book(_ record: consuming GenerationRecord, _ usage: UsageLog.Addition, count: Int = 1) {
        revision += 1
        platform.book(record, usage, count: count)
        inference.broadcasts.append(contentsOf: platform.broadcasts(of: record))
        if record.content != nil, !platform.keepsContent(of: record) { record.content = nil }
        generations.insert(record)
    }
}
