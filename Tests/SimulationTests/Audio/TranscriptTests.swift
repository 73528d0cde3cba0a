internal import Tapes
internal import Testing

@testable internal import Simulation

@Suite("Transcripts")
struct TranscriptTests {
    private static func transcript(seconds: Double, seed: UInt64 = 1) -> Transcript {
        var generator = SeededGenerator(seed: seed)
        let samples = [UInt8](repeating: 0, count: Int(seconds * 48_000))
        return Transcript(of: AudioDuration(of: samples, format: "pcm"), using: &generator)
    }

    @Test("There are two and a half words a second, at least one", arguments: [(0, 1), (0.5, 1), (2, 5), (60, 150)])
    func words(seconds: Double, count: Int) {
        let transcript = Self.transcript(seconds: seconds)
        #expect(transcript.words.count == count)
        #expect(transcript.text.split(separator: " ").count == count)
        #expect(transcript.segments.map(\.words.count).reduce(0, +) == count)
        #expect(transcript == Self.transcript(seconds: seconds))
    }

    @Test("Segments are sentences, and hold all words once")
    func segments() {
        let transcript = Self.transcript(seconds: 60)
        #expect(transcript.segments.count > 5)
        var next = 0
        for segment in transcript.segments {
            #expect(segment.words.lowerBound == next)
            next = segment.words.upperBound
            let text = transcript.text(of: segment.words)
            #expect(text.hasSuffix(".") && text.first?.isUppercase == true)
            #expect(segment.tokens.count == TokenSplitter.count(text))
            #expect((-0.41 ... -0.09).contains(segment.averageLogprob))
        }
        #expect(next == transcript.words.count)
    }

    @Test("A header that claims years is not believed")
    func limit() {
        // A FLAC of one sample a second and 2^36 - 1 of them (RFC 9639, section 8.2).
        let header: [UInt8] = [0, 0, 0x11, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]
        let bytes = Array("fLaC".utf8) + [UInt8](repeating: 0, count: 14) + header
        let duration = AudioDuration(of: bytes, format: "flac")
        #expect(duration.seconds > 1e9)
        var generator = SeededGenerator(seed: 1)
        #expect(Transcript(of: duration, using: &generator).seconds == 86_400)
    }
}
