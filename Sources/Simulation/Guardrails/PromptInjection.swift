internal import OpenRouterAPI

/// Finds attempts to take a model away from its instructions (guide "Prompt injection detection", August 2026).
///
/// The guide names the kinds: phrases after the OWASP cheat sheet on prompt injection, words with their middle letters
/// mixed up, Base64 and hexadecimal digits, and letters with spaces between them. The expressions are ours.
enum PromptInjection {
    static func ranges(in text: String) -> [Range<String.Index>] {
        var ranges = phrases(in: text)
        for range in scrambled(in: text) + hidden(in: text) where !ranges.contains(where: { $0.overlaps(range) }) {
            ranges.append(range)
        }
        return ranges.sorted { $0.lowerBound < $1.lowerBound }
    }

    private static let patterns: [ContentPattern] = [
        #"\b(?:ignore|disregard|forget|override|bypass|neglect) (?:(?:all|any|the|your|my|of|these|those) ){0,4}(?:previous|prior|above|earlier|preceding|former|system|original) (?:instruction|prompt|rule|direction|guideline|message|context|order)s?\b"#,
        #"\b(?:forget|disregard|ignore) (?:everything|all|anything) (?:you (?:were|have been) told|above|before|so far|that came before)\b"#,
        #"\b(?:reveal|show|print|repeat|output|display|leak|tell me|give me) (?:(?:me|us|all|of) ){0,2}(?:your|the) (?:(?:full|entire|exact|hidden|secret|initial|original) ){0,2}(?:system prompt|system message|system instructions|initial prompt|initial instructions|hidden instructions|instructions above)\b"#,
        #"\byou are now (?:in )?(?:an? )?(?:developer|dan|admin|root|god|debug|jailbroken|unrestricted|unfiltered|evil)\b"#,
        #"\b(?:enter|enable|activate|switch to|go into) (?:developer|debug|god|admin|dan|jailbreak|unrestricted) mode\b"#,
        #"\bsystem (?:override|prompt override)\b"#,
        #"\bdo anything now\b"#,
        #"\b(?:act|behave|respond|answer) (?:as if|as though|like) you (?:have|had) no (?:restriction|rule|limit|limitation|guideline|filter)s?\b"#,
        #"\bpretend (?:that )?you (?:have no|are not bound by|are free of) (?:any )?(?:restriction|rule|limit|guideline|filter)s?\b"#,
        #"<\|(?:im_start|im_end|system|endoftext)\|>|\[/?INST\]|<</?SYS>>"#,
    ].map { .known($0.replacing(" ", with: #"\s+"#), ignoresCase: true) }

    private static func phrases(in text: String) -> [Range<String.Index>] {
        patterns.flatMap { $0.ranges(in: text) }
    }

    private static func holdsPhrase(_ text: String) -> Bool {
        patterns.contains { !$0.ranges(in: text).isEmpty }
    }
}

// MARK: - Evasions

extension PromptInjection {
    private static let word = ContentPattern.known(#"\b[A-Za-z]{5,}\b"#)

    /// Words that are read in spite of their mixed middle letters.
    private static let targets = [
        "ignore", "disregard", "forget", "override", "bypass", "reveal", "previous", "prior", "above", "system",
        "prompt",
        "instruction", "instructions", "developer",
    ]

    /// Phrases of words whose middle letters are mixed up: `ignroe all prevoius instructions`.
    private static func scrambled(in text: String) -> [Range<String.Index>] {
        let words = word.ranges(in: text).compactMap { range in target(of: text[range]).map { (range, $0) } }
        guard !words.isEmpty else { return [] }
        // A target has the length of its scramble, in letters of one byte each, so places stay what they are.
        var bytes = Array(text.utf8)
        for (range, target) in words {
            let start = text.utf8.distance(from: text.startIndex, to: range.lowerBound)
            bytes.replaceSubrange(start..<(start + target.utf8.count), with: target.utf8)
        }
        let ordered = String(decoding: bytes, as: UTF8.self)
        return phrases(in: ordered).map { range in
            let start = ordered.utf8.distance(from: ordered.startIndex, to: range.lowerBound)
            let end = ordered.utf8.distance(from: ordered.startIndex, to: range.upperBound)
            return text.utf8.index(text.startIndex, offsetBy: start)..<text.utf8.index(text.startIndex, offsetBy: end)
        }
    }

    private static func target(of word: Substring) -> String? {
        let letters = Array(word.lowercased().utf8)
        return targets.first { target in
            let wanted = Array(target.utf8)
            return wanted.count == letters.count && wanted != letters && wanted.first == letters.first
                && wanted.last == letters.last && wanted.sorted() == letters.sorted()
        }
    }

    private static let spaced = ContentPattern.known(#"\b[A-Za-z](?: {1,3}[A-Za-z]\b){7,}"#)
    private static let base64 = ContentPattern.known(#"\b[A-Za-z0-9+/]{16,}={0,2}"#)
    private static let hexadecimal = ContentPattern.known(#"\b[0-9A-Fa-f]{2}(?: ?[0-9A-Fa-f]{2}){7,}\b"#)

    /// Phrases that can only be seen after decoding.
    private static func hidden(in text: String) -> [Range<String.Index>] {
        spaced.ranges(in: text).filter { holdsPhrase(collapsed(text[$0])) }
            + base64.ranges(in: text).filter { range in
                Base64.decoded(text[range]).map { holdsPhrase(String(decoding: $0, as: UTF8.self)) } ?? false
            }
            + hexadecimal.ranges(in: text).filter { range in
                holdsPhrase(String(decoding: bytes(ofHexadecimal: text[range]), as: UTF8.self))
            }
    }

    /// Letters without the single spaces between them; where there are no wider ones, the words that are known are
    /// told apart.
    private static func collapsed(_ text: Substring) -> String {
        let words = text.split(separator: "  ").map { $0.filter { $0 != " " }.lowercased() }
        guard words.count == 1, var rest = words.first else { return words.joined(separator: " ") }
        for target in (targets + ["all", "your", "the", "anything", "now"]).sorted(by: { $0.count > $1.count }) {
            rest = rest.replacing(target, with: " \(target.uppercased()) ")
        }
        return rest.split(separator: " ").joined(separator: " ")
    }

    private static func bytes(ofHexadecimal text: Substring) -> [UInt8] {
        let digits = text.compactMap(\.hexDigitValue)
        return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }
}
