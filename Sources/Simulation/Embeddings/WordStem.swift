/// What is left of an English word without its ending, so that `dogs` is near `dog`, and `running` near `run`.
///
/// Rough on purpose: a stem need not be a word, only the same for most forms of one.
enum WordStem {
    private static let endings = ["ing", "ies", "es", "ed", "ly", "s", "y"].map { Array($0.utf8) }

    /// - Parameter word: in lower case, in any language.
    /// - Returns: at least three bytes, or the whole word.
    static func bytes(of word: String) -> [UInt8] {
        var stem = Array(word.utf8)
        for ending in endings where stem.count >= ending.count + 3 && stem.suffix(ending.count).elementsEqual(ending) {
            if ending == [UInt8(ascii: "s")], stem[stem.count - 2] == UInt8(ascii: "s") { continue }
            stem.removeLast(ending.count)
            break
        }
        while stem.count > 3, let last = stem.last, last == UInt8(ascii: "e") || last == stem[stem.count - 2] {
            stem.removeLast()
        }
        return stem
    }
}
