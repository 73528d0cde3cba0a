internal import Fuzzing

/// How far a run of the fuzzer is, for whoever watches it.
struct FuzzProgress: Sendable {
    private let line = StatusLine()

    func show(_ progress: FuzzSession.Progress) {
        line.show("\(progress.phase.rawValue): \(progress.done) of \(progress.planned), \(progress.failed) failed")
    }

    func clear() {
        line.clear()
    }
}
