internal import Testing

@testable internal import Simulation

@Suite("Synthetic speech")
struct SyntheticSpeechTests {
    private static let text = "The quick brown fox jumps over the lazy dog."

    @Test(
        "The duration follows from text and speed",
        arguments: [
            ("", 1.0, 200), ("a", 1, 200), (text, 1, 2933), (text, 2, 1466), (text, 0.25, 11_733), (text, 0, 11_733),
            (text, 1000, 733), (text, .nan, 11_733),
        ]
    )
    func duration(text: String, speed: Double, milliseconds: Int) {
        let speech = SyntheticSpeech(text: text, speed: speed, seed: 1)
        #expect(speech.duration == .milliseconds(milliseconds))
        #expect(speech.encoded(as: .pcm).count == milliseconds * 48)
    }

    @Test("Syllables sound, and between words is silence")
    func syllables() throws {
        let speech = SyntheticSpeech(text: "abcd ef, 日本 9", seed: 1)
        let starts = speech.syllables.map { ($0.samples.lowerBound * 13 + 12) / speech.sampleCount }
        #expect(starts == [0, 3, 5, 9, 12])
        let samples = speech.samples
        #expect(samples.map { abs(Int($0)) }.max() ?? 0 < 6000)
        for syllable in speech.syllables {
            #expect((85...264).contains(syllable.pitch))
            #expect(samples[syllable.samples].contains { abs($0) > 1500 })
        }
        for (syllable, next) in zip(speech.syllables, speech.syllables.dropFirst()) {
            #expect(samples[syllable.samples.upperBound..<next.samples.lowerBound].allSatisfy { $0 == 0 })
        }
        #expect(SyntheticSpeech(text: "?! …", seed: 1).samples.allSatisfy { $0 == 0 })
    }

    @Test("A tone crosses zero twice a vibration")
    func pitch() throws {
        let speech = SyntheticSpeech(text: "a", seed: 1)
        let syllable = try #require(speech.syllables.first)
        let samples = speech.samples[syllable.samples]
        let rising = zip(samples, samples.dropFirst()).count { $0 < 0 && $1 >= 0 }
        let expected = syllable.pitch * syllable.samples.count / SyntheticSpeech.sampleRate
        #expect(abs(rising - expected) <= 1)
    }

    @Test("A WAV is a header and the samples")
    func wav() {
        let speech = SyntheticSpeech(text: Self.text, seed: 1)
        let (wav, pcm) = (speech.encoded(as: .wav), speech.encoded(as: .pcm))
        #expect(Array(wav[44...]) == pcm)
        #expect(wav.has("RIFF", at: 0) && wav.has("WAVEfmt ", at: 8) && wav.has("data", at: 36))
        #expect(wav.littleEndian(at: 4, byteCount: 4) == wav.count - 8)
        let fields = [(16, 4), (20, 2), (22, 2), (24, 4), (28, 4), (32, 2), (34, 2), (40, 4)]
            .map { wav.littleEndian(at: $0, byteCount: $1) }
        #expect(fields == [16, 1, 1, 24_000, 48_000, 2, 16, pcm.count])
        #expect(speech.samples.first { $0 < 0 }.map { Int($0) & 0xFFFF } == firstNegative(in: pcm))
    }

    private func firstNegative(in pcm: [UInt8]) -> Int? {
        stride(from: 0, to: pcm.count, by: 2).lazy.compactMap { pcm.littleEndian(at: $0, byteCount: 2) }
            .first { $0 >= 0x8000 }
    }

    @Test(
        "A FLAC decodes to the samples",
        arguments: ["", "Hi", text, "wait                                          for"]
    )
    func flac(text: String) throws {
        let speech = SyntheticSpeech(text: text, seed: 3)
        let sound = try #require(FLACSound(speech.encoded(as: .flac)))
        #expect(sound.declaredSampleCount == speech.sampleCount)
        #expect(sound.samples == speech.samples.map { Int($0) })
    }

    /// From 2048 on, a block's number is coded in three bytes.
    @Test("A long FLAC numbers its blocks")
    func longFLAC() throws {
        let sampleCount = 4096 * 2050 + 24
        let sound = try #require(FLACSound(FLACEncoder.encode(Array(repeating: -5, count: sampleCount))))
        #expect(sound.samples.count == sampleCount)
    }

    @Test("An MP3 is whole frames that last as long as the text")
    func mp3() {
        let speech = SyntheticSpeech(text: Self.text, seed: 1)
        let bytes = speech.encoded(as: .mp3)
        #expect(bytes.count == (speech.sampleCount + 575) / 576 * 48)
        for start in stride(from: 0, to: bytes.count, by: 48) {
            #expect(Array(bytes[start..<start + 4]) == [0xFF, 0xF3, 0x24, 0xC0])
            var frame = BitReader(Array(bytes[start + 4..<start + 48]))
            #expect(frame.number(9) == 0)
            let spectrumBits = frame.number(12)
            let middle = start / 48 * 576 + 288
            let sounds = speech.syllables.contains { $0.samples.contains(middle) }
            // Three lines are three words with one sign each, or fewer words where lines share one.
            #expect(sounds == (spectrumBits > 0))
            #expect(spectrumBits == 0 || spectrumBits % 4 == 3)
            frame.position = 72 + spectrumBits
            #expect(frame.number(44 * 8 - frame.position) == 0)
        }
    }

    @Test("An Opus file is checked pages that end with the speech")
    func opus() throws {
        let speech = SyntheticSpeech(text: Self.text, seed: 1)
        let bytes = speech.encoded(as: .opus)
        var offset = 0
        var positions: [Int] = []
        var flags: [UInt8] = []
        while offset < bytes.count {
            let packetCount = Int(bytes[offset + 26])
            let content = bytes[offset + 27..<offset + 27 + packetCount].reduce(0) { $0 + Int($1) }
            var page = Array(bytes[offset..<offset + 27 + packetCount + content])
            #expect(page.has("OggS", at: 0))
            #expect(page.littleEndian(at: 18, byteCount: 4) == positions.count)
            positions.append(try #require(page.littleEndian(at: 6, byteCount: 8)))
            flags.append(page[5])
            let check = page.littleEndian(at: 22, byteCount: 4)
            page.replaceSubrange(22..<26, with: [0, 0, 0, 0])
            #expect(check == Int(BitwiseCRC.highFirst(page, polynomial: 0x04C1_1DB7, width: 32)))
            offset += page.count
        }
        #expect(flags == [2, 0, 0, 0, 4])
        #expect(positions == [0, 0, 48_000, 96_000, 2933 * 48 + 312])
    }

    @Test("Speech follows from text, voice and seed", arguments: [AudioFormat.pcm, .wav, .mp3, .flac])
    func seeds(format: AudioFormat) {
        func bytes(_ text: String, _ voice: String, _ seed: UInt64) -> [UInt8] {
            SyntheticSpeech(text: text, voice: voice, seed: seed).encoded(as: format)
        }
        let first = bytes(Self.text, "alloy", 1)
        #expect(bytes(Self.text, "alloy", 1) == first)
        #expect(bytes(Self.text, "nova", 1) != first)
        #expect(bytes(Self.text, "alloy", 2) != first)
        #expect(bytes(String(Self.text.reversed()), "alloy", 1) != first)
    }

    /// What ffmpeg 5.1.9 and flac 1.4.2 decode without a message to the samples of `pcm`, or for `mp3` and `opus` to
    /// sound of the same duration.
    @Test(
        "The bytes of speech are pinned",
        arguments: [
            (AudioFormat.pcm, 73584, 0x977F_2573 as UInt32), (.wav, 73628, 0x549E_F839), (.mp3, 3072, 0x12B3_5370),
            (.flac, 25923, 0xDE95_E987), (.opus, 467, 0x8978_ABCD),
        ]
    )
    func pinned(format: AudioFormat, count: Int, check: UInt32) {
        let bytes = SyntheticSpeech(text: "Hello, synthetic world!", voice: "alloy", seed: 1).encoded(as: format)
        #expect(bytes.count == count)
        #expect(BitwiseCRC.crc32(bytes) == check)
    }

    @Test("A format has one other name, and a media type")
    func names() {
        #expect(AudioFormat(name: "pcm16") == .pcm)
        #expect(AudioFormat(name: "mp3") == .mp3)
        #expect(AudioFormat(name: "aiff") == nil)
        #expect(
            AudioFormat.allCases.map(\.mediaType) == [
                "audio/pcm", "audio/wav", "audio/mpeg", "audio/flac", "audio/ogg",
            ]
        )
        #expect(ImageFormat.allCases.map(\.mediaType) == ["image/png", "image/jpeg", "image/webp", "image/svg+xml"])
    }
}
