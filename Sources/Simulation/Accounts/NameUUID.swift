internal import Crypto

/// A UUID made from a name: the same name in the same namespace gives the same one (version 5; RFC 9562, section 5.5).
enum NameUUID {
    /// The UUID of any text in a namespace, which is a UUID itself.
    static func text(_ name: String, in namespace: String) -> String {
        var hash = Insecure.SHA1()
        hash.update(data: bytes(of: namespace))
        hash.update(data: Array(name.utf8))
        var bytes = Array(hash.finalize().prefix(16))
        bytes[6] = bytes[6] & 0x0F | 0x50
        bytes[8] = bytes[8] & 0x3F | 0x80
        return text(of: bytes)
    }

    private static func bytes(of uuid: String) -> [UInt8] {
        let digits = uuid.filter { $0 != "-" }.compactMap(\.hexDigitValue)
        return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }

    private static func text(of bytes: [UInt8]) -> String {
        bytes.enumerated().reduce(into: "") { text, byte in
            if [4, 6, 8, 10].contains(byte.offset) { text += "-" }
            text += String(byte.element >> 4, radix: 16) + String(byte.element & 15, radix: 16)
        }
    }
}
