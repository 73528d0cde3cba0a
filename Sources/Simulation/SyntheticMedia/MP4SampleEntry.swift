/// Makes the boxes that say how a track is coded.
enum MP4SampleEntry {
    /// H.264 with its parameter sets (ISO/IEC 14496-12, section 12.1.3; ISO/IEC 14496-15, section 5.3).
    static func avc1(_ stream: H264Stream, width: Int, height: Int) -> [UInt8] {
        let profile = H264Stream.profile
        var configuration: [UInt8] = [1, profile.number, profile.constraints, stream.level]
        configuration.append(0xFF)  // Lengths of units have four bytes.
        configuration.append(0xE1)  // One sequence parameter set.
        configuration += MP4Box.halves([stream.sequenceParameters.count]) + stream.sequenceParameters
        configuration.append(1)
        configuration += MP4Box.halves([stream.pictureParameters.count]) + stream.pictureParameters
        return MP4Box.box(
            "avc1",
            MP4Box.halves([0, 0, 0, 1]),  // The first data reference.
            MP4Box.words([0, 0, 0, 0]),
            MP4Box.halves([width, height]),
            MP4Box.words([72 << 16, 72 << 16, 0]),  // Pixels an inch.
            MP4Box.halves([1]),  // One frame a sample.
            Array(repeating: 0, count: 32),  // No name of a compressor.
            MP4Box.halves([24, -1]),
            MP4Box.box("avcC", configuration)
        )
    }

    /// AAC with its configuration (ISO/IEC 14496-12, section 12.2.3; ISO/IEC 14496-14, section 5.6).
    static var mp4a: [UInt8] {
        MP4Box.box(
            "mp4a",
            MP4Box.halves([0, 0, 0, 1]),
            MP4Box.words([0, 0]),
            MP4Box.halves([1, 16, 0, 0]),  // One channel, 16 bits.
            MP4Box.words([SilentAAC.sampleRate << 16]),
            MP4Box.fullBox("esds", [], elementaryStream)
        )
    }

    /// The elementary stream's descriptor (ISO/IEC 14496-1, section 7.2.6).
    private static var elementaryStream: [UInt8] {
        let specific = descriptor(5, SilentAAC.configuration)
        // Object type: MPEG-4 audio; stream type: audio; no buffer size and no bit rates.
        let decoder = descriptor(4, [0x40, 0x15] + Array(repeating: 0, count: 11) + specific)
        return descriptor(3, [0, 0, 0] + decoder + descriptor(6, [2]))
    }

    /// A descriptor of less than 128 bytes: tag, size, content.
    private static func descriptor(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        [tag, UInt8(content.count)] + content
    }
}
