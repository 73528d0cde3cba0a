internal import Foundation
internal import GRDB

/// The first page of a cassette: SQLite's header and the list of tables, alike in all cassettes but for a few counters.
enum FirstPage {
    /// Offsets in SQLite's header (sqlite.org/fileformat2.html#the_database_header); numbers are big-endian.
    private enum Offset {
        static let writeVersion = 18
        static let readVersion = 19
        static let changeCounter = 24
        static let pageCount = 28
        static let freelist = 32..<40
        static let versionValidFor = 92
    }

    /// Overwrites the first page of a file with that of an empty cassette that has as many pages.
    static func replace(in path: String) throws {
        let pageByteCount = CassetteFormat.pageByteCount
        let byteCount = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
        var page = try Array(emptyCassette().prefix(pageByteCount))
        // With a log beside it, SQLite reads that as well.
        let journal: UInt8 = try CassetteFile.status(of: path + "-wal") == .present ? 2 : 1
        page[Offset.writeVersion] = journal
        page[Offset.readVersion] = journal
        let pageCount = UInt32(clamping: max(1, byteCount / pageByteCount))
        withUnsafeBytes(of: pageCount.bigEndian) { bytes in
            page.replaceSubrange(Offset.pageCount..<Offset.pageCount + 4, with: bytes)
        }
        page.replaceSubrange(Offset.freelist, with: repeatElement(0, count: Offset.freelist.count))
        // The page count is taken only if these two agree.
        page.replaceSubrange(
            Offset.versionValidFor..<Offset.versionValidFor + 4,
            with: page[Offset.changeCounter..<Offset.changeCounter + 4]
        )
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
        defer { try? file.close() }
        try file.write(contentsOf: page)
    }

    /// The bytes of a cassette without recordings.
    private static func emptyCassette() throws -> Data {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "openrouter-sim-" + UUID().uuidString
        )
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("empty.cassette")
        let queue = try DatabaseQueue(
            path: file.path,
            configuration: CassetteConnection.configuration(readonly: false)
        )
        try queue.writeWithoutTransaction { try CassetteConnection.createSchema($0) }
        try queue.close()
        return try Data(contentsOf: file)
    }
}
