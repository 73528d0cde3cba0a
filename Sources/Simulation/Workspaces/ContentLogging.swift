internal import Crypto
internal import Tapes

/// Which generations of a workspace can be read again by `/generation/content` (reference: platform §1.18).
package struct ContentLogging: Sendable, Codable {
    package var isEnabled = false

    /// The part of the generations that is kept, from 0.0001 to 1.
    package var samplingRate = 1.0

    /// Kept and shown: no operation tells a key's number, so a client cannot mean one of its keys.
    package var keyIDs: [Int]?

    /// Whether what was said in a generation is kept; the same generation is always treated alike.
    func keeps(generation id: String) -> Bool {
        guard isEnabled else { return false }
        guard samplingRate < 1 else { return true }
        var generator = SeededGenerator(seed: SHA256.hash(data: Array("content \(id)".utf8)))
        return generator.fraction() < samplingRate
    }
}
