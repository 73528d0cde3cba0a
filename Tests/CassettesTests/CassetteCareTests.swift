import HTTPTypes
import NIOCore
import OpenRouterAPI
import Tapes
import Testing

@testable import Cassettes

@Suite("Cassettes are merged, compared and pruned")
struct CassetteCareTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @discardableResult
    func cassette(_ name: String, _ interactions: [Interaction]) async throws -> Cassette {
        let writer = try CassetteWriter(path: folder.file(name))
        for interaction in interactions { _ = try await writer.append(Redactor().redact(interaction)) }
        try await writer.close()
        return try Cassette(path: folder.file(name))
    }

    /// What a merge makes, as the answers in their order.
    func merged(_ cassettes: [Cassette], _ merge: CassetteMerge) async throws -> [String] {
        let path = folder.file("merged")
        try await CassetteCopy.make(at: path, metadata: CassetteMerge.metadata(of: cassettes), replacing: true) {
            try await merge.write(cassettes, to: $0)
        }
        let cassette = try Cassette(path: path)
        return try cassette.index().map { entry in
            let interaction = try cassette.interaction(entry.id).interaction
            let question = String(buffer: interaction.request.body).firstMatch(of: /content":"(\w+)/)?.1 ?? ""
            return "\(question)=\(interaction.body.firstMatch(of: /content":"(\w+)/)?.1 ?? "")"
        }
    }

    @Test("Merging keeps the order of what is named first, drops what is there already, and names conflicts")
    func merge() async throws {
        let first = try await cassette("a", [.chat("one"), .chat("two", answer: "A"), .chat("twice"), .chat("twice")])
        let second = try await cassette(
            "b",
            [.chat("new"), .chat("one"), .chat("two", answer: "B"), .chat("twice"), .chat("twice"), .chat("twice")]
        )
        let merge = try CassetteMerge([first, second])
        #expect(
            try await merged([first, second], merge)
                == ["one=Hi", "two=A", "twice=Hi", "twice=Hi", "new=Hi", "two=B", "twice=Hi"]
        )
        #expect(
            merge.text(names: ["a", "b"], preference: nil) == """
                conflict: POST /api/v1/chat/completions has different answers in a #2, b #3: kept all, in sequence
                conflict: POST /api/v1/chat/completions has different answers in a #3, a #4, b #6: kept all, in sequence
                7 recordings, 3 duplicates left out, 2 conflicts
                """
        )
        let preferring = try CassetteMerge([first, second], preference: .last)
        #expect(try await merged([first, second], preferring).filter { $0.hasPrefix("two") } == ["two=B"])
        let other = try CassetteMerge([first, second], preference: .first)
        #expect(try await merged([first, second], other).filter { $0.hasPrefix("two") } == ["two=A"])
        #expect(merge.json(names: ["a", "b"]).description.hasPrefix(#"{"recordings":7,"duplicates":3"#))
    }

    @Test("Two branches: both keep what they recorded; what one removed or replaced stays away")
    func branches() async throws {
        let base: [Interaction] = [.chat("one"), .chat("two"), .chat("three")]
        let ancestor = try await cassette("base", base)
        let ours = try await cassette("ours", [base[0], base[2], .chat("ours")])
        let theirs = try await cassette("theirs", [base[0], base[1], .chat("three", answer: "again"), .chat("theirs")])
        let merge = try CassetteMerge(ours: ours, theirs: theirs, ancestor: ancestor)
        #expect(
            try await merged([ours, theirs], merge) == ["one=Hi", "ours=Hi", "three=again", "theirs=Hi"]
        )
        #expect(merge.conflicts.isEmpty)
        let left = try await cassette("left", [base[0], .chat("three", answer: "L")])
        let right = try await cassette("right", [base[0], .chat("three", answer: "R")])
        let conflict = try CassetteMerge(ours: left, theirs: right, ancestor: ancestor)
        #expect(conflict.conflicts.map(\.request) == ["POST /api/v1/chat/completions"])
        #expect(try await merged([left, right], conflict) == ["one=Hi", "three=L", "three=R"])
    }

    @Test("Cassettes with other rules are not merged")
    func incompatible() async throws {
        try await CassetteWriter(path: folder.file("a"), metadata: ["rule": "y"]).close()
        let first = try Cassette(path: folder.file("a"))
        let writer = try CassetteWriter(path: folder.file("b"), metadata: ["rule": "x"])
        try await writer.close()
        let second = try Cassette(path: folder.file("b"))
        let error = try #require(throws: CassetteError.self) { try CassetteMerge.metadata(of: [first, second]) }
        #expect(
            "\(error)"
                == "\(folder.file("b")): has another 'rule' than \(folder.file("a")), so that one request "
                + "has two fingerprints. Bring both to the same with 'openrouter-sim cassette rematch', then merge."
        )
    }

    @Test("A difference is one of request, shape or value")
    func comparison() async throws {
        let stream = { (words: [String], more: String) in
            Interaction.make(
                request: .make(#"{"stream":true}"#),
                frames: words.map { Frame("data: {\"delta\":\"\($0)\"\(more)}\n\n") },
                fields: [.contentType: "text/event-stream"]
            )
        }
        let failed = Interaction.make(
            request: .make(#"{"x":1}"#),
            frames: [Frame(#"{"error":{"code":429}}"#)],
            ending: .reset
        )
        var slow = Interaction.chat("slow")
        let first = try await cassette(
            "a",
            [.chat("same"), .chat("value"), .chat("gone"), stream(["a", "b"], ""), failed, slow]
        )
        slow.tape.headGap = .seconds(3)
        let second = try await cassette(
            "b",
            [
                .chat("value", answer: "Ho"), stream(["x"], #","index":0"#), .chat("same"),
                .make(request: .make(#"{"x":1}"#), frames: [Frame(#"{"id":"1"}"#)]), .chat("new"), slow,
            ]
        )
        let comparison = try CassetteComparison(first, second)
        #expect(
            comparison.text == """
                value  #2 → #1  POST /api/v1/chat/completions
                    /choices/0/message/content: recorded "Hi" → requested "Ho"
                removed  #3 → -  POST /api/v1/chat/completions
                shape  #4 → #2  POST /api/v1/chat/completions
                    last event /index: none → number
                shape  #5 → #4  POST /api/v1/chat/completions
                    ending: reset → complete
                    /error: object → none
                    /id: none → string
                added  - → #5  POST /api/v1/chat/completions
                2 equal, 5 different
                """
        )
        #expect(comparison.json.description.hasPrefix(#"{"equal":2,"differences":[{"kind":"value""#))
        #expect(try CassetteComparison(first, first).differences.isEmpty)
    }

    @Test("Pruning removes what meets all conditions, and nothing of it is left in the file")
    func pruning() async throws {
        var old = Interaction.chat("old")
        old.recordedAt = 1_700_000_000_000_000
        let models = Interaction.make(request: .make("", method: .get, target: "/api/v1/models"))
        let cassette = try await cassette("a", [old, .chat("new"), models])
        var criteria = CassettePruning.Criteria()
        criteria.recordedBefore = CassettePruning.moment("2024-01-01", now: 0)
        #expect(try CassettePruning(cassette, criteria).removed.map(\.id) == [1])
        criteria.models = ["openai/other"]
        #expect(try CassettePruning(cassette, criteria).removed.isEmpty)
        criteria = CassettePruning.Criteria()
        criteria.models = ["openai/gpt-4o"]
        #expect(try CassettePruning(cassette, criteria).removed.map(\.id) == [1, 2])
        let journal = try JSONDocument(
            parsing: #"{"entries":[{"origin":"cassette other/a #3 + slicer"},{"origin":"synthetic seed 1"},{}]}"#.utf8
        )
        criteria = CassettePruning.Criteria()
        criteria.played = CassettePruning.played(in: journal, of: folder.file("a"))
        #expect(criteria.played == [3])
        #expect(CassettePruning.played(in: journal, of: "b") == nil)
        let pruning = try CassettePruning(cassette, criteria)
        #expect(
            pruning.text(isRehearsal: false) == """
                #1  2023-11-14T22:13:20.000Z  POST /api/v1/chat/completions  openai/gpt-4o
                #2  2026-09-21T14:13:20.000Z  POST /api/v1/chat/completions  openai/gpt-4o
                removed 2, kept 1
                """
        )
        cassette.close()
        let writer = try CassetteWriter(path: folder.file("a"))
        #expect(try await writer.delete(pruning.removed.map(\.id)) == 2)
        try await writer.close(compacting: true)
        let after = try Cassette(path: folder.file("a"))
        #expect(try after.index().map(\.id) == [3])
        #expect(try after.verify().isIntact)
        #expect(!String(decoding: try folder.bytes("a"), as: UTF8.self).contains("gpt-4o"))
    }

    @Test(
        "Ages and dates",
        arguments: [
            ("90d", 10_000_000_000_000_000 - 90 * 86_400_000_000), ("36h", 10_000_000_000_000_000 - 36 * 3_600_000_000),
            ("2026-09-21", 1_789_948_800_000_000), ("soon", nil), ("-1d", nil),
        ] as [(String, Int64?)]
    )
    func moments(_ text: String, _ moment: Int64?) {
        #expect(CassettePruning.moment(text, now: 10_000_000_000_000_000) == moment)
    }
}
