/// Finds the word that was probably meant.
package enum NearestWord {
    /// - Parameters:
    ///   - word: as it was written.
    ///   - words: the valid ones.
    /// - Returns: the nearest one, of equally near ones the first, or nil when none is near.
    package static func to(_ word: String, among words: [String]) -> String? {
        let written = folded(word)
        var best: (word: String, distance: Int)?
        for candidate in words {
            let letters = folded(candidate)
            let distance = distance(written, letters)
            guard distance <= max(1, min(written.count, letters.count) / 3) else { continue }
            if best.map({ distance < $0.distance }) ?? true { best = (candidate, distance) }
        }
        return best?.word ?? words.first { sharesMostOf(written, folded($0)) }
    }

    /// `repeat` means `repeat-last`, and `rate_limited` means `rate_limit_exceeded`.
    private static func sharesMostOf(_ written: [UInt8], _ letters: [UInt8]) -> Bool {
        let shared = zip(written, letters).prefix { $0 == $1 }.count
        return shared >= 4 && shared * 3 >= written.count * 2
    }

    /// ` Did you mean 'x'? Valid: x, y.` – or less, where nothing is near.
    package static func hint(_ word: String, among words: [String]) -> String {
        let nearest = to(word, among: words).map { " Did you mean '\($0)'?" } ?? ""
        return nearest + (words.isEmpty ? "" : " Valid: \(words.joined(separator: ", "))")
    }

    /// Case, hyphens and underscores are what people mix up first.
    private static func folded(_ word: String) -> [UInt8] {
        word.lowercased().utf8.map { $0 == UInt8(ascii: "-") ? UInt8(ascii: "_") : $0 }
    }

    /// Insertions, deletions, replacements, and swaps of neighbors (optimal string alignment).
    package static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        guard !left.isEmpty, !right.isEmpty else { return max(left.count, right.count) }
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for row in 1...left.count {
            var current = [row]
            for column in 1...right.count {
                let replaced = last[column - 1] + (left[row - 1] == right[column - 1] ? 0 : 1)
                var least = min(last[column] + 1, current[column - 1] + 1, replaced)
                if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
                    least = min(least, beforeLast[column - 2] + 1)
                }
                current.append(least)
            }
            beforeLast = last
            last = current
        }
        return last[right.count]
    }
}
