internal import NIOCore
internal import Synchronization
package import Tapes

/// What was received and what was played, the latest entries of it.
package final class Journal: Sendable {
    /// One exchange.
    package struct Entry: Sendable, Hashable {
        /// How playing went.
        package struct Played: Sendable, Hashable {
            package var outcome: String
            package var sends: [TimedSend]
            package var duration: Duration

            package init(outcome: String, sends: [TimedSend], duration: Duration) {
                self.outcome = outcome
                self.sends = sends
                self.duration = duration
            }
        }

        /// Counts from 1 and never repeats within a world, resets included.
        package internal(set) var id = 0
        /// Microseconds since 1970 on the world's clock.
        package var time: Int64
        /// As it came, but without credentials and codes, and with a body cut to ``Journal/bodyByteLimit``.
        package private(set) var request: Request
        /// Bytes of the whole body.
        package let bodyByteCount: Int
        package var model: String?
        package var origin: Origin?
        /// The scenario's rule that matched, as `name:line`; nil when none did.
        package var rule: String?
        package var status: Int?
        package var ending: Ending?
        package var generationID: String?
        /// Explains why no recording answered; nil when one did or none was looked for.
        package var miss: String?
        package var played: Played?
        /// What was to be played, with faults of the message and before those of the bytes; nil where that is not known
        /// yet, for answers with secrets, and once the journal has let go of it.
        package internal(set) var answer: TapeExcerpt?

        package init(time: Int64, request: Request) {
            self.time = time
            let kept = request.forJournal
            self.request = kept
            bodyByteCount = request.body.readableBytes
            guard kept.body.readableBytes > Journal.bodyByteLimit else { return }
            // A copy: a slice would keep all of it.
            self.request.body = ByteBuffer(bytes: kept.body.readableBytesView.prefix(Journal.bodyByteLimit))
        }

        /// Keeps an answer, unless it may hold what must not be shown.
        package mutating func keep(_ excerpt: TapeExcerpt) {
            guard !request.isAnsweredWithSecrets else { return }
            answer = excerpt
        }
    }

    /// Bytes of a request's body that an entry keeps.
    package static let bodyByteLimit = 64 * 1024

    /// Bytes of answers that a journal keeps for each entry that it has room for.
    private static let answerByteShare = 16 * 1024

    private struct State {
        var entries: CircularBuffer<Entry>
        var nextID = 1
        /// Of all answers kept.
        var answerByteCount = 0
        /// Entries before this one have no answers.
        var firstAnswerID = 1
        var followers: [Int: AsyncStream<Entry>.Continuation] = [:]
        var nextFollower = 0

        func tellOfEntry(at index: CircularBuffer<Entry>.Index) {
            // Copying an entry costs more than anything else here.
            guard !followers.isEmpty else { return }
            let entry = entries[index]
            for follower in followers.values { follower.yield(entry) }
        }

        /// Oldest first.
        mutating func letGoOfAnswers(beyond limit: Int) {
            guard answerByteCount > limit, let oldestID = entries.first?.id else { return }
            firstAnswerID = max(firstAnswerID, oldestID)
            while answerByteCount > limit, firstAnswerID - oldestID < entries.count {
                let index = entries.index(entries.startIndex, offsetBy: firstAnswerID - oldestID)
                answerByteCount -= entries[index].answer?.byteCount ?? 0
                entries[index].answer = nil
                firstAnswerID += 1
            }
        }
    }

    /// Entries that wait for a follower; of more the oldest are lost to it.
    private static let followerBacklog = 1000

    private let limit: Int
    private let answerByteLimit: Int
    private let state: Mutex<State>

    init(limit: Int) {
        self.limit = max(1, limit)
        answerByteLimit = self.limit * Self.answerByteShare
        state = Mutex(State(entries: CircularBuffer(initialCapacity: 4)))
    }

    /// - Returns: the entry's id.
    package func append(_ entry: Entry) -> Int {
        state.withLock { state in
            let id = state.nextID
            state.nextID += 1
            if state.entries.count == limit {
                state.answerByteCount -= state.entries.removeFirst().answer?.byteCount ?? 0
            }
            state.entries.append(entry)
            state.entries[state.entries.index(before: state.entries.endIndex)].id = id
            state.answerByteCount += entry.answer?.byteCount ?? 0
            state.letGoOfAnswers(beyond: answerByteLimit)
            state.tellOfEntry(at: state.entries.index(before: state.entries.endIndex))
            return id
        }
    }

    /// Changes an entry if it is still kept.
    package func update(_ id: Int, _ change: (inout Entry) -> Void) {
        state.withLock { state in
            guard let firstID = state.entries.first?.id, id >= firstID, id - firstID < state.entries.count else {
                return
            }
            let index = state.entries.index(state.entries.startIndex, offsetBy: id - firstID)
            let byteCount = state.entries[index].answer?.byteCount ?? 0
            change(&state.entries[index])
            let change = (state.entries[index].answer?.byteCount ?? 0) - byteCount
            if change > 0 {
                state.answerByteCount += change
                state.firstAnswerID = min(state.firstAnswerID, id)
                state.letGoOfAnswers(beyond: answerByteLimit)
            }
            if state.entries[index].played != nil { state.tellOfEntry(at: index) }
        }
    }

    /// The entries kept, oldest first.
    package var entries: [Entry] {
        state.withLock { Array($0.entries) }
    }

    /// Nil for one that is not kept, or kept no longer.
    package func entry(_ id: Int) -> Entry? {
        state.withLock { state in
            guard let firstID = state.entries.first?.id, id >= firstID, id - firstID < state.entries.count else {
                return nil
            }
            return state.entries[state.entries.index(state.entries.startIndex, offsetBy: id - firstID)]
        }
    }

    /// How many exchanges there have been, those included whose entries are kept no longer.
    package var total: Int {
        state.withLock { $0.nextID - 1 }
    }

    /// The entries kept, and those to come: each once it is received, and again once it is played.
    package func follow() -> (earlier: [Entry], changes: AsyncStream<Entry>) {
        let (stream, continuation) = AsyncStream.makeStream(
            of: Entry.self,
            bufferingPolicy: .bufferingNewest(Self.followerBacklog)
        )
        let (entries, follower) = state.withLock { state in
            state.nextFollower += 1
            state.followers[state.nextFollower] = continuation
            return (Array(state.entries), state.nextFollower)
        }
        continuation.onTermination = { [weak self] _ in
            self?.state.withLock { _ = $0.followers.removeValue(forKey: follower) }
        }
        return (entries, stream)
    }

    /// Ends what follows; a server that stops has no more to tell.
    package func endFollowing() {
        let followers = state.withLock { Array($0.followers.values) }
        for follower in followers { follower.finish() }
    }

    /// - Returns: how many entries were thrown away.
    @discardableResult
    package func clear() -> Int {
        state.withLock { state in
            let count = state.entries.count
            state.entries.removeAll(keepingCapacity: true)
            state.answerByteCount = 0
            return count
        }
    }
}
