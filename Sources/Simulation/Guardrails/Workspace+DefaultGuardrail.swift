internal import Crypto

/// The guardrail that counts for all of a workspace's requests once it is configured (reference: platform §5.3).
extension Workspace {
    /// The same for the same workspace: a UUID of version 5 with the workspace's own as its name space (RFC 9562 §5.5).
    var defaultGuardrailID: String {
        let nameSpace = id.utf8.filter { $0 != UInt8(ascii: "-") }
        var bytes = Array(Insecure.SHA1.hash(data: nameSpace + Array("default-guardrail".utf8)).prefix(16))
        bytes[6] = bytes[6] & 0x0F | 0x50
        bytes[8] = bytes[8] & 0x3F | 0x80
        let digits = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
        return [0..<4, 4..<6, 6..<8, 8..<10, 10..<16].map { digits[$0].joined() }.joined(separator: "-")
    }

    /// Derived from the workspace, and not to be changed.
    var defaultGuardrailName: String { "Workspace \(id) Default" }
}
