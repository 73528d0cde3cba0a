internal import OpenRouterAPI
internal import Testing

@testable internal import Simulation

@Suite("File types")
struct FileTypeTests {
    static let office = "application/vnd.openxmlformats-officedocument."

    static let table: [(bytes: [UInt8], type: String?)] = [
        (Array("%PDF-1.7\n".utf8), "application/pdf"),
        (SyntheticImage(width: 4, height: 4, seed: 1).encoded(as: .png), "image/png"),
        (SyntheticImage(width: 4, height: 4, seed: 1).encoded(as: .jpeg), "image/jpeg"),
        (SyntheticImage(width: 4, height: 4, seed: 1).encoded(as: .webp), "image/webp"),
        (Array("GIF89a".utf8), "image/gif"),
        (Array("GIF87a".utf8), "image/gif"),
        (SyntheticSpeech(text: "Hi", seed: 1).encoded(as: .mp3), "audio/mpeg"),
        (Array("ID3".utf8) + [4, 0], "audio/mpeg"),
        (SyntheticSpeech(text: "Hi", seed: 1).encoded(as: .wav), "audio/wav"),
        (SyntheticSpeech(text: "Hi", seed: 1).encoded(as: .flac), "audio/flac"),
        (SyntheticSpeech(text: "Hi", seed: 1).encoded(as: .opus), "audio/ogg"),
        (zip(["[Content_Types].xml", "word/document.xml"]), office + "wordprocessingml.document"),
        (zip(["xl/workbook.xml"]), office + "spreadsheetml.sheet"),
        (zip(["ppt/presentation.xml", "ppt/slides/slide1.xml"]), office + "presentationml.presentation"),
        (zip(["notes.txt"]), nil),
        (zip([]), nil),
        (Array("PK\u{3}\u{4}".utf8), nil),
        (Array("RIFF".utf8) + [0, 0, 0, 0] + Array("AVI ".utf8), nil),
        ([0xFF, 0xFE, 0x41, 0x00], nil),
        ([0x00, 0x01, 0x02], nil),
        ([0xC3, 0x28], nil),
        (Array("\u{1B}[1m".utf8), nil),
        (SyntheticVideo(width: 16, height: 16, durationSeconds: 1, seed: 1).mp4, nil),
        (Array(#"{"a": 1}"#.utf8), "application/json"),
        (Array(" [1,\n 2]\n".utf8), "application/json"),
        (Array("{\"a\":1}\n{\"a\":2}\n".utf8), "application/x-ndjson"),
        (Array("{\"a\":1}\nno\n".utf8), "text/plain"),
        (Array("a,b\n1,2\n".utf8), "text/csv"),
        (Array("a,b\r\n\"1,5\",2\r\n".utf8), "text/csv"),
        (Array("Well, this\nis prose\n".utf8), "text/plain"),
        (Array("# Title\n\nText\n".utf8), "text/markdown"),
        (Array("See [this](https://example.com).\n".utf8), "text/markdown"),
        (Array("#nothing\n".utf8), "text/plain"),
        (Array("42".utf8), "text/plain"),
        ([0xEF, 0xBB, 0xBF] + Array("{}".utf8), "application/json"),
        (Array("Grüße\tund\u{C}Küsse".utf8), "text/plain"),
    ]

    @Test("A file's type is in its bytes", arguments: table.indices)
    func mediaType(row: Int) {
        let (bytes, type) = Self.table[row]
        #expect(FileType.mediaType(of: bytes[...]) == type)
        // As a part of a form it does not start at 0.
        #expect(FileType.mediaType(of: ([1, 2, 3] + bytes)[3...]) == type)
    }

    @Test("A cut archive has no names", arguments: [10, 30, 60, 90])
    func cutArchive(byteCount: Int) {
        let archive = Self.zip(["word/document.xml"])
        #expect(FileType.mediaType(of: archive.prefix(byteCount)) == nil)
    }

    /// An archive of empty files, with an extra field and a comment for each, and a comment at its end.
    static func zip(_ names: [String]) -> [UInt8] {
        var local: [UInt8] = []
        var directory: [UInt8] = []
        for name in names {
            let bytes = Array(name.utf8)
            let length: [UInt8] = [UInt8(bytes.count), 0]
            local += Array("PK\u{3}\u{4}".utf8) + [UInt8](repeating: 0, count: 22) + length + [0, 0] + bytes
            directory += Array("PK\u{1}\u{2}".utf8) + [UInt8](repeating: 0, count: 24) + length + [4, 0, 2, 0]
            directory += [UInt8](repeating: 0, count: 12) + bytes + [1, 2, 3, 4] + Array("hi".utf8)
        }
        if local.isEmpty { local = Array("PK\u{3}\u{4}".utf8) }
        let count: [UInt8] = [UInt8(names.count), 0]
        let end = Array("PK\u{5}\u{6}".utf8) + [0, 0, 0, 0] + count + count
        let place = [local.count, directory.count]
        let size = [UInt8(place[1] & 255), UInt8(place[1] >> 8), 0, 0]
        let offset = [UInt8(place[0] & 255), UInt8(place[0] >> 8), 0, 0]
        return local + directory + end + size + offset + [3, 0] + Array("end".utf8)
    }
}
