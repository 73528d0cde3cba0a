internal import NIOCore
internal import Tapes

extension WireTape {
    /// The tape for people: a line for each write with the gap before it, then the ending.
    var transcript: String {
        var lines = writes.map { write in
            prefix(write.gap) + String(buffer: write.bytes).replacing("\r\n", with: "¶").replacing("\n", with: "\\n")
        }
        lines.append(prefix(endingGap) + "\(ending.rawValue), \(isPersistent ? "persistent" : "not persistent")")
        return lines.joined(separator: "\n")
    }

    private func prefix(_ gap: Duration) -> String {
        gap == .zero ? "" : "+\(gap.text) "
    }
}
