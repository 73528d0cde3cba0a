internal import Tapes

/// A grid of flat-colored cells, which all pictures and videos are made of.
///
/// The edges between cells lie on multiples of 16 pixels, the blocks of JPEG and H.264, so that each format shows
/// the same picture and says it in few bytes.
struct Mosaic: Hashable, Sendable {
    /// The pixels that edges between cells are multiples of.
    static let unit = 16

    /// Where each column ends, in pixels from the left; the last is the width.
    let columnEnds: [Int]
    /// Where each row ends, in pixels from the top; the last is the height.
    let rowEnds: [Int]
    /// The color of each cell, rows from the top, each from the left.
    private(set) var colors: [PixelColor]

    /// Paints a mosaic of neighboring hues that is lighter at the top.
    ///
    /// - Parameters:
    ///   - width: Pixels, at least 1.
    ///   - height: Pixels, at least 1.
    ///   - cellsPerSide: How many columns and rows there may be; fewer if the picture has too few units for them.
    ///   - isTransparent: Whether some cells, the first among them, are clear.
    ///   - seed: What the colors and the number of cells follow from.
    init(width: Int, height: Int, cellsPerSide: ClosedRange<Int>, isTransparent: Bool, seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        columnEnds = Self.ends(of: width, count: generator.integer(in: cellsPerSide))
        rowEnds = Self.ends(of: height, count: generator.integer(in: cellsPerSide))
        let hue = generator.below(360)
        colors = []
        for row in rowEnds.indices {
            for _ in columnEnds {
                let accent = generator.chance(percent: 12) ? 180 : 0
                let color = PixelColor(
                    hue: hue + accent + generator.integer(in: -35...35),
                    saturation: generator.integer(in: 45...75),
                    lightness: 75 - 30 * row / rowEnds.count + generator.integer(in: -8...8)
                )
                let isClear = isTransparent && (generator.chance(percent: 40) || colors.isEmpty)
                colors.append(isClear ? .clear : color)
            }
        }
    }

    var width: Int { columnEnds.last ?? 0 }
    var height: Int { rowEnds.last ?? 0 }

    /// The cells of a row, from the left: number in ``colors``, and pixels.
    func cells(ofRow row: Int) -> [(index: Int, width: Int)] {
        columnEnds.indices.map { column in
            (row * columnEnds.count + column, columnEnds[column] - (column > 0 ? columnEnds[column - 1] : 0))
        }
    }

    /// The pixels of a row of cells.
    func height(ofRow row: Int) -> Int {
        rowEnds[row] - (row > 0 ? rowEnds[row - 1] : 0)
    }

    /// The same grid, in which squares of `side` times `side` cells share their mean color.
    func coarsened(by side: Int) -> Mosaic {
        var result = self
        let columns = columnEnds.count
        func square(_ cell: Int) -> [Int] { [cell / columns / side, cell % columns / side] }
        let groups = Dictionary(grouping: colors.indices, by: square)
        for members in groups.values {
            let mean = PixelColor(meanOf: members.map { colors[$0] })
            for member in members { result.colors[member] = mean }
        }
        return result
    }

    /// The ends of about equal parts of a length.
    private static func ends(of length: Int, count: Int) -> [Int] {
        let units = (length + unit - 1) / unit
        let count = min(count, units)
        return (1...count).map { $0 == count ? length : units * $0 / count * unit }
    }
}
