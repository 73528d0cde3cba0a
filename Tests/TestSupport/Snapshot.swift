internal import Foundation
package import Testing

/// Compares a text with the file `Snapshots/<name>` beside the calling test.
///
/// `RECORD_SNAPSHOTS=1` writes the file instead. A missing file fails.
package func expectSnapshot(
    _ text: String,
    _ name: String,
    file: String = #filePath,
    sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let folder = URL(filePath: file).deletingLastPathComponent().appending(path: "Snapshots")
    let url = folder.appending(path: name)
    if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return try Data(text.utf8).write(to: url)
    }
    guard let data = try? Data(contentsOf: url) else {
        Issue.record("There is no snapshot \(name); RECORD_SNAPSHOTS=1 writes it.", sourceLocation: sourceLocation)
        return
    }
    let expected = String(decoding: data, as: UTF8.self)
    guard expected != text else { return }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let expectedLines = expected.split(separator: "\n", omittingEmptySubsequences: false)
    let difference = lines.difference(from: expectedLines).map { change in
        switch change {
        case .remove(let offset, let line, _): "-\(offset + 1): \(line)"
        case .insert(let offset, let line, _): "+\(offset + 1): \(line)"
        }
    }
    Issue.record(
        "\(name) differs; RECORD_SNAPSHOTS=1 writes it anew.\n\(difference.joined(separator: "\n"))",
        sourceLocation: sourceLocation
    )
}
