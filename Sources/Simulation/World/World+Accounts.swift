/// Accounts, keys, and what they spend.
extension World {
    /// Who calls with a token.
    ///
    /// - Parameters:
    ///   - token: the whole key.
    ///   - kind: what it is where no such key was created; nil for none.
    /// - Returns: nil for a key that there is not.
    package func caller(token: String, unregistered kind: APIKey.Kind? = .open) -> Caller? {
        withPlatform { $0.caller(token: token, unregistered: kind, at: $1) }
    }

    /// Books an answer: debits its cost, remembers it for `/generation`, what was said only where the workspace logs that,
    /// and has it told to destinations.
    package func book(_ record: GenerationRecord) {
        let (logging, broadcasts) = withPlatform { platform, _ in
            platform.book(record)
            return (platform.workspaces[record.workspaceID]?.contentLogging, platform.broadcasts(of: record))
        }
        var record = record
        if logging?.keeps(generation: record.id) != true { record.content = nil }
        withGenerations { $0.insert(record) }
        add(broadcasts)
    }

    /// Nil for a generation of another account.
    package func generation(id: String, account: Account) -> GenerationRecord? {
        withGenerations { $0[id].flatMap { $0.accountID == account.id ? $0 : nil } }
    }

    /// The client left before the answer's end.
    package func noteCancellation(ofGeneration id: String) {
        withGenerations { $0.markCancelled(id) }
    }
}
