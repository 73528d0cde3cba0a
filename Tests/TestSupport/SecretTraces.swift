internal import Foundation

/// Eight bytes of a secret, behind the prefix that tells its kind, wherever they stand, also behind JSON's `\u00` or
/// percent signs; and six of it in base64.
package struct SecretTraces: Sendable {
    private var windows: Set<UInt64> = []

    package init(_ secrets: [String]) {
        for secret in secrets {
            let tail = Array(secret.utf8.dropFirst(min(14, secret.utf8.count / 3)))
            add(tail)
            for alignment in 0..<3 {
                let encoded = Array(Data(tail.dropFirst(alignment)).base64EncodedString().utf8)
                add(Array(encoded.prefix(encoded.count / 4 * 4 - 4)))
            }
        }
    }

    package func count(in bytes: [UInt8]) -> Int {
        let plain = Self.unescaped(bytes)
        return countWindows(in: bytes) + (plain.count < bytes.count ? countWindows(in: plain) : 0)
    }

    private func countWindows(in bytes: [UInt8]) -> Int {
        var window: UInt64 = 0
        var count = 0
        for byte in bytes {
            window = window << 8 | UInt64(byte)
            if windows.contains(window) { count += 1 }
        }
        return count
    }

    private mutating func add(_ bytes: [UInt8]) {
        guard bytes.count >= 8 else { return }
        for start in 0...bytes.count - 8 {
            windows.insert(bytes[start..<start + 8].reduce(0) { $0 << 8 | UInt64($1) })
        }
    }

    /// With the bytes that `\u00xx` and `%xx` stand for.
    private static func unescaped(_ bytes: [UInt8]) -> [UInt8] {
        var plain: [UInt8] = []
        plain.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            if let (byte, byteCount) = escape(in: bytes, at: index) {
                plain.append(byte)
                index += byteCount
            } else {
                plain.append(bytes[index])
                index += 1
            }
        }
        return plain
    }

    private static func escape(in bytes: [UInt8], at index: Int) -> (byte: UInt8, byteCount: Int)? {
        let prefixCount: Int
        switch bytes[index] {
        case UInt8(ascii: "%"): prefixCount = 1
        case UInt8(ascii: "\\") where bytes[index...].starts(with: "\\u00".utf8): prefixCount = 4
        default: return nil
        }
        let digits = bytes[(index + prefixCount)...].prefix(2)
        guard digits.count == 2, let byte = UInt8(String(decoding: digits, as: UTF8.self), radix: 16) else {
            return nil
        }
        return (byte, prefixCount + 2)
    }
}
