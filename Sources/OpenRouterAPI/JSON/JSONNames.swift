/// Compares member names by their decoded bytes.
///
/// Must not outlive the document's buffers.
struct JSONNames {
    let source: UnsafeBufferPointer<UInt8>
    let nodes: UnsafeBufferPointer<JSONNode>

    /// Whether the name at one node sorts before that at another, by the bytes of its UTF-8.
    func precedes(_ left: Int, _ right: Int) -> Bool {
        let leftNode = nodes[left]
        let rightNode = nodes[right]
        let leftBytes = UnsafeBufferPointer(rebasing: source[leftNode.contents])
        let rightBytes = UnsafeBufferPointer(rebasing: source[rightNode.contents])
        guard leftNode.flags.union(rightNode.flags).contains(.hasEscapes) else {
            return precedes(leftBytes, rightBytes)
        }
        // Decoding what has no escapes is a copy.
        return JSONEscapes.decode(leftBytes, loneSurrogates: .kept)
            .lexicographicallyPrecedes(JSONEscapes.decode(rightBytes, loneSurrogates: .kept))
    }

    private func precedes(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Bool {
        for offset in 0..<min(left.count, right.count) where left[offset] != right[offset] {
            return left[offset] < right[offset]
        }
        return left.count < right.count
    }
}
