internal import Testing

@testable internal import Simulation

@Suite("Patterns of content filters")
struct PatternSafetyTests {
    @Test(
        "Look-around, references and repetitions that may take for ever are refused",
        arguments: [
            ("a(?=b)", "it looks ahead"), ("a(?!b)", "it looks ahead"), ("(?<=a)b", "it looks behind"),
            ("(?<!a)b", "it looks behind"), (#"(a)\1"#, "it refers to a group"),
            (#"(?<n>a)\k<n>"#, "it refers to a group"), ("(a+)+", "it repeats a repetition, as in (a+)+"),
            ("(?:a*)*", "it repeats a repetition, as in (a+)+"), ("((a+)b?)+", "it repeats a repetition, as in (a+)+"),
            ("(a{2,})+", "it repeats a repetition, as in (a+)+"), ("(a+){2,}", "it repeats a repetition, as in (a+)+"),
            ("(a|a)*", "it repeats alternatives that begin alike, as in (a|a)*"),
            ("(ab|ac)+", "it repeats alternatives that begin alike, as in (a|a)*"),
            (#"(\w|d)+"#, "it repeats alternatives that begin alike, as in (a|a)*"),
            ("(.|a)*", "it repeats alternatives that begin alike, as in (a|a)*"),
        ]
    )
    func refused(pattern: String, reason: String) {
        #expect(throws: ContentPatternError(reason: reason)) { try ContentPattern.check(pattern) }
    }

    @Test(
        "What OpenRouter's guide gives as examples is taken",
        arguments: [
            #"\b(sk-[a-zA-Z0-9]{48})\b"#, #"PROJ-\d{4,6}"#, "AKIA[0-9A-Z]{16}", #"https?://internal\.company\.com\S*"#,
            #"(?:\d{1,3}\.){3}\d{1,3}"#, "(?<year>[0-9]{4})-[0-9]+", "(a|b)+c*", #"(?:foo|bar)baz"#, #"[(?=](+|{x}"#,
            #"\(a+\)+"#, "(a+)?", "(a+){3}",
        ]
    )
    func taken(pattern: String) {
        // One of them is no regular expression, and yet nothing that takes for ever.
        #expect(throws: Never.self) { try PatternSafety.check(pattern) }
        guard !pattern.contains("{x}") else { return }
        #expect(throws: Never.self) { try ContentPattern.check(pattern) }
    }

    @Test("Word boundaries and digits are those of JavaScript")
    func dialect() throws {
        let word = try ContentPattern(#"\bcom\b"#)
        #expect(word.ranges(in: "example.com!").count == 1)
        let digits = try ContentPattern(#"\d+"#)
        #expect(digits.ranges(in: "12 ٣٤").count == 1)
        #expect(try ContentPattern(#"\b\d+\b"#).ranges(in: "1 a2 34").count == 2)
        #expect(try ContentPattern("a*").ranges(in: "bb").isEmpty)
    }
}
