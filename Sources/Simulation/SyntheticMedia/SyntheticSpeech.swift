internal import Tapes

/// Sound made from a text: a quiet tone for each syllable, silence between words.
///
/// ```swift
/// let speech = SyntheticSpeech(text: input, voice: "alloy", seed: generator.next())
/// let bytes = speech.encoded(as: .mp3)
/// ```
package struct SyntheticSpeech: Hashable, Sendable {
    /// Samples a second, in all formats but Opus.
    package static let sampleRate = 24_000

    /// A tone.
    struct Syllable: Hashable, Sendable {
        /// The samples during which it sounds.
        var samples: Range<Int>
        /// Vibrations a second.
        var pitch: Int
    }

    /// How many samples there are; a multiple of 24, a millisecond.
    package let sampleCount: Int

    /// The tones, one after the other.
    let syllables: [Syllable]

    /// Creates the speech of a text.
    ///
    /// - Parameters:
    ///   - text: What is said; 15 characters take a second, and any text at least 0.2 seconds.
    ///   - voice: What the height of the tones follows from.
    ///   - speed: How much faster than usual, 0.25 to 4; what is outside counts as the nearest of these.
    ///   - seed: What the melody follows from.
    package init(text: String, voice: String = "", speed: Double = 1, seed: UInt64) {
        let characters = Array(text)
        let milliseconds = Double(characters.count) / 15 / min(max(0.25, speed), 4) * 1000
        let sampleCount = max(200, Int(milliseconds)) * 24
        self.sampleCount = sampleCount

        // Both vary the tones on their own: the voice their height, the seed the melody.
        var voices = SeededGenerator(seed: 0)
        var timbre = voices.branch(mixing: voice)
        let base = timbre.integer(in: 100...220)
        var melody = SeededGenerator(seed: seed)
        syllables = Self.syllables(of: characters).map { range in
            let start = sampleCount * range.lowerBound / characters.count
            let end = sampleCount * range.upperBound / characters.count
            let pitch = base * melody.integer(in: 85...120) / 100
            return Syllable(samples: start..<end - (end - start) / 5, pitch: pitch)
        }
    }

    /// How long the speech lasts.
    package var duration: Duration { .milliseconds(sampleCount / 24) }

    /// The bytes of the speech in a format.
    package func encoded(as format: AudioFormat) -> [UInt8] {
        switch format {
        case .pcm: PCMEncoder.encode(samples)
        case .wav: PCMEncoder.encodeWAV(samples)
        case .mp3: MP3Encoder.encode(self)
        case .flac: FLACEncoder.encode(samples)
        case .opus: OpusEncoder.encodeSilence(of: duration)
        }
    }

    /// Groups of at most three letters or digits that follow each other.
    private static func syllables(of characters: [Character]) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        for (index, character) in characters.enumerated() where character.isLetter || character.isNumber {
            if let last = ranges.last, last.upperBound == index, last.count < 3 {
                ranges[ranges.count - 1] = last.lowerBound..<index + 1
            } else {
                ranges.append(index..<index + 1)
            }
        }
        return ranges
    }
}
