extension MissReport.Reason {
    /// What to do about a miss.
    ///
    /// The commands are those of the command line, word for word.
    func fixes(cassette: String) -> [String] {
        let record = "openrouter-sim record --cassette \(cassette)"
        switch self {
        case .neverRecorded:
            return [
                "The request is meant to be new: record it with '\(record)'.",
                "A recording went stale: record all anew with '\(record) --record-mode all'.",
                "A part varies from run to run (a time, an id): make it constant in the client.",
                "To look at it offline: 'openrouter-sim cassette explain REQUEST.json --cassette \(cassette)'.",
            ]
        case .consumed:
            return [
                "The client asks more often than was recorded: record the rest with '\(record)'.",
                "More of the same will do: replay with repeats set to 'repeat' or 'cycle' instead of 'fail'.",
            ]
        case .onlyIncomplete:
            return [
                "Record the whole answer with '\(record)'.",
                "The part that there is will do: allow incomplete recordings when replaying.",
            ]
        }
    }
}
