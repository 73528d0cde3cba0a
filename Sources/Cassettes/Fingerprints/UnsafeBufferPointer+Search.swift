extension UnsafeBufferPointer<UInt8> {
    /// Where these bytes first occur at or after an offset, or nil.
    ///
    /// - Complexity: O(*n*) where the first byte is rare in the text, O(*n* · *m*) at worst; *m* is short here.
    func firstRange(of wanted: [UInt8], from start: Int = 0) -> Range<Int>? {
        guard let first = wanted.first, count - start >= wanted.count else { return nil }
        let last = count - wanted.count
        var index = start
        while index <= last {
            if self[index] == first, holds(wanted, at: index) {
                return index..<index + wanted.count
            }
            index += 1
        }
        return nil
    }

    /// Whether these bytes stand at this offset.
    @inline(__always)
    func holds(_ wanted: [UInt8], at start: Int) -> Bool {
        guard start >= 0, start + wanted.count <= count else { return false }
        for offset in wanted.indices where self[start + offset] != wanted[offset] {
            return false
        }
        return true
    }
}
