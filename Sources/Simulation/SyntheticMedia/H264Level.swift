/// The limits of H.264's levels (ISO/IEC 14496-10, table A-1).
enum H264Level {
    /// The lowest level that a video is within, the highest if there is none.
    ///
    /// - Parameters:
    ///   - columns: The macroblocks from left to right.
    ///   - rows: The macroblocks from top to bottom.
    ///   - frameRate: Pictures a second.
    /// - Returns: Ten times the number of the level.
    static func lowest(columns: Int, rows: Int, frameRate: Int) -> UInt8 {
        let size = columns * rows
        let longer = max(columns, rows)
        let level = limits.first { limit in
            // No side is longer than the square root of eight pictures (section A.3.1).
            size <= limit.size && size * frameRate <= limit.rate && longer * longer <= 8 * limit.size
        }
        return level?.level ?? 62
    }

    /// Macroblocks a second, and macroblocks a picture.
    private static let limits: [(level: UInt8, rate: Int, size: Int)] = [
        (10, 1485, 99), (11, 3000, 396), (12, 6000, 396), (13, 11_880, 396), (21, 19_800, 792), (22, 20_250, 1620),
        (30, 40_500, 1620), (31, 108_000, 3600), (32, 216_000, 5120), (40, 245_760, 8192), (42, 522_240, 8704),
        (50, 589_824, 22_080), (51, 983_040, 36_864), (52, 2_073_600, 36_864), (60, 4_177_920, 139_264),
    ]
}
