internal import HTTPTypes
internal import NIOCore
internal import OpenRouterAPI
internal import Simulation
internal import Tapes

/// A request that asks again for what has failed before.
///
/// Recognized by method, path and body, after an answer that failed: a status of 408, 409, 429 or 500 and more, an end
/// that was no regular one, or a client that left.
struct JournalRetry: Sendable, Hashable {
    /// The entry that failed.
    var of: Int
    /// 2 for the first repetition.
    var attempt: Int
    /// From the end of the failed answer to this request, in microseconds on the world's clock.
    var wait: Int64

    /// By entry.
    static func all(in entries: [Journal.Entry]) -> [Int: JournalRetry] {
        var failed: [Asked: (entry: Journal.Entry, attempt: Int)] = [:]
        var retries: [Int: JournalRetry] = [:]
        for entry in entries {
            let asked = Asked(
                method: entry.request.method.rawValue,
                target: entry.request.target,
                body: entry.request.body
            )
            var attempt = 1
            if let earlier = failed[asked] {
                attempt = earlier.attempt + 1
                let end = earlier.entry.time + (earlier.entry.played?.duration.microseconds ?? 0)
                retries[entry.id] = JournalRetry(
                    of: earlier.entry.id,
                    attempt: attempt,
                    wait: max(0, entry.time - end)
                )
            }
            failed[asked] = entry.hasFailed ? (entry, attempt) : nil
        }
        return retries
    }

    private struct Asked: Hashable {
        var method: String
        var target: RequestTarget
        var body: ByteBuffer
    }
}

extension Journal.Entry {
    fileprivate var hasFailed: Bool {
        if played?.outcome == "cancelled" || ending != .complete { return true }
        guard let status else { return true }
        return status == 408 || status == 409 || status == 429 || status >= 500
    }
}
