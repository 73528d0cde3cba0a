/// Writes silence as Opus (RFC 6716) in Ogg pages (RFC 3533, RFC 7845).
enum OpusEncoder {
    /// A packet of 20 milliseconds: fullband, one channel, one frame (RFC 6716, section 3.1), whose first symbol,
    /// "silence" (section 4.3), is set.
    private static let packet: [UInt8] = [0xF8, 0xFF, 0xFE]

    /// Encodes silence; what the last packet is too long for, a player leaves out (RFC 7845, section 4.4).
    static func encodeSilence(of duration: Duration) -> [UInt8] {
        // Opus counts in 48 kHz, whatever was its input.
        let sampleCount = Int(duration / .microseconds(1)) * 48 / 1000
        let packetCount = (sampleCount + preSkip + 959) / 960
        var bytes = page(0, flags: 2, position: 0, [identification])
        bytes += page(1, flags: 0, position: 0, [comment])
        // A second a page.
        for (number, start) in stride(from: 0, to: packetCount, by: 50).enumerated() {
            let end = min(start + 50, packetCount)
            bytes += page(
                UInt32(number + 2),
                flags: end == packetCount ? 4 : 0,
                position: min(end * 960, sampleCount + preSkip),
                Array(repeating: packet, count: end - start)
            )
        }
        return bytes
    }

    /// The samples that a player drops while the decoder settles (RFC 7845, section 4.2): the usual 6.5 milliseconds.
    private static let preSkip = 312

    /// The identification header (RFC 7845, section 5.1): version 1, one channel, no gain, mapping family 0.
    private static var identification: [UInt8] {
        var bytes = Array("OpusHead".utf8) + [1, 1]
        bytes.append(littleEndian: UInt16(preSkip))
        bytes.append(littleEndian: UInt32(SyntheticSpeech.sampleRate))
        return bytes + [0, 0, 0]
    }

    /// The comment header (RFC 7845, section 5.2): a vendor, and no comments.
    private static var comment: [UInt8] {
        let vendor = Array("openrouter-sim".utf8)
        var bytes = Array("OpusTags".utf8)
        bytes.append(littleEndian: UInt32(vendor.count))
        bytes += vendor
        bytes.append(littleEndian: UInt32(0))
        return bytes
    }

    /// A page of whole packets, each shorter than 255 bytes (RFC 3533, section 6).
    ///
    /// - Parameters:
    ///   - number: Counts the pages.
    ///   - flags: 2 for the first page, 4 for the last.
    ///   - position: The samples up to the end of the page.
    ///   - packets: What the page holds.
    /// - Returns: The bytes of the page.
    private static func page(_ number: UInt32, flags: UInt8, position: Int, _ packets: [[UInt8]]) -> [UInt8] {
        func bytes(checksum: UInt32) -> [UInt8] {
            var bytes = Array("OggS".utf8) + [0, flags]
            bytes.append(littleEndian: UInt64(position))
            bytes.append(littleEndian: UInt32(1))  // The only stream.
            bytes.append(littleEndian: number)
            bytes.append(littleEndian: checksum)
            bytes.append(UInt8(packets.count))
            return bytes + packets.map { UInt8($0.count) } + packets.joined()
        }
        return bytes(checksum: CyclicRedundancyCheck.oggPage.remainder(of: bytes(checksum: 0)))
    }
}
