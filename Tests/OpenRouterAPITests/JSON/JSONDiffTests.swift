internal import Testing

@testable internal import OpenRouterAPI

struct JSONDiffTests {
    static let table: [(String, String, [String])] = [
        (#"{"a":1,"b":[1,2]}"#, #"{"b":[1.0,2],"a":1e0}"#, []),
        ("1", "2", ["(whole document): recorded 1 → requested 2"]),
        ("{}", "[ ]", ["(whole document): recorded {} → requested []"]),
        (#"{"temperature":0.5}"#, "{}", ["/temperature: recorded 0.5 → not requested"]),
        ("{}", #"{"temperature":0.7}"#, ["/temperature: not recorded → requested 0.7"]),
        (
            #"{"messages":[{"role":"user","content":"Hello"}],"x":null}"#,
            #"{"y":{"z":[1, 2]},"messages":[{"role":"user","content":"Hi"}]}"#,
            [
                #"/messages/0/content: recorded "Hello" → requested "Hi""#, "/x: recorded null → not requested",
                #"/y: not recorded → requested {"z":[1,2]}"#,
            ]
        ),
        (#"{"a/b":{"~":1}}"#, #"{"a/b":{"~":"1"}}"#, [#"/a~1b/~0: recorded 1 → requested "1""#]),
        (#"{"a":1,"a":2}"#, #"{"a":3,"a":2}"#, []),
        (#"{"a":1,"a":2}"#, #"{"a":1}"#, ["/a: recorded 2 → requested 1"]),
        ("[1,2,3]", "[1,2,3,4]", ["/3: not recorded → requested 4"]),
        ("[1,2,3]", "[0,1,2,3]", ["/0: not recorded → requested 0"]),
        ("[1,2,3]", "[1,3]", ["/1: recorded 2 → not requested"]),
        ("[1,2,3]", "[3,1,2]", ["/0: not recorded → requested 3", "/2: recorded 3 → not requested"]),
        ("[1,[2,3]]", "[1,[2,4]]", ["/1/1: recorded 3 → requested 4"]),
        (
            "[1,2,9]", "[5,1,3,4,9]",
            ["/0: not recorded → requested 5", "/2: recorded 2 → requested 3", "/3: not recorded → requested 4"]
        ),
        ("[]", "[1]", ["/0: not recorded → requested 1"]),
        (#""a\nb""#, #""a\tb""#, [#"(whole document): recorded "a\nb" → requested "a\tb""#]),
    ]

    @Test("Differences are listed one by one", arguments: table)
    func differences(_ recorded: String, _ requested: String, _ expected: [String]) throws {
        #expect(
            try JSONDiff.differences(from: JSONValue(parsing: recorded), to: JSONValue(parsing: requested)).map(
                \.description
            ) == expected
        )
        #expect(try JSONDiff.differences(from: JSONValue(parsing: recorded), to: JSONValue(parsing: recorded)).isEmpty)
    }

    @Test("The limit ends the search")
    func limit() throws {
        let found = try JSONDiff.differences(
            from: JSONValue(parsing: "[1,2,3,4]"),
            to: JSONValue(parsing: "[5,6,7,8]"),
            limit: 2
        )
        #expect(found.map(\.pointer.description) == ["/0", "/1"])
        #expect(try JSONDiff.differences(from: JSONValue(parsing: "1"), to: JSONValue(parsing: "2"), limit: 0).isEmpty)
    }

    @Test("Long arrays are compared by position in the stretch that differs")
    func longArrays() throws {
        let recorded = (0..<500).map(String.init).joined(separator: ",")
        let inserted = ([Int](0..<250) + [-1] + [Int](250..<500)).map(String.init).joined(separator: ",")
        #expect(
            try JSONDiff.differences(from: JSONValue(parsing: "[\(recorded)]"), to: JSONValue(parsing: "[\(inserted)]"))
                .map(\.description) == [
                    "/250: not recorded → requested -1"
                ]
        )
        let shifted = (1...500).map(String.init).joined(separator: ",")
        #expect(
            try JSONDiff.differences(
                from: JSONValue(parsing: "[9,\(recorded)]"),
                to: JSONValue(parsing: "[8,\(shifted)]")
            ).count == 501
        )
    }

    @Test("Long values are shortened and long strings shown where they differ")
    func excerpts() throws {
        let start = String(repeating: "same ", count: 40)
        let found = try JSONDiff.differences(
            from: JSONValue(parsing: "\"\(start)old end\""),
            to: JSONValue(parsing: "\"\(start)new end\"")
        )
        #expect(
            found.map(\.description) == [
                #"(whole document): recorded "…e same same old end" → requested "…e same same new end""#
            ]
        )
        let list = "[" + (0..<100).map { "\($0)" }.joined(separator: ", ") + "]"
        let added = try #require(
            JSONDiff.differences(from: JSONValue(parsing: "{}"), to: JSONValue(parsing: "{\"a\":\(list)}")).first
        )
        #expect(added.description(limit: 20) == "/a: not recorded → requested [0,1,2,3,4,5,6,7,8,…")
        let emoji = String(repeating: "👩‍👩‍👧‍👦", count: 100)
        for limit in [0, 1, 2, 3, 10, 80] {
            for text in ["\"\(emoji)\"", "[\"\(emoji)\"]", "\"\(start)\"", list] {
                let excerpt = JSONExcerpt.text(of: try JSONValue(parsing: text), limit: limit)
                #expect(excerpt.count <= max(limit, 3), "\(limit): \(excerpt)")
            }
        }
    }
}
