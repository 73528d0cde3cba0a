/// A cyclic redundancy check of 8 to 32 bits.
struct CyclicRedundancyCheck: Sendable {
    /// The order in which a byte's bits enter the division.
    enum BitOrder: Sendable {
        case highFirst
        case lowFirst
    }

    private let table: [UInt32]
    private let width: UInt32
    private let order: BitOrder
    /// What the remainder starts from and, at the end, is combined with.
    private let mask: UInt32

    /// Creates a check.
    ///
    /// - Parameters:
    ///   - polynomial: The divisor without its highest term, in the order of the bits.
    ///   - width: The bits of the remainder; 32 if the order is low first.
    ///   - order: The order of the bits.
    ///   - mask: What the remainder starts from and, at the end, is combined with.
    init(polynomial: UInt32, width: UInt32, order: BitOrder = .highFirst, mask: UInt32 = 0) {
        self.width = width
        self.order = order
        self.mask = mask
        // A narrow remainder is kept at the upper end of the word, so that all widths are one case.
        let divisor = polynomial << (32 - width)
        func divided(_ rest: UInt32) -> UInt32 {
            switch order {
            case .highFirst: rest << 1 ^ (rest >> 31 == 1 ? divisor : 0)
            case .lowFirst: rest >> 1 ^ (rest & 1 == 1 ? divisor : 0)
            }
        }
        table = (UInt32(0)..<256).map { byte in
            let start = order == .highFirst ? byte << 24 : byte
            return (0..<8).reduce(start) { rest, _ in divided(rest) }
        }
    }

    /// The remainder of `bytes`.
    func remainder(of bytes: some Sequence<UInt8>) -> UInt32 {
        switch order {
        case .highFirst:
            bytes.reduce(mask) { $0 << 8 ^ table[Int($0 >> 24 ^ UInt32($1))] } >> (32 - width) ^ mask
        case .lowFirst:
            bytes.reduce(mask) { $0 >> 8 ^ table[Int(($0 ^ UInt32($1)) & 0xFF)] } ^ mask
        }
    }
}

extension CyclicRedundancyCheck {
    /// The check of PNG chunks (PNG, third edition, section 5.5).
    static let png = CyclicRedundancyCheck(polynomial: 0xEDB8_8320, width: 32, order: .lowFirst, mask: .max)

    /// The check of FLAC frame headers (RFC 9639, section 9.1.8).
    static let flacHeader = CyclicRedundancyCheck(polynomial: 0x07, width: 8)

    /// The check of whole FLAC frames (RFC 9639, section 9.3).
    static let flacFrame = CyclicRedundancyCheck(polynomial: 0x8005, width: 16)

    /// The check of Ogg pages (RFC 3533, section 6).
    static let oggPage = CyclicRedundancyCheck(polynomial: 0x04C1_1DB7, width: 32)
}
