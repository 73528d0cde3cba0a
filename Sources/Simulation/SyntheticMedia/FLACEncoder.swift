/// Writes samples as FLAC (RFC 9639): 24 kHz, one channel, 16 bits.
///
/// A silent block is one sample; any other is what remains after a straight line through the two samples before.
enum FLACEncoder {
    /// The samples of a block; the last has fewer.
    static let blockSampleCount = 4096

    /// Encodes samples, whose number is a multiple of 24, so that no block is shorter than its predictor.
    static func encode(_ samples: [Int16]) -> [UInt8] {
        var bytes = Array("fLaC".utf8) + [0x80, 0, 0, 34] + streamInfo(sampleCount: samples.count)
        for (number, start) in stride(from: 0, to: samples.count, by: blockSampleCount).enumerated() {
            bytes += frame(number, samples[start..<min(start + blockSampleCount, samples.count)])
        }
        return bytes
    }

    /// The only metadata block (section 8.2), with zeros, "unknown", for the frame sizes and the digest.
    private static func streamInfo(sampleCount: Int) -> [UInt8] {
        var bits = BitWriter()
        bits.append(blockSampleCount, 16)
        bits.append(blockSampleCount, 16)
        bits.append(0, 24)
        bits.append(0, 24)
        bits.append(SyntheticSpeech.sampleRate, 20)
        bits.append(0, 3)  // Channels less one.
        bits.append(15, 5)  // Bits of a sample less one.
        bits.append(sampleCount >> 32, 4)
        bits.append(sampleCount, 32)
        return bits.bytes + Array(repeating: 0, count: 16)
    }

    /// A frame of one subframe (section 9).
    private static func frame(_ number: Int, _ samples: ArraySlice<Int16>) -> [UInt8] {
        var bits = BitWriter(after: header(number, sampleCount: samples.count))
        if let first = samples.first, samples.allSatisfy({ $0 == first }) {
            bits.append(0, 8)  // A constant subframe (section 9.2.3).
            bits.append(first, 16)
        } else {
            bits.append(0b0001_0100, 8)  // Fixed predictor of order 2 (section 9.2.5).
            for sample in samples.prefix(2) { bits.append(sample, 16) }
            append(residuals: residuals(of: Array(samples)), to: &bits)
        }
        bits.align()
        var bytes = bits.bytes
        bytes.append(bigEndian: UInt16(CyclicRedundancyCheck.flacFrame.remainder(of: bytes)))
        return bytes
    }

    /// The frame header (section 9.1).
    private static func header(_ number: Int, sampleCount: Int) -> [UInt8] {
        let isFull = sampleCount == blockSampleCount
        // Sync code, blocks of one size; 4096 samples, or 16 bits below; 24 kHz; one channel, 16 bits.
        var bytes: [UInt8] = [0xFF, 0xF8, isFull ? 0xC7 : 0x77, 0x08]
        bytes += codedNumber(number)
        if !isFull { bytes.append(bigEndian: UInt16(sampleCount - 1)) }
        bytes.append(UInt8(CyclicRedundancyCheck.flacHeader.remainder(of: bytes)))
        return bytes
    }

    /// A number of up to 31 bits, written as UTF-8 writes characters (section 9.1.5).
    private static func codedNumber(_ number: Int) -> [UInt8] {
        guard number >= 0x80 else { return [UInt8(number)] }
        var rest = number
        var bytes: [UInt8] = []
        // The first byte has ones for the count of bytes, a zero, and the bits that are left for it.
        while rest >= 0x40 >> bytes.count {
            bytes.append(0x80 | UInt8(rest & 0x3F))
            rest >>= 6
        }
        bytes.append(UInt8(truncatingIfNeeded: 0xFF80 >> bytes.count | rest))
        return bytes.reversed()
    }

    /// What differs from the line through the two samples before, for all samples but the first two.
    private static func residuals(of samples: [Int16]) -> [Int] {
        (2..<samples.count).map { Int(samples[$0]) - 2 * Int(samples[$0 - 1]) + Int(samples[$0 - 2]) }
    }

    /// Appends one partition of Rice codes (section 9.2.7).
    private static func append(residuals: [Int], to bits: inout BitWriter) {
        let folded = residuals.map { $0 < 0 ? -2 * $0 - 1 : 2 * $0 }
        let mean = folded.reduce(0, +) / folded.count
        let parameter = min(max(0, Int.bitWidth - 1 - mean.leadingZeroBitCount), 14)
        bits.append(0, 6)  // Parameters of 4 bits; one partition.
        bits.append(parameter, 4)
        for value in folded {
            for _ in 0..<value >> parameter { bits.append(0, 1) }
            bits.append(1, 1)
            bits.append(value, parameter)
        }
    }
}
