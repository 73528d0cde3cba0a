extension MissReport {
    /// Rules by which a recording would answer.
    struct Rematch {
        var id: Int64
        var file: String
        /// Of the command `cassette rematch`.
        var options: String
    }
}

extension MissReport.Reason {
    /// What to do about a miss.
    ///
    /// The commands are those of the command line, word for word.
    ///
    /// - Parameters:
    ///   - cassette: the first one that was asked.
    ///   - rematch: rules that would let the nearest recording match.
    ///   - isOffline: whether nobody plays, as for `cassette explain`, which needs not be told of itself.
    /// - Returns: a sentence each.
    func fixes(cassette: String, rematch: MissReport.Rematch?, isOffline: Bool) -> [String] {
        let record = "openrouter-sim record --cassette \(ShellWord.quoted(cassette))"
        switch self {
        case .neverRecorded:
            let rule = rematch.map { rematch in
                let command = "openrouter-sim cassette rematch \(ShellWord.quoted(rematch.file)) \(rematch.options)"
                return "What differs from #\(rematch.id) does not matter: let it match with `\(command)`."
            }
            return [
                rule,
                "The request is meant to be new: record it with '\(record)'.",
                "A recording went stale: record all anew with '\(record) --record-mode all'.",
                rule == nil ? "A part varies from run to run (a time, an id): make it constant in the client." : nil,
                isOffline
                    ? nil
                    : "To look at it offline: 'openrouter-sim cassette explain REQUEST.json --cassette "
                        + "\(ShellWord.quoted(cassette))'.",
            ]
            .compactMap(\.self)
        case .otherEndpoint(let endpoint):
            return [
                "The client goes to the wrong place: send it to \(endpoint), as it was recorded.",
                "The place is meant to be new: record it with '\(record)'.",
            ]
        case .consumed(_, let world):
            let isolation =
                world == nil
                ? nil
                : "Another test has played them in the same world: give each test its own with the header "
                    + "'X-Sim-World: NAME'; each world plays from the first recording on."
            return [
                "The client asks more often than was recorded: record the rest with '\(record)'.",
                "More of the same will do: replay with '--exhausted repeat' or '--exhausted cycle' instead of 'fail'.",
                isolation,
            ]
            .compactMap(\.self)
        case .onlyIncomplete:
            return [
                "Record the whole answer with '\(record)'.",
                "The part that there is will do: replay with '--include-incomplete'.",
            ]
        }
    }
}
