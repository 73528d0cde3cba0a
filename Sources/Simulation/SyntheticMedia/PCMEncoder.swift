/// Writes samples as they are, with or without the header of a WAV file.
enum PCMEncoder {
    static func encode(_ samples: [Int16]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(samples.count * 2)
        for sample in samples {
            bytes.append(UInt8(truncatingIfNeeded: sample))
            bytes.append(UInt8(truncatingIfNeeded: sample >> 8))
        }
        return bytes
    }

    /// A RIFF file of the form "WAVE" with a format and a data chunk ("Multimedia Programming Interface and Data
    /// Specifications 1.0", IBM and Microsoft, 1991, "Waveform Audio File Format").
    static func encodeWAV(_ samples: [Int16]) -> [UInt8] {
        let data = encode(samples)
        var bytes = Array("RIFF".utf8)
        bytes.append(littleEndian: UInt32(36 + data.count))
        bytes += Array("WAVEfmt ".utf8)
        bytes.append(littleEndian: UInt32(16))
        bytes.append(littleEndian: UInt16(1))  // PCM
        bytes.append(littleEndian: UInt16(1))  // One channel.
        bytes.append(littleEndian: UInt32(SyntheticSpeech.sampleRate))
        bytes.append(littleEndian: UInt32(SyntheticSpeech.sampleRate * 2))  // Bytes a second.
        bytes.append(littleEndian: UInt16(2))  // Bytes of a sample of all channels.
        bytes.append(littleEndian: UInt16(16))  // Bits of a sample.
        bytes += Array("data".utf8)
        bytes.append(littleEndian: UInt32(data.count))
        return bytes + data
    }
}
