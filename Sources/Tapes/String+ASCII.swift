extension String {
    /// Whether a word of lower-case ASCII letters occurs in the text, in any case.
    ///
    /// For values of header fields, which are read for each message: `lowercased().contains(_:)` costs twenty times as
    /// much.
    package func containsIgnoringCase(_ word: String) -> Bool {
        var rest = utf8[...]
        while rest.count >= word.utf8.count {
            // 0x20 tells small letters from capitals.
            if zip(rest, word.utf8).allSatisfy({ $0 | 0x20 == $1 }) { return true }
            rest.removeFirst()
        }
        return false
    }
}
