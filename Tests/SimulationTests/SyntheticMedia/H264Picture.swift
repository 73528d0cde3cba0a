/// The macroblocks of an H.264 key frame in which all are flat: with samples, or 16x16 intra without coefficients.
struct H264Picture {
    /// The first luma and chroma samples of a macroblock.
    typealias Levels = [Int]

    private(set) var macroblocks: [Levels] = []
    private let columns: Int
    private var reader: BitReader
    /// How many coefficients each macroblock's blocks have, as far as the choice of tables is concerned.
    private var coefficients: [Int] = []

    /// Decodes a unit; nil if anything is not as it must be.
    init?(unit: [UInt8], columns: Int, rows: Int) {
        self.columns = columns
        let payload = Self.payload(of: unit)
        reader = BitReader(payload)
        let header = [reader.expGolomb(), reader.expGolomb(), reader.expGolomb(), reader.number(4), reader.expGolomb()]
        guard unit.first == 0x65, header == [0, 7, 0, 0, 0], reader.number(2) == 0 else { return nil }
        guard reader.expGolomb() == 0, reader.expGolomb() == 1 else { return nil }
        for _ in 0..<columns * rows {
            guard readMacroblock() else { return nil }
        }
        guard reader.bit() == 1 else { return nil }
        reader.align()
        guard reader.position == payload.count * 8 else { return nil }
    }

    /// The bytes of a unit after the first, without those that only keep it from looking like the start of another.
    static func payload(of unit: [UInt8]) -> [UInt8] {
        var payload: [UInt8] = []
        var zeros = 0
        for byte in unit.dropFirst() {
            if zeros < 2 || byte != 3 { payload.append(byte) }
            zeros = byte == 0 ? zeros + 1 : 0
        }
        return payload
    }

    private mutating func readMacroblock() -> Bool {
        let number = macroblocks.count
        let left = number % columns > 0 ? number - 1 : nil
        let above = number >= columns ? number - columns : nil
        let type = reader.expGolomb()
        guard type != 25 else { return readSamples() }
        guard let source = type == 1 ? above : left, type == 1 || type == 2 else { return false }
        switch reader.expGolomb() {
        case 0:
            // With both neighbors alike, the mean of them is, too; otherwise it is not flat.
            guard let left, let above, macroblocks[left][1...] == macroblocks[above][1...] else { return false }
            guard macroblocks[left][1...] == macroblocks[source][1...] else { return false }
        case 1: guard source == left else { return false }
        case 2: guard source == above else { return false }
        default: return false
        }
        guard reader.expGolomb() == 0 else { return false }
        let neighbors = [left, above].compactMap { $0.map { coefficients[$0] } }
        let count = neighbors.count == 2 ? (neighbors[0] + neighbors[1] + 1) / 2 : neighbors[0]
        guard count < 2 ? reader.bit() == 1 : count >= 8 && reader.number(6) == 3 else { return false }
        macroblocks.append(macroblocks[source])
        coefficients.append(0)
        return true
    }

    private mutating func readSamples() -> Bool {
        reader.align()
        var levels: Levels = []
        for count in [256, 64, 64] {
            let samples = (0..<count).map { _ in reader.number(8) }
            guard Set(samples).count == 1 else { return false }
            levels.append(samples[0])
        }
        macroblocks.append(levels)
        coefficients.append(16)
        return true
    }
}
