/// Silence as AAC low complexity (ISO/IEC 14496-3): 24 kHz, one channel.
enum SilentAAC {
    static let sampleRate = 24_000

    /// The samples of a frame.
    static let frameSampleCount = 1024

    /// The decoder's configuration (section 1.6.2.1): object type 2 in 5 bits, rate index 6 and one channel in 4 each.
    static let configuration: [UInt8] = [0x13, 0x08]

    /// A frame (section 4.4.2): a single channel element of zeros, whose scale factor bands are none, and the end, 7.
    static let frame: [UInt8] = [0, 0, 0, 7]
}
