/// Pixels of an image that is asked for by its shape.
struct ImageSize: Sendable, Hashable {
    var width: Int
    var height: Int

    /// - Parameters:
    ///   - aspectRatio: such as `16:9`, in numbers that a double holds; anything else is a square.
    ///   - longSide: pixels of the longer side.
    init(aspectRatio: String, longSide: Int) {
        let sides = aspectRatio.split(separator: ":").compactMap { Double($0) }
        guard sides.count == 2, let first = sides.first, let last = sides.last, first > 0, last > 0,
            first.isFinite, last.isFinite
        else {
            self.init(width: longSide, height: longSide)
            return
        }
        let share = min(first, last) / max(first, last)
        let other = max(1, Int((Double(longSide) * share).rounded()))
        self.init(width: first >= last ? longSide : other, height: first >= last ? other : longSide)
    }

    init(width: Int, height: Int) {
        self.width = width
        self.height = height
    }
}
