internal import Tapes

/// Where a body is cut into frames, each a chunk and a write of its own.
enum Chunking: Sendable, Hashable {
    case perBlock
    case whole
    /// Frames of so many bytes.
    case every(Int)
    /// As many blocks a frame.
    case blocks(Int)
    /// After each block, so many bytes later (or earlier, if negative).
    case shifted(Int)
    /// Between CR and LF, and between the two ends that close a block.
    case insideLineEnd
    /// Inside characters of more than one byte, after so many of them.
    case insideCharacter(Int)
    /// Inside `data`.
    case insideFieldName
    /// Between a colon and what follows.
    case afterColon
    /// Inside escapes of JSON.
    case insideEscape
    /// Inside the byte order mark, and after each block.
    case insideMark
    /// Inside `[DONE]`.
    case insideSentinel
    /// In the middle of each block.
    case insideData
    /// So many cuts anywhere.
    case random(Int, seed: UInt64)
}

extension Chunking {
    /// More frames than this show nothing new and take too long.
    private static let frameLimit = 8000

    /// Offsets of the cuts, ascending, without the two ends.
    func cuts(in stream: WrittenStream) -> [Int] {
        let bytes = stream.bytes
        let ends = stream.parts.map(\.range.upperBound)
        let found: [Int]
        switch self {
        case .perBlock: found = ends
        case .whole: found = []
        case .every(let count):
            let step = max(count, bytes.count / Self.frameLimit)
            found = Array(stride(from: step, to: bytes.count, by: step))
        case .blocks(let count): found = ends.enumerated().filter { $0.offset % count == count - 1 }.map(\.element)
        case .shifted(let offset): found = ends.map { $0 + offset }
        case .insideLineEnd: found = bytes.indices.dropFirst().filter { bytes[$0].isLineEnd && bytes[$0 - 1].isLineEnd }
        case .insideCharacter(let count): found = Self.insideCharacters(bytes, count)
        case .insideFieldName: found = Self.positions(of: "data:", in: bytes).map { $0 + 2 }
        case .afterColon: found = Self.positions(of: "data:", in: bytes).map { $0 + 5 }
        case .insideEscape: found = bytes.indices.filter { $0 > 0 && bytes[$0 - 1] == UInt8(ascii: "\\") }
        case .insideMark: found = [1, 2] + ends
        case .insideSentinel: found = Self.positions(of: "[DONE]", in: bytes).map { $0 + 3 }
        case .insideData:
            // Not inside a character, which is a cause of its own.
            found = stream.parts.map { part in
                let middle = part.range.lowerBound + part.range.count / 2
                return bytes[middle...].firstIndex { $0 & 0xC0 != 0x80 } ?? middle
            }
        case .random(let count, let seed):
            var generator = SeededGenerator(seed: seed)
            found = bytes.count < 2 ? [] : (0..<count).map { _ in generator.integer(in: 1...bytes.count - 1) }
        }
        return Set(found).filter { $0 > 0 && $0 < bytes.count }.sorted()
    }

    private static func insideCharacters(_ bytes: [UInt8], _ count: Int) -> [Int] {
        bytes.indices.filter { index in
            guard index >= count, bytes[index] & 0xC0 == 0x80 else { return false }
            let start = index - count
            guard bytes[start] >= 0xC0 else { return false }
            return bytes[start + 1...index].allSatisfy { $0 & 0xC0 == 0x80 }
        }
    }

    private static func positions(of text: String, in bytes: [UInt8]) -> [Int] {
        let pattern = Array(text.utf8)
        guard bytes.count >= pattern.count else { return [] }
        return (0...bytes.count - pattern.count).filter { start in
            bytes[start] == pattern[0] && bytes[start..<start + pattern.count].elementsEqual(pattern)
        }
    }
}

extension UInt8 {
    var isLineEnd: Bool { self == 0x0A || self == 0x0D }
}
