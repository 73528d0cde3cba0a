internal import ArgumentParser
internal import Cassettes

/// The options that make rules for matching, alike in `record` and `cassette rematch`.
struct MatchingOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Part of JSON bodies that does not count, such as '/messages/*/tool_call_id'; repeatable.",
            valueName: "pointer"
        )
    )
    var ignore: [String] = []

    @Option(
        help: ArgumentHelp(
            "Text that varies: timestamps, uuids, tool-call-ids or a regular expression; repeatable.",
            valueName: "name|regex"
        )
    )
    var normalize: [String] = []

    @Option(help: ArgumentHelp("Header field that counts; repeatable.", valueName: "name"))
    var matchHeader: [String] = []

    @Option(help: ArgumentHelp("Query parameter that does not count, * for all; repeatable.", valueName: "name"))
    var ignoreQuery: [String] = []

    /// Nil if no option is given.
    ///
    /// - Throws: ``MatchingRulesError``.
    func rules() throws(MatchingRulesError) -> MatchingRules? {
        let rules = try MatchingRules(
            ignore: ignore,
            normalize: normalize,
            headers: matchHeader,
            ignoreQuery: ignoreQuery
        )
        return rules.isEmpty ? nil : rules
    }
}
