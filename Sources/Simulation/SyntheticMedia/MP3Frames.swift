/// Reads the frame headers of MPEG audio layer III (ISO/IEC 11172-3 and 13818-3, section 2.4.2.3).
enum MP3Frames {
    /// The seconds of all frames that are whole; nil if the bytes do not begin with a tag or a frame, or have none.
    static func duration(of bytes: [UInt8]) -> Double? {
        var offset = tagByteCount(bytes)
        guard offset > 0 || Header(bytes, at: 0) != nil else { return nil }
        var seconds = 0.0
        while offset <= bytes.count - 4 {
            if let header = Header(bytes, at: offset) {
                offset += header.byteCount
                if offset <= bytes.count { seconds += Double(header.sampleCount) / Double(header.sampleRate) }
            } else {
                offset += 1
            }
        }
        return seconds > 0 ? seconds : nil
    }

    /// The bytes of an ID3v2 tag, 0 if there is none: a header of 10 bytes, and a size of four times 7 bits
    /// (<https://id3.org/id3v2.4.0-structure>, section 3.1).
    private static func tagByteCount(_ bytes: [UInt8]) -> Int {
        guard bytes.has("ID3", at: 0), bytes.count >= 10 else { return 0 }
        return 10 + bytes[6..<10].reduce(0) { $0 << 7 | Int($1 & 0x7F) }
    }

    /// What a frame header says.
    private struct Header {
        let sampleCount: Int
        let sampleRate: Int
        let byteCount: Int

        /// Reads a header; nil if there is none of layer III with a bit rate and a sample rate from the tables.
        init?(_ bytes: [UInt8], at offset: Int) {
            guard let word = bytes.bigEndian(at: offset, byteCount: 4), word >> 21 == 0x7FF, word >> 17 & 3 == 1 else {
                return nil
            }
            // 3 is MPEG-1, 2 MPEG-2 with half the sample rates, 0 the unofficial MPEG-2.5 with a quarter of them.
            let version = word >> 19 & 3
            let rates = [44_100, 48_000, 32_000]
            let kilobits = (version == 3 ? Self.kilobits : Self.lowKilobits)[word >> 12 & 15]
            guard version != 1, kilobits > 0, word >> 10 & 3 < rates.count else { return nil }
            sampleRate = rates[word >> 10 & 3] >> (version == 3 ? 0 : version == 2 ? 1 : 2)
            sampleCount = version == 3 ? 1152 : 576
            byteCount = sampleCount / 8 * kilobits * 1000 / sampleRate + word >> 9 & 1
        }

        /// The bit rates of MPEG-1; 0 where there is none or a free one.
        private static let kilobits = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0]
        /// The bit rates of the lower sampling frequencies.
        private static let lowKilobits = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0]
    }
}
