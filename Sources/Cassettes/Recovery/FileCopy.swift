internal import Foundation

/// Copies bytes into a file that is there, piece by piece, so that large files need no memory.
enum FileCopy {
    private static let pieceByteCount = 1 << 20

    static func copy(_ path: String, to other: String) throws {
        let source = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        defer { try? source.close() }
        let output = try FileHandle(forWritingTo: URL(fileURLWithPath: other))
        defer { try? output.close() }
        while let piece = try source.read(upToCount: pieceByteCount), !piece.isEmpty {
            try output.write(contentsOf: piece)
        }
    }
}
