internal import Tapes
internal import Testing

@testable internal import Simulation

@Suite("Audio duration")
struct AudioDurationTests {
    private static let speech = SyntheticSpeech(text: "How long does this take?", seed: 1)

    @Test(
        "The duration of our own files is measured",
        arguments: [
            (AudioFormat.wav, 1.6), (.flac, 1.6), (.opus, 1.6), (.mp3, 67 * 0.024),
        ]
    )
    func measured(format: AudioFormat, seconds: Double) {
        let duration = AudioDuration(of: Self.speech.encoded(as: format))
        #expect(duration.isMeasured)
        #expect(abs(duration.seconds - seconds) < 0.000_001)
    }

    @Test(
        "A header of another rate counts",
        arguments: [
            (0xFFFB_9000, 417, 1152.0 / 44_100), (0xFFFB_9200, 418, 1152.0 / 44_100),
            (0xFFFA_1800, 144, 0.036),
            (0xFFE3_18C0, 72, 0.072),
        ] as [(UInt32, Int, Double)]
    )
    func rates(header: UInt32, byteCount: Int, seconds: Double) {
        var frame: [UInt8] = []
        frame.append(bigEndian: header)
        frame += Array(repeating: 0, count: byteCount - 4)
        // A tag of 128 + 2 bytes before, a tail that is no frame between, and a frame that ends early after.
        let tag = Array("ID3".utf8) + [4, 0, 0, 0, 0, 1, 2] + Array(repeating: 0xFF, count: 130)
        let duration = AudioDuration(of: tag + frame + Array("TAG".utf8) + frame + frame.dropLast())
        #expect(duration.isMeasured)
        #expect(abs(duration.seconds - 2 * seconds) < 0.000_001)
    }

    @Test("A streamed WAV lasts as long as its bytes, and other chunks are passed over")
    func streamedWAV() {
        var bytes = Self.speech.encoded(as: .wav)
        bytes.replaceSubrange(40..<44, with: [0xFF, 0xFF, 0xFF, 0xFF])
        bytes.insert(contentsOf: Array("LIST".utf8) + [3, 0, 0, 0, 1, 2, 3, 0], at: 12)
        #expect(AudioDuration(of: Array(bytes.dropLast(24_000))).seconds == 1.1)
    }

    @Test(
        "Unknown bytes are estimated by the name of the format",
        arguments: [
            ("pcm", 1.0), ("pcm16", 1), ("wav", 1.5), ("flac", 2), ("ogg", 12), ("m4a", 6), (nil, 6),
        ] as [(String?, Double)]
    )
    func estimate(format: String?, seconds: Double) {
        let duration = AudioDuration(of: Array(repeating: 0, count: 48_000), format: format)
        #expect(!duration.isMeasured)
        #expect(duration.seconds == seconds)
    }

    @Test("No changed or missing byte stops the reader", arguments: [AudioFormat.wav, .flac, .opus, .mp3])
    func garbage(format: AudioFormat) {
        let whole = SyntheticSpeech(text: "a", seed: 1).encoded(as: format)
        for count in 0..<min(whole.count, 200) {
            #expect(AudioDuration(of: Array(whole[..<count]), format: format.rawValue).seconds >= 0)
        }
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<300 {
            var bytes = Array(whole.prefix(300))
            for _ in 0..<4 { bytes[generator.below(60)] = UInt8(generator.below(256)) }
            #expect(AudioDuration(of: bytes, format: format.rawValue).seconds >= 0)
        }
    }
}
