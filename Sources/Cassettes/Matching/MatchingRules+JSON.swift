package import OpenRouterAPI

/// The form in which a cassette keeps its rules.
///
/// ```
/// {"version":1,"ignore":["/messages/*/id"],"normalize":["uuids","run-[0-9]+"],"match_headers":[],"ignore_query":[]}
/// ```
extension MatchingRules {
    package var json: JSON {
        [
            "version": .integer(Self.version),
            "ignore": .array(ignored.map { .string($0.description) }),
            "normalize": .array(normalizations.map { .string($0.text) }),
            "match_headers": .array(headers.map { .string($0) }),
            "ignore_query": .array(ignoredQuery.map { .string($0) }),
        ]
    }

    /// - Throws: ``MatchingRulesError`` for what ``json`` never writes, rules of a later version among it: to leave one
    ///   out would give other fingerprints than were recorded.
    package init(parsing bytes: [UInt8]) throws(MatchingRulesError) {
        guard let root = try? JSONDocument(parsing: bytes).root, root.kind == .object else {
            throw .stored("they are not JSON")
        }
        guard let version = root["version"]?.int else { throw .stored("they say no version") }
        guard version == Self.version else {
            throw .stored("they have version \(version), this build knows \(Self.version)")
        }
        var lists: [String: [String]] = [:]
        for (name, value) in root.members where name != "version" {
            guard ["ignore", "normalize", "match_headers", "ignore_query"].contains(name) else {
                throw .stored("they hold '\(name)', which is no rule")
            }
            let texts = value.elements.compactMap(\.string)
            guard value.kind == .array, texts.count == value.count else {
                throw .stored("'\(name)' is no list of texts")
            }
            lists[name] = texts
        }
        try self.init(
            ignore: lists["ignore"] ?? [],
            normalize: lists["normalize"] ?? [],
            headers: lists["match_headers"] ?? [],
            ignoreQuery: lists["ignore_query"] ?? []
        )
    }
}
