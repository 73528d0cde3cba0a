internal import Playback
internal import Synchronization
internal import Tapes

/// Stands in for an observer that is known only once a reply has been made.
final class ObserverRelay: PlaybackObserver {
    private let target = Mutex<(any PlaybackObserver)?>(nil)

    func connect(_ observer: (any PlaybackObserver)?) {
        target.withLock { $0 = observer }
    }

    func willPlay(_ answer: Answer) {
        target.withLock { $0 }?.willPlay(answer)
    }

    func willWait(_ control: PlaybackControl) {
        target.withLock { $0 }?.willWait(control)
    }

    func didPlay(_ report: PlaybackReport) {
        target.withLock { $0 }?.didPlay(report)
    }
}
