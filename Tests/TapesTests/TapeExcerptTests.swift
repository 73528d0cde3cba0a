internal import HTTPTypes
internal import Tapes
internal import Testing

@Suite("Excerpts of answers")
struct TapeExcerptTests {
    private static func tape(_ frames: [String]) -> Tape {
        Tape(head: ResponseHead(status: .ok), frames: frames.map { Frame($0) }, origin: .server)
    }

    @Test("Small answers are kept as they are, large ones to a limit of bytes or of frames")
    func keptAnswers() {
        let small = Self.tape(["a", "b"])
        #expect(TapeExcerpt(small).tape == small)
        let large = TapeExcerpt(Self.tape(Array(repeating: String(repeating: "x", count: 1000), count: 100)))
        #expect(large.tape.bodyByteCount == TapeExcerpt.bodyByteLimit)
        #expect(large.bodyByteCount == 100_000)
        #expect(large.frameCount == 100)
        let finelySliced = TapeExcerpt(Self.tape(Array(repeating: "x", count: 5000)))
        #expect(finelySliced.tape.frames.count == TapeExcerpt.frameLimit)
        #expect(finelySliced.frameCount == 5000)
    }
}
