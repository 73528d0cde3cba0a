internal import HTTPTypes
internal import NIOCore
internal import Tapes
internal import Testing

@Suite("Writing chunks")
struct ChunkWriterTests {
    @Test(
        "Pieces of a chunk are sent as pieces of a chunk",
        arguments: [
            ([("a", .whole), ("bc", .whole)], "1¶a¶2¶bc¶0¶¶"),
            ([("a", .start(byteCount: 3)), ("bc", .rest), ("d", .whole)], "3¶abc¶1¶d¶0¶¶"),
            ([("a", .start(byteCount: 3)), ("b", .rest), ("c", .rest)], "3¶abc¶0¶¶"),
            // An empty chunk would end the body.
            ([("", .whole), ("a", .whole)], "1¶a¶0¶¶"),
            // What lies is made to fit: a rest without a start, a start smaller than its own bytes.
            ([("ab", .rest)], "2¶ab¶0¶¶"),
            ([("abc", .start(byteCount: 1))], "3¶abc¶0¶¶"),
            ([("0123456789abcdef!", .whole)], "11¶0123456789abcdef!¶0¶¶"),
            ([], "0¶¶"),
        ] as [([(String, Frame.Chunk)], String)]
    )
    func pieces(frames: [(String, Frame.Chunk)], expected: String) {
        var writer = ChunkWriter(isChunked: true)
        var buffer = ByteBuffer()
        for (text, chunk) in frames { writer.write(ByteBuffer(string: text), chunk, into: &buffer) }
        writer.finish([:], into: &buffer)
        #expect(String(buffer: buffer).replacing("\r\n", with: "¶") == expected)
    }

    @Test("Without chunks the bytes are as they are, and there is no end to write")
    func plain() {
        var writer = ChunkWriter(isChunked: false)
        var buffer = ByteBuffer()
        writer.write(ByteBuffer(string: "a"), .start(byteCount: 9), into: &buffer)
        writer.write(ByteBuffer(string: "b"), .rest, into: &buffer)
        writer.finish([.contentType: "x"], into: &buffer)
        #expect(String(buffer: buffer) == "ab")
    }
}
