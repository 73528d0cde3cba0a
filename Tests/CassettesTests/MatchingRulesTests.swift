import HTTPTypes
import NIOCore
import OpenRouterAPI
import Tapes
import Testing

@testable import Cassettes

@Suite("Rules for matching")
struct MatchingRulesTests {
    static func same(_ left: Request, _ right: Request, _ rules: MatchingRules) -> Bool {
        let fingerprinter = Fingerprinter(redactor: Redactor(), rules: rules)
        return fingerprinter.fingerprint(of: left) == fingerprinter.fingerprint(of: right)
    }

    /// What is ignored, two bodies, and whether they are the same then.
    static let pointers: [(String, String, String, Bool)] = [
        ("/seed", #"{"m":1,"seed":1}"#, #"{"seed":2,"m":1}"#, true),
        ("/seed", #"{"m":1,"seed":1}"#, #"{"m":1}"#, true),
        ("/seed", #"{"m":1,"a":{"seed":1}}"#, #"{"m":1,"a":{"seed":2}}"#, false),
        ("/*/id", #"{"a":{"id":1,"n":1}}"#, #"{"a":{"id":2,"n":1}}"#, true),
        ("/*/id", #"{"a":{"id":1,"n":1}}"#, #"{"a":{"id":2,"n":2}}"#, false),
        ("/messages/*/tool_call_id", #"{"messages":[{"tool_call_id":"a"}]}"#, #"{"messages":[{}]}"#, true),
        ("/messages/1/id", #"{"messages":[{"id":1},{"id":2}]}"#, #"{"messages":[{"id":1},{"id":3}]}"#, true),
        ("/messages/1/id", #"{"messages":[{"id":1},{"id":2}]}"#, #"{"messages":[{"id":4},{"id":2}]}"#, false),
        ("/messages/0", #"{"messages":[1,2]}"#, #"{"messages":[3,2]}"#, true),
        ("/a~1b", #"{"a/b":1}"#, #"{"a/b":2}"#, true),
        ("/a/b/c", #"{"a":1}"#, #"{"a":2}"#, false),
        ("/0", "[1,2]", "[3,2]", true),
        ("/seed", "seed 1", "seed 2", false),
    ]

    @Test("An ignored place does not count:", arguments: pointers)
    func ignoring(_ pointer: String, _ left: String, _ right: String, _ isSame: Bool) throws {
        let rules = try MatchingRules(ignore: [pointer])
        #expect(Self.same(.make(left), .make(right), rules) == isSame)
        #expect(!Self.same(.make(left), .make(right), .none))
    }

    /// A pattern, two texts, and whether they are the same then.
    static let patterns: [(String, String, String, Bool)] = [
        ("timestamps", "at 2026-11-29T06:15:28Z.", "at 2025-01-01T00:00:00.123+02:00.", true),
        ("timestamps", "Today is 2026-11-29", "Today is 2026-11-30", true),
        ("timestamps", "at 2026-11-29 06:15", "at 2026-11-29 07:15", true),
        ("timestamps", "Sun, 06 Nov 1994 08:49:37 GMT", "Mon, 07 Nov 1994 08:49:37 GMT", true),
        ("timestamps", "t=1790000000", "t=1790000001.5", true),
        ("timestamps", "t=1790000000123", "t=1790000000124", true),
        ("timestamps", "version 2026-11-29a", "version 2026-11-30a", false),
        ("timestamps", "number 179000000", "number 179000001", false),
        ("uuids", "run 0b9f2c1e-7d53-4b8a-9e11-2f3a4b5c6d7e", "run 1B9F2C1E-7D53-4B8A-9E11-2F3A4B5C6D7F", true),
        ("uuids", "run 0b9f2c1e-7d53-4b8a-9e11-2f3a4b5c6d7", "run 1b9f2c1e-7d53-4b8a-9e11-2f3a4b5c6d7", false),
        ("uuids", "run 0b9f2c1e-7d53-4b8a-9e11-2f3a4b5c6d7e", "run", false),
        ("tool-call-ids", "call_abcdefgh", "call_ijklmnop1234", true),
        ("tool-call-ids", "toolu_01ABCDEFG", "toolu_01ABCDEFH", true),
        ("tool-call-ids", "recall_abcdefgh", "recall_ijklmnop", false),
        ("run-[0-9]+", "run-1 of 2", "run-2 of 2", true),
        ("run-[0-9]+", "run-1 of 2", "run-1 of 3", false),
        ("id=([a-z]+)", "id=a", "id=b", true),
        ("(a(b))c", "abc", "abc.", false),
    ]

    @Test("What varies is taken for the same:", arguments: patterns)
    func normalizing(_ pattern: String, _ left: String, _ right: String, _ isSame: Bool) throws {
        let rules = try MatchingRules(normalize: [pattern])
        for wrap in [
            { (text: String) in Request.make("{\"messages\":[{\"content\":\"\(text)\"}]}") },
            { Request.make($0, fields: [.contentType: "text/plain"]) },
            { Request.make("", target: "/x?q=" + $0.replacing(" ", with: "%20").replacing("+", with: "%2B")) },
        ] {
            #expect(Self.same(wrap(left), wrap(right), rules) == isSame)
            #expect(!Self.same(wrap(left), wrap(right), .none))
        }
    }

    @Test("A number that is a time and a path that holds an id are normalized too")
    func scalars() throws {
        let rules = try MatchingRules(normalize: ["timestamps", "uuids"])
        #expect(Self.same(.make(#"{"t":1790000000}"#), .make(#"{"t":1790000001}"#), rules))
        #expect(!Self.same(.make(#"{"t":42}"#), .make(#"{"t":43}"#), rules))
        let ids = ["0b9f2c1e-7d53-4b8a-9e11-2f3a4b5c6d7e", "1b9f2c1e-7d53-4b8a-9e11-2f3a4b5c6d7e"]
        #expect(Self.same(.make("", target: "/files/" + ids[0]), .make("", target: "/files/" + ids[1]), rules))
    }

    @Test("Tool call ids of the big providers are not taken for secrets before they are normalized")
    func toolCallIDs() throws {
        let rules = try MatchingRules(normalize: ["tool-call-ids"])
        let ids = ["call_x8Zk3QpVn2LmRt7YwB4cJd9F", "call_a1B2c3D4e5F6g7H8i9J0k1L2", "toolu_01A09q90qw90lq917835lq9"]
        let requests = ids.map { Request.make(#"{"messages":[{"tool_call_id":"\#($0)"}]}"#) }
        #expect(requests.dropFirst().allSatisfy { Self.same(requests[0], $0, rules) })
    }

    @Test("A named field counts, the others do not; its credentials never do")
    func headers() throws {
        let rules = try MatchingRules(headers: ["Anthropic-Version"])
        let version = try HTTPField.Name.named("anthropic-version")
        let other = try HTTPField.Name.named("user-agent")
        var (left, right) = (Request.make(), Request.make())
        #expect(Self.same(left, right, rules))
        left.fields[version] = "2023-06-01"
        #expect(!Self.same(left, right, rules))
        right.fields[version] = "2023-06-01"
        left.fields[other] = "a"
        left.fields[.authorization] = "Bearer \(Secrets.openRouter)"
        #expect(Self.same(left, right, rules))
        right.fields[version] = "2024-01-01"
        #expect(!Self.same(left, right, rules))
        #expect(Self.same(left, right, .none))
    }

    @Test("Parts of the query or all of it are ignored")
    func query() throws {
        let (left, right) = (Request.make("", target: "/x?a=1&b=1"), Request.make("", target: "/x?b=1&a=2"))
        #expect(Self.same(left, right, try MatchingRules(ignoreQuery: ["a"])))
        #expect(!Self.same(left, right, try MatchingRules(ignoreQuery: ["b"])))
        #expect(Self.same(left, .make("", target: "/x"), try MatchingRules(ignoreQuery: ["b", "*"])))
    }

    @Test("A request that no rule touches keeps its fingerprint")
    func untouched() throws {
        let rules = try MatchingRules(ignore: ["/nowhere/*"], normalize: ["uuids"], ignoreQuery: ["nothing"])
        for request in [
            Request.make(), .make(#"[1.0, "\u0041", {"b":1,"a":2,"b":3}]"#, target: "/x?b=1&a=2"),
            .make("text"), .make(""),
        ] {
            #expect(Fingerprint(redacted: request, rules: rules) == Fingerprint(redacted: request))
        }
    }

    @Test("Secrets are replaced before rules are applied, so that recording and replay agree")
    func secrets() throws {
        let rules = try MatchingRules(ignore: ["/id"], normalize: ["key=(.*)"], headers: ["x-title"])
        var request = Request.make(#"{"id":1,"key":"key=\#(Secrets.openRouter)"}"#)
        request.fields[try .named("x-title")] = "about \(Secrets.openRouter)"
        let recorded = Redactor().redact(Interaction.make(request: request)).matched(by: rules)
        #expect(Fingerprinter(redactor: Redactor(), rules: rules).fingerprint(of: request) == recorded.fingerprint)
        let stored = recorded.interaction.request
        #expect(Fingerprint(redacted: stored, rules: rules) == recorded.fingerprint)
    }

    @Test("Rules survive their JSON, and equal ones are equal however they were given")
    func json() throws {
        let rules = try MatchingRules(
            ignore: ["/b", "/a/*", "/b"],
            normalize: ["uuids", "run-[0-9]+", "uuids"],
            headers: ["X-Title", "accept"],
            ignoreQuery: ["b", "a"]
        )
        #expect(
            rules.json.description
                == #"{"version":1,"ignore":["/a/*","/b"],"normalize":["uuids","run-[0-9]+"],"match_headers":["accept","x-title"],"ignore_query":["a","b"]}"#
        )
        #expect(try MatchingRules(parsing: rules.json.serialized()) == rules)
        #expect(
            rules.description
                == "--ignore '/a/*' --ignore /b --normalize uuids --normalize 'run-[0-9]+' --match-header accept "
                + "--match-header x-title --ignore-query a --ignore-query b"
        )
        #expect(MatchingRules.none.description == "no rules")
        let sum = try MatchingRules(ignore: ["/b"]).adding(MatchingRules(ignore: ["/a/*"], normalize: ["uuids"]))
        #expect(sum == (try MatchingRules(ignore: ["/a/*", "/b"], normalize: ["uuids"])))
    }

    static let errors: [(@Sendable () throws -> MatchingRules, String)] = [
        (
            { try MatchingRules(ignore: ["seed"]) },
            "'seed' is no JSON Pointer: it must be empty or start with '/', such as '/seed'. "
                + "Expected a pointer such as '/messages/*/tool_call_id', where * is any member or element."
        ),
        (
            { try MatchingRules(ignore: [""]) },
            "an empty pointer would ignore the whole body. "
                + "Expected a pointer to a part of it, such as '/metadata' or '/messages/*/tool_call_id'."
        ),
        (
            { try MatchingRules(normalize: ["timestamp"]) },
            "'timestamp' is not a pattern to normalize. Expected one of: timestamps, uuids, tool-call-ids; "
                + "or a regular expression, in which a plain word is written '(timestamp)'."
        ),
        (
            { try MatchingRules(headers: ["a b"]) },
            "'a b' is not the name of a header field. Expected a name such as 'anthropic-version'."
        ),
        (
            { try MatchingRules(headers: ["Authorization"]) },
            "header field 'authorization' cannot count: cassettes do not keep it. "
                + "Kept are fields that carry no credentials, such as anthropic-version, anthropic-beta, openai-beta, "
                + "accept, user-agent, http-referer, x-title and x-openrouter-*."
        ),
        (
            { try MatchingRules(parsing: Array(#"{"version":2}"#.utf8)) },
            "they have version 2, this build knows 1"
        ),
        (
            { try MatchingRules(parsing: Array(#"{"version":1,"forget":[]}"#.utf8)) },
            "they hold 'forget', which is no rule"
        ),
        ({ try MatchingRules(parsing: Array(#"{"version":1,"ignore":[1]}"#.utf8)) }, "'ignore' is no list of texts"),
        ({ try MatchingRules(parsing: []) }, "they are not JSON"),
    ]

    @Test("What is no rule is told so", arguments: errors.indices)
    func wording(_ index: Int) {
        let (make, text) = Self.errors[index]
        let error = #expect(throws: MatchingRulesError.self) { try make() }
        #expect(error?.description == text)
    }

    @Test("A pattern that is no regular expression is told so")
    func badPattern() {
        let error = #expect(throws: MatchingRulesError.self) { try MatchingRules(normalize: ["(["]) }
        #expect(error?.description.hasPrefix("'([' is not a regular expression: ") == true)
        #expect(error?.description.hasSuffix("such as 'run-[0-9]+'; quote it for the shell.") == true)
    }
}
