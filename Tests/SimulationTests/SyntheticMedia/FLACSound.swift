@testable internal import Simulation

/// The samples of a FLAC file of one channel whose subframes are constant or of a fixed predictor of order 2.
struct FLACSound {
    var declaredSampleCount = 0
    var samples: [Int] = []

    /// Decodes; nil if a check or a field is not as it must be.
    init?(_ bytes: [UInt8]) {
        guard bytes.starts(with: Array("fLaC".utf8) + [0x80, 0, 0, 34]), bytes.count > 42 else { return nil }
        var info = BitReader(Array(bytes[8..<42]))
        guard info.number(16) == 4096, info.number(16) == 4096, info.number(48) == 0 else { return nil }
        guard info.number(20) == 24_000, info.number(3) == 0, info.number(5) == 15 else { return nil }
        declaredSampleCount = info.number(36)
        var reader = BitReader(bytes)
        reader.position = 42 * 8
        var number = 0
        while reader.position < bytes.count * 8 {
            guard readFrame(number, from: &reader) else { return nil }
            number += 1
        }
    }

    private mutating func readFrame(_ number: Int, from reader: inout BitReader) -> Bool {
        let start = reader.position / 8
        guard reader.number(16) == 0xFFF8 else { return false }
        let sizeCode = reader.number(4)
        guard reader.number(4) == 7, reader.number(4) == 0, reader.number(4) == 8 else { return false }
        var coded = ""
        while coded.isEmpty {
            // Numbers below the surrogates are written just like characters.
            var decoder = UTF8()
            var rest = reader.bytes[(reader.position / 8)...].makeIterator()
            guard case .scalarValue(let scalar) = decoder.decode(&rest) else { return false }
            coded.unicodeScalars.append(scalar)
            guard Int(scalar.value) == number else { return false }
        }
        reader.position += coded.utf8.count * 8
        let count = sizeCode == 12 ? 4096 : reader.number(16) + 1
        let header = reader.bytes[start..<reader.position / 8]
        guard reader.number(8) == BitwiseCRC.highFirst(header, polynomial: 7, width: 8) else { return false }
        guard readSubframe(count, from: &reader) else { return false }
        reader.align()
        let frame = reader.bytes[start..<reader.position / 8]
        return reader.number(16) == BitwiseCRC.highFirst(frame, polynomial: 0x8005, width: 16)
    }

    private mutating func readSubframe(_ count: Int, from reader: inout BitReader) -> Bool {
        switch reader.number(8) {
        case 0:
            samples += repeatElement(reader.signed(16), count: count)
        case 0b0001_0100:
            var (older, old) = (reader.signed(16), reader.signed(16))
            samples += [older, old]
            guard reader.number(6) == 0 else { return false }
            let parameter = reader.number(4)
            for _ in 2..<count {
                let folded = reader.unary() << parameter | reader.number(parameter)
                let residual = folded & 1 == 1 ? -(folded + 1) / 2 : folded / 2
                (older, old) = (old, 2 * old - older + residual)
                samples.append(old)
            }
        default:
            return false
        }
        return true
    }
}
