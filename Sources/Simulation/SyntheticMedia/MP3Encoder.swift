/// Writes speech as MPEG audio layer III with low sampling frequency (ISO/IEC 13818-3, after ISO/IEC 11172-3).
///
/// There is no analysis: a frame is 24 milliseconds, and its spectrum is written directly, three lines for the
/// syllable that sounds in its middle, or none.
enum MP3Encoder {
    /// The samples of a frame, which has one granule at low sampling frequencies.
    static let frameSampleCount = 576

    /// The bytes of a frame: 72 times the bit rate by the sample rate (ISO/IEC 13818-3, section 2.4.3.1).
    static let frameByteCount = 72 * 16_000 / SyntheticSpeech.sampleRate

    static func encode(_ speech: SyntheticSpeech) -> [UInt8] {
        let frameCount = (speech.sampleCount + frameSampleCount - 1) / frameSampleCount
        var syllables = speech.syllables[...]
        var bytes: [UInt8] = []
        for number in 0..<frameCount {
            let middle = (2 * number + 1) * frameSampleCount / 2
            while let first = syllables.first, first.samples.upperBound <= middle { syllables.removeFirst() }
            let sounding = syllables.first.flatMap { $0.samples.contains(middle) ? $0 : nil }
            bytes += frame(number, lines: sounding.map(lines) ?? [])
        }
        return bytes
    }

    /// The spectral lines of a tone and of twice and three times its pitch; 576 lines make half the sample rate.
    private static func lines(of syllable: SyntheticSpeech.Syllable) -> [Int] {
        (1...3).map { $0 * syllable.pitch * 2 * frameSampleCount / SyntheticSpeech.sampleRate }
    }

    /// A frame: header, side information, spectrum, and zeros, which decoders skip as ancillary data.
    private static func frame(_ number: Int, lines: [Int]) -> [UInt8] {
        let spectrum = spectrum(number, lines: lines)
        // Sync word, MPEG-2, layer III, no check; 16 kbit/s, 24 kHz, no padding; one channel
        // (ISO/IEC 11172-3, section 2.4.2.3; ISO/IEC 13818-3, section 2.4.2.3).
        var bits = BitWriter(after: [0xFF, 0xF3, 0x24, 0xC0])
        // The side information of one channel (ISO/IEC 13818-3, section 2.4.1.7).
        bits.append(0, 8)  // main_data_begin: the data is in this frame.
        bits.append(0, 1)  // private_bits
        bits.append(spectrum.bitCount, 12)  // part2_3_length; scale factors of no bits.
        bits.append(0, 9)  // big_values
        bits.append(gain, 8)  // global_gain
        bits.append(0, 9)  // scalefac_compress
        bits.append(0, 1)  // window_switching_flag
        bits.append(0, 15)  // table_select
        bits.append(0, 7)  // region0_count, region1_count
        bits.append(0, 1)  // scalefac_scale
        bits.append(1, 1)  // count1table_select: table B
        var spectrumBits = spectrum
        spectrumBits.align()
        let bytes = bits.bytes + spectrumBits.bytes
        return bytes + Array(repeating: 0, count: frameByteCount - bytes.count)
    }

    /// Lines of the size one, from the lowest in groups of four.
    ///
    /// A group is a word of table B, which has a 0 for each line that sounds, and their signs (ISO/IEC 11172-3,
    /// section 2.4.2.7 and table 3-B.7, "hcod" 33). The signs go round with the frames so that the wave goes on: at
    /// the middle of a line's width, a frame is a whole number of half vibrations and a quarter.
    private static func spectrum(_ number: Int, lines: [Int]) -> BitWriter {
        var bits = BitWriter()
        for group in 0..<(lines.max().map { $0 / 4 + 1 } ?? 0) {
            let sounding = (group * 4..<group * 4 + 4).map(lines.contains)
            for sounds in sounding { bits.append(sounds ? 0 : 1, 1) }
            for (offset, sounds) in sounding.enumerated() where sounds {
                let isOdd = offset % 2 == 1
                bits.append((number + (isOdd ? 1 : 0)) / 2, 1)
            }
        }
        return bits
    }

    /// The loudness: a quarter of the power of two, above 210 (ISO/IEC 11172-3, section 2.4.3.4.7.1).
    private static let gain = 192
}
