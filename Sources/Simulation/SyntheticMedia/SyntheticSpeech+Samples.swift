extension SyntheticSpeech {
    /// The samples: of each syllable a tone and its octave, swelling and fading in 10 milliseconds.
    var samples: [Int16] {
        var samples = [Int16](repeating: 0, count: sampleCount)
        for syllable in syllables {
            let range = syllable.samples
            let fade = min(240, range.count / 2)
            let step = UInt16(syllable.pitch * 65_536 / Self.sampleRate)
            var phase: UInt16 = 0
            for index in range {
                let distance = min(index - range.lowerBound, range.upperBound - 1 - index)
                let loudness = min(distance, fade) * 3000 / max(fade, 1)
                let wave = Self.wave(at: phase) + Self.wave(at: phase &* 2) / 2
                samples[index] = Int16(wave * loudness / 0x8000)
                phase &+= step
            }
        }
        return samples
    }

    /// A wave of two parabolas, close to a sine.
    ///
    /// - Parameter phase: 65536 make a vibration.
    /// - Returns: -32768 to 32768.
    private static func wave(at phase: UInt16) -> Int {
        let half = Int(phase & 0x7FFF)
        let height = (half * (0x8000 - half)) >> 13
        return phase < 0x8000 ? height : -height
    }
}
