internal import Tapes
internal import Testing

@testable internal import Simulation

@Suite("Strings from patterns")
struct StringPatternTests {
    @Test(
        "A string matches the pattern that it is made from",
        arguments: [
            "", "^$", "abc", "^abc$", "a|b|cd", "^(a|b)c$", "^(?:foo|bar)+$", "^[A-Z]{2}\\d{4}$", "^\\d{3}-\\d{4}$",
            "^[a-zA-Z0-9._%+-]+@[a-zA-Z0-9.-]+\\.[a-zA-Z]{2,}$", "^#[0-9a-fA-F]{6}$", "^\\+?[1-9]\\d{1,14}$",
            "^[^\\s@]+$", "^[^a-z]$", "^\\w+\\s\\w+$", "^.{5,10}$", "^.*$", "^a{3}b{2,}c{0,1}$", "^a+?b*?$",
            "^(?<year>\\d{4})-(?<month>0[1-9]|1[0-2])$", "^\\$\\d+\\.\\d{2}$", "^[-a]$", "^[a-]$", "^[\\d\\-x]+$",
            "^[\\w.-]+$", "\\u0041\\x42", "^\\p{Lu}\\p{L}*$", "^((25[0-5]|2[0-4]\\d|1?\\d?\\d)\\.){3}\\d$", "^[]a]",
            "^漢[字学]$", "^\\S+$", "^\\D\\W$", "^(^a|b$)$", "^v\\d+(\\.\\d+){1,2}(-[a-z]+)?$", "^/[a-z/]*$",
        ]
    )
    func matches(expression: String) throws {
        guard expression != "^[]a]" else {
            // An empty class matches nothing in ECMA-262; other dialects read a bracket. Nothing is made of it.
            #expect(StringPattern(expression) == nil)
            return
        }
        let pattern = try #require(StringPattern(expression))
        for seed in 0..<40 as Range<UInt64> {
            var generator = SeededGenerator(seed: seed)
            let text = try #require(pattern.text(using: &generator))
            #expect(SchemaValidator.matches(text, expression), "seed \(seed): \(text.debugDescription)")
        }
    }

    @Test(
        "What is not supported is refused",
        arguments: [
            "(?=a)", "(?!a)b", "(?<=a)b", "(?<!a)b", "(a)\\1", "\\bword", "a^b", "a$b", "(a$)b", "a(^b)", "(", ")",
            "a)", "[a",
            "*a", "a**", "a++", "a{2,1}", "a{x}", "[b-a]", "\\", "\\p{Greek}", "\\uZZZZ", "\\xZ", "(?i)a", "\\k<a>",
        ]
    )
    func refused(expression: String) {
        #expect(StringPattern(expression) == nil)
    }

    @Test(
        "Every length that a simple expression has can be asked for",
        arguments: [("^[a-z]+$", 30...30), ("^[a-z]+(-[a-z]+)*$", 19...22), ("^\\d{2,40}$", 39...39), ("^ab?$", 1...1)]
    )
    func lengths(expression: String, lengths: ClosedRange<Int>) throws {
        let pattern = try #require(StringPattern(expression))
        for seed in 0..<40 as Range<UInt64> {
            var generator = SeededGenerator(seed: seed)
            let text = try #require(pattern.text(lengths: lengths, using: &generator))
            #expect(lengths.contains(text.unicodeScalars.count))
            #expect(SchemaValidator.matches(text, expression))
        }
    }

    @Test("A length that the expression does not have gives nothing")
    func impossibleLength() throws {
        var generator = SeededGenerator(seed: 1)
        #expect(try #require(StringPattern("^abc$")).text(lengths: 4...9, using: &generator) == nil)
        #expect(try #require(StringPattern("^abc$")).text(lengths: 0...2, using: &generator) == nil)
    }
}
