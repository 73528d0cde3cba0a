/// How far long work is, on a terminal: nothing for work that is soon done, then a bar and the time that is left.
final class ProgressBar {
    private static let barWidth = 24
    /// Soon enough to be noticed.
    private static let firstShown = Duration.milliseconds(500)
    private static let interval = Duration.milliseconds(100)

    private let line = StatusLine()
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant
    private var nextShown: ContinuousClock.Instant

    init() {
        start = clock.now
        nextShown = start + Self.firstShown
    }

    /// Says that so many of all parts are done; costs a look at the clock.
    func show(_ what: String, _ done: Int, of total: Int) {
        guard line.isShown else { return }
        let now = clock.now
        guard now >= nextShown else { return }
        nextShown = now + Self.interval
        line.show(Self.text(what, done, of: total, elapsed: now - start))
    }

    /// Leaves the line empty for what is printed next.
    func clear() {
        guard nextShown > start + Self.firstShown else { return }
        line.clear()
    }

    /// `elapsed` is the time that it took to do what is done.
    static func text(_ what: String, _ done: Int, of total: Int, elapsed: Duration) -> String {
        let share = total > 0 ? min(1, Double(done) / Double(total)) : 1
        let filled = Int(share * Double(barWidth))
        let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: barWidth - filled)
        let text = "\(what) [\(bar)] \(Int(share * 100))%, \(done) of \(total)"
        guard done > 0, done < total else { return text }
        let left = elapsed / .seconds(1) * Double(total - done) / Double(done)
        return text + (left < 90 ? ", \(Int(left.rounded(.up))) s left" : ", \(Int((left / 60).rounded(.up))) min left")
    }
}
