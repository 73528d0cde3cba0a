internal import NIOCore

/// All that is looked for in one exchange: known shapes, its own credentials, the user's patterns.
struct SecretSearch {
    let scanner: SecretScanner
    let credentials: RequestCredentials
    let patterns: [RedactionPattern]

    /// How text is written, where that tells more about secrets.
    enum Syntax {
        case any
        /// Pairs such as `api_key=…`, joined by `&`: queries and form bodies.
        case pairs
        /// Server-sent events.
        case events
    }

    /// The bytes with each secret replaced, or nil where there is none.
    ///
    /// As many bytes as before.
    func redacting(_ bytes: UnsafeBufferPointer<UInt8>, syntax: Syntax) -> [UInt8]? {
        let joined = syntax == .events ? joinedSecrets(in: bytes) : []
        var plain = ranges(in: bytes)
        if syntax == .pairs { plain = Self.union(plain + QuerySecrets.ranges(in: bytes)) }
        guard !plain.isEmpty || !joined.isEmpty else { return nil }
        let covered = joined.flatMap(\.ranges)
        var output = Array(bytes)
        for range in plain
        where !covered.contains(where: { $0.lowerBound <= range.lowerBound && range.upperBound <= $0.upperBound }) {
            output.replaceSubrange(range, with: Placeholder.bytes(for: Array(bytes[range])))
        }
        for secret in joined {
            var rest = Placeholder.bytes(for: secret.bytes)[...]
            for range in secret.ranges {
                output.replaceSubrange(range, with: rest.prefix(range.count))
                rest = rest.dropFirst(range.count)
            }
        }
        return output
    }

    /// The text with each secret replaced.
    func redacting(_ text: String, syntax: Syntax = .any) -> String {
        let bytes = Array(text.utf8)
        let redacted = bytes.withUnsafeBufferPointer { redacting($0, syntax: syntax) }
        return redacted.map { String(decoding: $0, as: UTF8.self) } ?? text
    }

    /// The buffer with each secret replaced.
    func redacting(_ buffer: ByteBuffer, syntax: Syntax) -> ByteBuffer {
        let redacted = buffer.withUnsafeReadableBytes { bytes in
            redacting(bytes.assumingMemoryBound(to: UInt8.self), syntax: syntax)
        }
        return redacted.map { ByteBuffer(bytes: $0) } ?? buffer
    }

    private func ranges(in bytes: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
        let found =
            scanner.secrets(in: bytes) + credentials.ranges(in: bytes)
            + patterns.flatMap { $0.ranges(in: bytes) }
        return Self.union(found)
    }

    private func joinedSecrets(in body: UnsafeBufferPointer<UInt8>) -> [(bytes: [UInt8], ranges: [Range<Int>])] {
        DeltaText(body).joined.flatMap { text in
            text.bytes.withUnsafeBufferPointer { bytes in
                ranges(in: bytes).compactMap { range in
                    let pieces = text.bodyRanges(of: range)
                    // What lies in one piece is found there.
                    return pieces.count > 1 ? (Array(bytes[range]), pieces) : nil
                }
            }
        }
    }

    /// Overlapping ranges become one, in order.
    private static func union(_ ranges: [Range<Int>]) -> [Range<Int>] {
        guard ranges.count > 1 else { return ranges }
        var union: [Range<Int>] = []
        for range in ranges.sorted(by: { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }) {
            if let last = union.last, range.lowerBound < last.upperBound {
                union[union.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                union.append(range)
            }
        }
        return union
    }
}
