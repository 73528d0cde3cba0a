/// A format that speech can be encoded in, all with one channel.
package enum AudioFormat: String, CaseIterable, Sendable {
    /// Samples of 16 bits, little-endian, 24 kHz, without a header.
    case pcm
    /// The same samples in a RIFF file.
    case wav
    /// MPEG-2 layer III, 24 kHz, 16 kbit/s.
    case mp3
    /// The same samples, compressed without loss.
    case flac
    /// Opus in an Ogg file: silence of the same duration.
    case opus

    /// Creates a format from a name in a request; `pcm16` is another one for `pcm`.
    package init?(name: String) {
        self.init(rawValue: name == "pcm16" ? "pcm" : name)
    }

    /// The type of the bytes, as OpenRouter sends it for `pcm` and `mp3`; for the others as in RFC 9639, section 12.1,
    /// RFC 7845, section 9, and common use.
    package var mediaType: String {
        switch self {
        case .pcm: "audio/pcm"
        case .wav: "audio/wav"
        case .mp3: "audio/mpeg"
        case .flac: "audio/flac"
        case .opus: "audio/ogg"
        }
    }
}
