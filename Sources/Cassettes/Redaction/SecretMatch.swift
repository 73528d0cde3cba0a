/// Where a secret stands in a text, and what it is.
struct SecretMatch {
    var range: Range<Int>
    /// Such as `OpenRouter key` or `value of a telling name`.
    var kind: String
}

extension [SecretMatch] {
    /// Overlapping matches become one, in order.
    ///
    /// The one that starts first, or else is longer, names it.
    func union() -> [SecretMatch] {
        guard count > 1 else { return self }
        var union: [SecretMatch] = []
        for match in sorted(by: { ($0.range.lowerBound, -$0.range.count) < ($1.range.lowerBound, -$1.range.count) }) {
            if let last = union.last?.range, match.range.lowerBound < last.upperBound {
                union[union.count - 1].range = last.lowerBound..<Swift.max(last.upperBound, match.range.upperBound)
            } else {
                union.append(match)
            }
        }
        return union
    }
}
