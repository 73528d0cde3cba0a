/// How long a sound lasts, read from its bytes.
package struct AudioDuration: Hashable, Sendable {
    /// The duration in seconds, 0 or more.
    package let seconds: Double

    /// Whether the bytes say the duration; otherwise it is an estimate from their number.
    package let isMeasured: Bool

    /// Reads the duration of a WAV, FLAC, Ogg Opus or MP3, whatever its format is called.
    ///
    /// - Parameters:
    ///   - bytes: The sound; may end early or be no sound at all.
    ///   - format: The name of the format in the request, such as `m4a`. It decides what bytes of unknown form are.
    package init(of bytes: [UInt8], format: String? = nil) {
        let measured = Self.wav(bytes) ?? Self.flac(bytes) ?? Self.oggOpus(bytes) ?? MP3Frames.duration(of: bytes)
        if let measured {
            seconds = measured
            isMeasured = true
        } else {
            seconds = Double(bytes.count) / Self.usualByteRate(of: format)
            isMeasured = false
        }
    }

    /// The size of the data chunk by the bytes a second of the format chunk ("Multimedia Programming Interface and
    /// Data Specifications 1.0", "Waveform Audio File Format").
    ///
    /// A stream's header may say any size; what counts is what is there.
    private static func wav(_ bytes: [UInt8]) -> Double? {
        guard bytes.has("RIFF", at: 0), bytes.has("WAVE", at: 8) else { return nil }
        var byteRate: Int?
        var offset = 12
        while let size = bytes.littleEndian(at: offset + 4, byteCount: 4) {
            let content = offset + 8
            if bytes.has("fmt ", at: offset) { byteRate = bytes.littleEndian(at: content + 8, byteCount: 4) }
            if bytes.has("data", at: offset) {
                guard let byteRate, byteRate > 0 else { return nil }
                return Double(min(size, bytes.count - content)) / Double(byteRate)
            }
            offset = content + size + size % 2
        }
        return nil
    }

    /// The number of samples by the sample rate (RFC 9639, section 8.2); 0 samples mean that it is not known.
    private static func flac(_ bytes: [UInt8]) -> Double? {
        guard
            bytes.has("fLaC", at: 0), let numbers = bytes.bigEndian(at: 18, byteCount: 3),
            let sampleCount = bytes.bigEndian(at: 21, byteCount: 5), numbers >> 4 > 0, sampleCount & 0xF_FFFF_FFFF > 0
        else { return nil }
        return Double(sampleCount & 0xF_FFFF_FFFF) / Double(numbers >> 4)
    }

    /// The last page's position less what is skipped, in 48 kHz (RFC 7845, section 4).
    private static func oggOpus(_ bytes: [UInt8]) -> Double? {
        guard
            bytes.has("OggS", at: 0), bytes.has("OpusHead", at: 28),
            let preSkip = bytes.littleEndian(at: 38, byteCount: 2),
            let last = bytes.indices.last(where: { bytes[$0] == 0x4F && bytes.has("OggS", at: $0) }),
            let position = bytes.littleEndian(at: last + 6, byteCount: 8), position >= preSkip
        else { return nil }
        return Double(position - preSkip) / 48_000
    }

    /// Bytes a second: of samples with 16 bits as we make them, or else of common bit rates, 64 and 32 kbit/s.
    private static func usualByteRate(of format: String?) -> Double {
        switch format {
        case "pcm", "pcm16": Double(SyntheticSpeech.sampleRate * 2)
        case "wav": 32_000
        case "flac": 24_000
        case "ogg", "opus", "webm": 4000
        default: 8000
        }
    }
}
