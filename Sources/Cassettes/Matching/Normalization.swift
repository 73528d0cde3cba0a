/// Text that varies from run to run and is replaced by one word before requests are compared.
package enum Normalization: Sendable {
    case named(NamedPattern)
    /// The user's own; its capture groups vary, or the whole match where there are none.
    case pattern(RedactionPattern)

    /// Reads the name of a built-in pattern, or a regular expression.
    ///
    /// - Throws: ``MatchingRulesError`` for what is no regular expression, and for a plain word, which is more likely a
    ///   name with a slip in it.
    package init(_ text: String) throws(MatchingRulesError) {
        if let pattern = NamedPattern(rawValue: text) {
            self = .named(pattern)
            return
        }
        guard !text.utf8.allSatisfy({ $0 == UInt8(ascii: "-") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) })
        else { throw .unknownName(text) }
        do throws(RedactionPatternError) {
            self = .pattern(try RedactionPattern(text))
        } catch {
            throw .pattern(text, reason: error.reason)
        }
    }

    /// The name or the expression.
    package var text: String {
        switch self {
        case .named(let pattern): pattern.rawValue
        case .pattern(let pattern): pattern.source
        }
    }

    /// What stands in the place of a match.
    var placeholder: String {
        switch self {
        case .named(let pattern): "<\(pattern.rawValue)>"
        case .pattern: "<normalized>"
        }
    }

    /// Where it matches, in order and apart from each other.
    private func ranges(in bytes: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
        switch self {
        case .named(let pattern):
            return pattern.ranges(in: bytes)
        case .pattern(let pattern):
            var end = 0
            // Groups may lie in each other.
            return pattern.ranges(in: bytes).sorted { $0.lowerBound < $1.lowerBound }.filter { range in
                defer { end = max(end, range.upperBound) }
                return range.lowerBound >= end
            }
        }
    }

    /// The text with every match replaced, or nil where there is none.
    func replacing(in text: [UInt8]) -> [UInt8]? {
        let ranges = text.withUnsafeBufferPointer { self.ranges(in: $0) }
        guard !ranges.isEmpty else { return nil }
        var output: [UInt8] = []
        output.reserveCapacity(text.count)
        var end = 0
        for range in ranges {
            output.append(contentsOf: text[end..<range.lowerBound])
            output.append(contentsOf: placeholder.utf8)
            end = range.upperBound
        }
        output.append(contentsOf: text[end...])
        return output
    }
}

extension Normalization: Hashable {
    package static func == (left: Normalization, right: Normalization) -> Bool {
        left.text.utf8.elementsEqual(right.text.utf8)
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(text)
    }
}

extension MatchingRules {
    /// The text with everything normalized, or nil where nothing is.
    func normalized(_ text: some Sequence<UInt8>) -> [UInt8]? {
        guard !normalizations.isEmpty else { return nil }
        var bytes = Array(text)
        var isChanged = false
        for normalization in normalizations {
            guard let replaced = normalization.replacing(in: bytes) else { continue }
            bytes = replaced
            isChanged = true
        }
        return isChanged ? bytes : nil
    }

    func normalized(_ text: String) -> String {
        normalized(text.utf8).map { String(decoding: $0, as: UTF8.self) } ?? text
    }

    /// The word for a number that varies, or nil for one that does not: only a pattern that matches all of it counts.
    func normalized(number text: String) -> String? {
        normalizations.first { $0.replacing(in: Array(text.utf8)) == Array($0.placeholder.utf8) }?.placeholder
    }
}
