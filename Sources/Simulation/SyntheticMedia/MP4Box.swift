/// Makes boxes of ISO base media files (ISO/IEC 14496-12, section 4.2).
enum MP4Box {
    /// A box: size, type, and contents.
    static func box(_ type: String, _ contents: [UInt8]...) -> [UInt8] {
        let content = contents.joined()
        var bytes: [UInt8] = []
        bytes.append(bigEndian: UInt32(8 + content.count))
        return bytes + type.utf8 + content
    }

    /// A box with a version, which is 0, and flags, in front of numbers of 32 bits and other contents.
    static func fullBox(
        _ type: String,
        flags: UInt32 = 0,
        _ numbers: [Int] = [],
        _ contents: [UInt8] = []
    ) -> [UInt8] {
        box(type, words([Int(flags)] + numbers), contents)
    }

    /// Numbers of 32 bits.
    static func words(_ numbers: [Int]) -> [UInt8] {
        var bytes: [UInt8] = []
        for number in numbers { bytes.append(bigEndian: UInt32(truncatingIfNeeded: number)) }
        return bytes
    }

    /// Numbers of 16 bits.
    static func halves(_ numbers: [Int]) -> [UInt8] {
        var bytes: [UInt8] = []
        for number in numbers { bytes.append(bigEndian: UInt16(truncatingIfNeeded: number)) }
        return bytes
    }

    /// The transformation that changes nothing (section 6.2.2).
    static let unityMatrix = [0x1_0000, 0, 0, 0, 0x1_0000, 0, 0, 0, 0x4000_0000]
}
