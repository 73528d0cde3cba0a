/// A body in a content coding (RFC 9110 §8.4.1), decompressed, with the places where its frames end.
struct CompressedBody {
    enum Coding: String {
        case gzip, deflate

        /// - Parameter name: in lower case, `x-gzip` too (RFC 9110 §8.4.1.3).
        init?(name: String) {
            switch name {
            case "gzip", "x-gzip": self = .gzip
            case "deflate": self = .deflate
            default: return nil
            }
        }
    }

    /// Nobody sends as much in one answer, and a bomb would.
    private static let byteLimit = 256 << 20

    let coding: Coding
    /// All that can be decompressed, also of a body that was cut off.
    private(set) var bytes: [UInt8]
    /// For each frame: how many of the bytes are known when it has come.
    private let ends: [Int]
    private let isComplete: Bool
    private let isWrapped: Bool

    /// What is damaged or cut off is decompressed as far as it goes, as a client would.
    ///
    /// - Parameters:
    ///   - frames: the frames' bytes.
    ///   - coding: as the content encoding says.
    /// - Throws: ``Inflater/Failure/malformed`` if it is not what it says from its start,
    ///   ``Inflater/Failure/tooLarge``.
    init(_ frames: [[UInt8]], _ coding: Coding) throws(Inflater.Failure) {
        let input = frames.flatMap { $0 }
        var end = 0
        let marks = frames.map { frame in
            end += frame.count
            return end
        }
        var inflater = Inflater(input, marks: marks, limit: Self.byteLimit)
        var isWrapped = true
        do throws(Inflater.Failure) {
            switch coding {
            case .gzip:
                var start = 0
                repeat {
                    guard let body = Self.gzipHeaderEnd(input, from: start) else { throw .malformed }
                    try inflater.inflate(from: body)
                    start = inflater.consumed + 8
                    // Members may follow each other (RFC 1952, section 2.2).
                } while start < input.count
                isComplete = start == input.count
            case .deflate:
                // RFC 1950; some servers send the blocks alone.
                isWrapped = input.count >= 2 && input[0] & 15 == 8 && (Int(input[0]) << 8 | Int(input[1])) % 31 == 0
                try inflater.inflate(from: isWrapped ? 2 : 0)
                isComplete = !isWrapped || inflater.consumed + 4 <= input.count
            }
        } catch {
            guard error == .truncated || error == .malformed && !inflater.output.isEmpty else { throw error }
            isComplete = false
        }
        inflater.finish()
        self.coding = coding
        self.isWrapped = isWrapped
        bytes = inflater.output
        ends = inflater.counts
    }

    /// The frames of the same body with other bytes, as many as it has.
    ///
    /// Compressed with the least effort, in blocks that hold the bytes as they are, so that each frame brings what it
    /// brought before. Frames that brought nothing bring an empty block.
    func frames(holding bytes: [UInt8]) -> [[UInt8]] {
        var start = 0
        return ends.indices.map { index in
            var frame = index == 0 ? header : []
            frame += Self.blocks(bytes[start..<ends[index]])
            start = ends[index]
            if index == ends.count - 1, isComplete { frame += Self.finalBlock + trailer(bytes) }
            return frame.isEmpty ? Self.emptyBlock : frame
        }
    }
}

extension CompressedBody {
    private static let emptyBlock: [UInt8] = [0, 0, 0, 0xFF, 0xFF]
    private static let finalBlock: [UInt8] = [1, 0, 0, 0xFF, 0xFF]
    private static let longestBlock = 0xFFFF

    private var header: [UInt8] {
        switch coding {
        // No name, no time, no system (RFC 1952, section 2.3).
        case .gzip: [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF]
        case .deflate: isWrapped ? [0x78, 0x01] : []
        }
    }

    private func trailer(_ bytes: [UInt8]) -> [UInt8] {
        switch coding {
        case .gzip:
            Self.littleEndian(Checksums.crc32(bytes)) + Self.littleEndian(UInt32(truncatingIfNeeded: bytes.count))
        case .deflate: isWrapped ? Self.littleEndian(Checksums.adler32(bytes)).reversed() : []
        }
    }

    private static func littleEndian(_ number: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: number >> UInt32(8 * $0)) }
    }

    /// Stored blocks (RFC 1951, section 3.2.4).
    private static func blocks(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var blocks: [UInt8] = []
        var rest = bytes
        while !rest.isEmpty {
            let part = rest.prefix(longestBlock)
            let (low, high) = (UInt8(part.count & 0xFF), UInt8(part.count >> 8))
            blocks += [0, low, high, ~low, ~high] + part
            rest = rest.dropFirst(part.count)
        }
        return blocks
    }

    /// Where the blocks of a gzip member start, or nil if there is none (RFC 1952, section 2.3).
    private static func gzipHeaderEnd(_ input: [UInt8], from start: Int) -> Int? {
        guard start + 10 <= input.count, input[start] == 0x1F, input[start + 1] == 0x8B, input[start + 2] == 8 else {
            return nil
        }
        let flags = input[start + 3]
        var index = start + 10
        if flags & 4 != 0 {
            guard index + 2 <= input.count else { return nil }
            index += 2 + Int(input[index]) + Int(input[index + 1]) << 8
        }
        // Name and comment end in a zero.
        for flag in [8, 16] as [UInt8] where flags & flag != 0 {
            guard index < input.count, let zero = input[index...].firstIndex(of: 0) else { return nil }
            index = zero + 1
        }
        if flags & 2 != 0 { index += 2 }
        return index <= input.count ? index : nil
    }
}

/// Checksums of compressed data.
private enum Checksums {
    /// RFC 1952, section 8.
    static func crc32(_ bytes: [UInt8]) -> UInt32 {
        let table = (0..<256 as Range<UInt32>).map { byte -> UInt32 in
            var value = byte
            for _ in 0..<8 {
                let half = value >> 1
                value = value & 1 == 1 ? half ^ 0xEDB8_8320 : half
            }
            return value
        }
        var sum = UInt32.max
        for byte in bytes {
            let index = UInt8(truncatingIfNeeded: sum) ^ byte
            sum = table[Int(index)] ^ (sum >> 8)
        }
        return ~sum
    }

    /// RFC 1950, section 9.
    static func adler32(_ bytes: [UInt8]) -> UInt32 {
        var low: UInt32 = 1
        var high: UInt32 = 0
        for byte in bytes {
            low = (low + UInt32(byte)) % 65_521
            high = (high + low) % 65_521
        }
        return high << 16 | low
    }
}
