/// Writes a unit of an H.264 stream (ISO/IEC 14496-10, section 7.3.1).
struct H264Unit {
    /// The first byte: how much other pictures refer to this one, and the type (table 7-1).
    enum Kind: UInt8 {
        case slice = 0x41
        case keySlice = 0x65
        case sequenceParameters = 0x67
        case pictureParameters = 0x68
    }

    private let kind: Kind
    private var bits = BitWriter()

    init(_ kind: Kind) {
        self.kind = kind
    }

    /// Appends the lowest `count` bits of `value`, the highest of them first.
    mutating func append(_ value: some BinaryInteger, _ count: Int) {
        bits.append(value, count)
    }

    /// Appends an Exp-Golomb number (section 9.1); 0 is the same with and without a sign.
    mutating func appendUnsigned(_ value: Int) {
        let length = Int.bitWidth - (value + 1).leadingZeroBitCount
        bits.append(value + 1, 2 * length - 1)
    }

    /// Fills the last byte up with zeros.
    mutating func align() {
        bits.align()
    }

    /// The whole unit.
    consuming func finished() -> [UInt8] {
        bits.append(1, 1)  // rbsp_trailing_bits
        bits.align()
        var bytes = [kind.rawValue]
        var zeros = 0
        for byte in bits.bytes {
            // Two zeros and a byte up to 3 look like the start of a unit or are reserved.
            if zeros == 2, byte <= 3 {
                bytes.append(3)
                zeros = 0
            }
            bytes.append(byte)
            zeros = byte == 0 ? zeros + 1 : 0
        }
        return bytes
    }
}
