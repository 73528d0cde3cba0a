internal import Foundation

/// The leaves of a cassette's tables, found by what they look like, for when what leads to them is destroyed.
///
/// The layout is that of sqlite.org/fileformat2.html, section 1.6.
struct LeafPages {
    /// A leaf and the highest row number on it.
    private struct Leaf {
        var page: UInt32
        var lastID: UInt64
    }

    private static let leafType: UInt8 = 0x0D
    private static let interiorType: UInt8 = 0x05
    private static let headerByteCount = 12
    /// Four bytes for the child, nine at most for the number, two for the place of the cell.
    private static let cellByteCount = 15
    private static let pageByteCount = CassetteFormat.pageByteCount

    /// Makes the roots of the tables lead to every leaf that belongs to them, as far as a file of pages holds any.
    ///
    /// Which table a leaf belongs to is told by the number of its columns. Leaves that are no longer in use are left out
    /// where the file still says which those are.
    static func relink(in path: String) throws {
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
        defer { try? file.close() }
        let unused = try unusedPages(in: file)
        try file.seek(toOffset: 0)
        var leaves: [Int: [Leaf]] = [:]
        var pageCount: UInt32 = 0
        while let page = try file.read(upToCount: pageByteCount), page.count == pageByteCount {
            pageCount += 1
            guard !unused.contains(pageCount), let (columnCount, lastID) = describe(Array(page)) else { continue }
            leaves[columnCount, default: []].append(Leaf(page: pageCount, lastID: lastID))
        }
        for (root, columnCount) in CassetteFormat.tableRoots {
            // A table of one page is its root.
            guard let found = leaves[columnCount], !found.contains(where: { $0.page == root }) else { continue }
            var level = found.sorted { $0.lastID < $1.lastID }
            let width = (pageByteCount - headerByteCount) / cellByteCount
            while level.count > width {
                var above: [Leaf] = []
                for start in stride(from: 0, to: level.count, by: width) {
                    let children = Array(level[start..<min(start + width, level.count)])
                    pageCount += 1
                    try write(interiorPage(children), page: pageCount, to: file)
                    above.append(Leaf(page: pageCount, lastID: children[children.count - 1].lastID))
                }
                level = above
            }
            try write(interiorPage(level), page: root, to: file)
        }
    }

    /// The pages of the freelist, a chain of pages that each list others; none where the header is destroyed.
    private static func unusedPages(in file: FileHandle) throws -> Set<UInt32> {
        let header = Array(try file.read(upToCount: 100) ?? Data())
        guard header.count == 100, header.starts(with: "SQLite format 3\0".utf8) else { return [] }
        var unused: Set<UInt32> = []
        var trunk = number(at: 32, in: header)
        while trunk > 0, unused.insert(trunk).inserted {
            try file.seek(toOffset: UInt64(trunk - 1) * UInt64(pageByteCount))
            let page = Array(try file.read(upToCount: pageByteCount) ?? Data())
            guard page.count == pageByteCount else { break }
            let count = min(Int(number(at: 4, in: page)), pageByteCount / 4 - 2)
            for index in 0..<count { unused.insert(number(at: 8 + 4 * index, in: page)) }
            trunk = number(at: 0, in: page)
        }
        return unused
    }

    private static func number(at index: Int, in bytes: [UInt8]) -> UInt32 {
        bytes[index..<index + 4].reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// How many columns the rows of a leaf have, and the highest row number; nil for any other page.
    private static func describe(_ page: [UInt8]) -> (columnCount: Int, lastID: UInt64)? {
        guard page[0] == leafType else { return nil }
        let cellCount = Int(page[3]) << 8 | Int(page[4])
        guard cellCount > 0, 8 + 2 * cellCount <= page.count else { return nil }
        let pointer = 8 + 2 * (cellCount - 1)
        var reader = VarintReader(bytes: page, index: Int(page[pointer]) << 8 | Int(page[pointer + 1]))
        guard reader.next() != nil, let id = reader.next() else { return nil }
        let start = reader.index
        guard let headerByteCount = reader.next(), headerByteCount < 256 else { return nil }
        var columnCount = 0
        while reader.index < start + Int(headerByteCount) {
            guard reader.next() != nil else { return nil }
            columnCount += 1
        }
        return reader.index == start + Int(headerByteCount) ? (columnCount, id) : nil
    }

    private static func interiorPage(_ children: [Leaf]) -> [UInt8] {
        var page = [UInt8](repeating: 0, count: pageByteCount)
        let last = children[children.count - 1]
        page[0] = interiorType
        put(UInt16(children.count - 1), at: 3, in: &page)
        put(last.page, at: 8, in: &page)
        var content = pageByteCount
        for (index, child) in children.dropLast().enumerated() {
            let number = VarintReader.bytes(of: child.lastID)
            content -= 4 + number.count
            put(child.page, at: content, in: &page)
            page.replaceSubrange(content + 4..<content + 4 + number.count, with: number)
            put(UInt16(content), at: headerByteCount + 2 * index, in: &page)
        }
        // 0 stands for 65536, which a page of this size never starts at.
        put(UInt16(content), at: 5, in: &page)
        return page
    }

    private static func put(_ number: some FixedWidthInteger, at index: Int, in page: inout [UInt8]) {
        withUnsafeBytes(of: number.bigEndian) { page.replaceSubrange(index..<index + $0.count, with: $0) }
    }

    private static func write(_ bytes: [UInt8], page: UInt32, to file: FileHandle) throws {
        try file.seek(toOffset: UInt64(page - 1) * UInt64(pageByteCount))
        try file.write(contentsOf: bytes)
    }
}

/// SQLite's variable-length numbers: seven bits a byte, the most significant first, the ninth byte whole.
private struct VarintReader {
    let bytes: [UInt8]
    var index: Int

    mutating func next() -> UInt64? {
        var number: UInt64 = 0
        for position in 0..<9 {
            guard index < bytes.count else { return nil }
            let byte = bytes[index]
            index += 1
            if position == 8 { return number << 8 | UInt64(byte) }
            number = number << 7 | UInt64(byte & 0x7F)
            if byte < 0x80 { return number }
        }
        return nil
    }

    static func bytes(of number: UInt64) -> [UInt8] {
        // Row numbers are positive and count from 1: eight bytes hold all that can be.
        var bytes = [UInt8(number & 0x7F)]
        var rest = number >> 7
        while rest > 0, bytes.count < 8 {
            bytes.insert(UInt8(rest & 0x7F) | 0x80, at: 0)
            rest >>= 7
        }
        return bytes
    }
}
