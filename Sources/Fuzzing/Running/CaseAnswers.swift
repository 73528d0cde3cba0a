internal import Tapes

/// What the requests of one case are answered with, made before the client is started.
struct CaseAnswers: Sendable {
    private let first: AlteredTape
    /// For clients that offer gzip, where that makes a difference.
    private let coded: AlteredTape?
    private let later: AlteredTape?

    /// - Parameters:
    ///   - draft: the case's.
    ///   - recovery: what later requests get; nil for the same again.
    init(_ draft: Draft, recovery: Draft?) {
        first = draft.rendered(offersGzip: false)
        coded = draft.isCoded ? draft.rendered(offersGzip: true) : nil
        later = recovery?.rendered(offersGzip: false)
    }

    /// - Parameters:
    ///   - call: counts from 1.
    ///   - offersGzip: whether the request named gzip in `Accept-Encoding`.
    /// - Returns: what to play.
    func answer(call: Int, offersGzip: Bool) -> AlteredTape {
        if call > 1, let later { return later }
        return offersGzip ? coded ?? first : first
    }
}
