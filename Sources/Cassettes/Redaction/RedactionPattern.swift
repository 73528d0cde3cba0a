internal import Synchronization

/// A regular expression of the user's for what else is secret (`--redact`).
///
/// In the syntax of Swift's `Regex`, which is close to that of PCRE. The capture groups are replaced, or the whole
/// match where there are none. Costs far more than the built-in search: some 100 ns a byte.
package final class RedactionPattern: Sendable {
    /// The expression as written.
    package let source: String

    /// A `Regex` is not Sendable, since it may hold closures.
    private let regex: Mutex<Regex<AnyRegexOutput>>

    /// - Throws: ``RedactionPatternError`` if the text is no regular expression.
    package init(_ source: String) throws(RedactionPatternError) {
        self.source = source
        do {
            // By scalars, so that a match cannot hang on what precedes a combining mark, and \r\n is two.
            regex = Mutex(try Regex(source).matchingSemantics(.unicodeScalar))
        } catch {
            throw RedactionPatternError(source: source, reason: "\(error)")
        }
    }

    /// Where it matches, as offsets in bytes.
    ///
    /// Placeholders are left alone.
    func ranges(in bytes: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
        let isUTF8 = String(validating: bytes, as: UTF8.self)
        // Bytes that are no text are read as Latin-1, so that ASCII patterns work in them.
        let text = isUTF8 ?? String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
        let placeholders = Placeholder.ranges(in: bytes)
        return matches(in: text).map { range in
            isUTF8 != nil ? text.byteRange(range) : text.scalarRange(range)
        }
        .filter { range in !range.isEmpty && !placeholders.contains { $0.overlaps(range) } }
    }

    private func matches(in text: String) -> [Range<String.Index>] {
        regex.withLock { regex in
            text.matches(of: regex).flatMap { match in
                let captures = (1..<max(match.output.count, 1)).compactMap { match.output[$0].range }
                return match.output.count > 1 ? captures : [match.range]
            }
        }
    }
}

extension String {
    fileprivate func byteRange(_ range: Range<Index>) -> Range<Int> {
        let start = utf8.distance(from: startIndex, to: range.lowerBound)
        return start..<start + utf8.distance(from: range.lowerBound, to: range.upperBound)
    }

    fileprivate func scalarRange(_ range: Range<Index>) -> Range<Int> {
        let start = unicodeScalars.distance(from: startIndex, to: range.lowerBound)
        return start..<start + unicodeScalars.distance(from: range.lowerBound, to: range.upperBound)
    }
}

/// A redaction pattern that is no regular expression.
package struct RedactionPatternError: Error, Hashable, CustomStringConvertible {
    package var source: String
    package var reason: String

    package var description: String {
        "redaction pattern '\(source)' is not a regular expression: \(reason). "
            + "Expected the syntax of Swift's Regex, such as 'cust_[a-z0-9]{12}'; quote it for the shell."
    }
}
