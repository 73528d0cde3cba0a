/// Encodes a mosaic as an intra-coded picture of one slice (ISO/IEC 14496-10, sections 7.3.3 to 7.3.5).
struct H264KeyFrame {
    private var unit = H264Unit(.keySlice)

    /// The unit of the picture.
    static func encode(_ mosaic: Mosaic) -> [UInt8] {
        var frame = H264KeyFrame()
        frame.appendHeader()
        for row in mosaic.rowEnds.indices {
            let cells = mosaic.cells(ofRow: row)
            for line in 0..<(mosaic.height(ofRow: row) + 15) / 16 {
                for cell in cells {
                    for column in 0..<(cell.width + 15) / 16 {
                        switch (line, column) {
                        case (0, 0): frame.append(mosaic.colors[cell.index])
                        case (0, _): frame.appendCopy(of: .left, isNextToSamples: column == 1)
                        case (_, 0): frame.appendCopy(of: .above, isNextToSamples: line == 1)
                        default: frame.appendCopy(of: .aboveInCell, isNextToSamples: false)
                        }
                    }
                }
            }
        }
        return frame.unit.finished()
    }

    /// The slice header.
    private mutating func appendHeader() {
        unit.appendUnsigned(0)  // first_mb_in_slice
        unit.appendUnsigned(7)  // slice_type: I, and so are all slices of the picture.
        unit.appendUnsigned(0)  // pic_parameter_set_id
        unit.append(0, 4)  // frame_num
        unit.appendUnsigned(0)  // idr_pic_id
        unit.append(0, 2)  // no_output_of_prior_pics_flag, long_term_reference_flag
        unit.appendUnsigned(0)  // slice_qp_delta
        unit.appendUnsigned(1)  // disable_deblocking_filter_idc
    }

    /// Appends a macroblock with its samples, of type I_PCM (table 7-11).
    private mutating func append(_ color: PixelColor) {
        unit.appendUnsigned(25)
        unit.align()
        let (luma, blue, red) = Self.levels(of: color)
        for _ in 0..<256 { unit.append(luma, 8) }
        for _ in 0..<64 { unit.append(blue, 8) }
        for _ in 0..<64 { unit.append(red, 8) }
    }

    /// What a macroblock is predicted from.
    private enum Source {
        case left
        case above
        /// What is above, in a cell that begins further to the left.
        case aboveInCell

        /// The type Intra16x16 with vertical or horizontal prediction and no coefficients (table 7-11).
        var macroblockType: Int { self == .left ? 2 : 1 }

        /// The prediction of chroma: mean, horizontal, vertical (table 7-16).
        ///
        /// The mean has the shortest code, and is right where both neighbors are of the cell.
        var chromaMode: Int {
            switch self {
            case .aboveInCell: 0
            case .left: 1
            case .above: 2
            }
        }
    }

    /// Appends a macroblock that is like a neighbor.
    ///
    /// - Parameters:
    ///   - source: The neighbor.
    ///   - isNextToSamples: Whether a macroblock with samples, which counts as having 16 coefficients in each block,
    ///     is to the left or above; that decides between tables for "no coefficient" (section 9.2.1, table 9-5).
    private mutating func appendCopy(of source: Source, isNextToSamples: Bool) {
        unit.appendUnsigned(source.macroblockType)
        unit.appendUnsigned(source.chromaMode)
        unit.appendUnsigned(0)  // mb_qp_delta
        if isNextToSamples { unit.append(0b000011, 6) } else { unit.append(1, 1) }
    }

    /// Luma and chroma in the limited range, with the matrix of ITU-R BT.709, section 3.
    private static func levels(of color: PixelColor) -> (luma: Int, blue: Int, red: Int) {
        let (red, green, blue) = (Int(color.red), Int(color.green), Int(color.blue))
        let luma = 2126 * red + 7152 * green + 722 * blue
        // Differences from luma by their largest values, 1.8556 and 1.5748, from which they become 112.
        return (
            16 + luma * 219 / 2_550_000,
            128 + (10_000 * blue - luma) * 224 / (18_556 * 255),
            128 + (10_000 * red - luma) * 224 / (15_748 * 255)
        )
    }
}
