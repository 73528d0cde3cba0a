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

    /// Where an entry is kept, so that it stays there when it changes; taken over by a later one.
    private final class Slot {
        var entry: Entry

        init(_ entry: Entry) {
            self.entry = entry
        }
    }

    private struct State {
        /// Oldest first.
        var slots: CircularBuffer<Slot>
        var nextID = 1
        /// Of all answers kept.
        var answerByteCount = 0
        /// Entries before this one have no answers.
        var firstAnswerID = 1
        var followers: [Int: AsyncStream<Entry>.Continuation] = [:]
        var nextFollower = 0

        var entries: [Entry] { slots.map(\.entry) }

        /// Nil for one that is kept no longer.
        func slot(_ id: Int) -> Slot? {
            guard let firstID = slots.first?.entry.id, id >= firstID, id - firstID < slots.count else { return nil }
            return slots[slots.index(slots.startIndex, offsetBy: id - firstID)]
        }

        func tell(of slot: Slot) {
            for follower in followers.values { follower.yield(slot.entry) }
        }

        /// Oldest first.
        mutating func letGoOfAnswers(beyond limit: Int) {
            guard answerByteCount > limit, let oldestID = slots.first?.entry.id else { return }
            firstAnswerID = max(firstAnswerID, oldestID)
            while answerByteCount > limit, let slot = slot(firstAnswerID) {
                answerByteCount -= slot.entry.answer?.byteCount ?? 0
                slot.entry.answer = nil
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
        state = Mutex(State(slots: CircularBuffer(initialCapacity: 4)))
    }

    /// - Returns: the entry's id.
    package func append(_ entry: consuming Entry) -> Int {
        // The oldest one is in its place afterwards, and let go of while nobody waits for the journal.
        var entry = entry
        return state.withLock { state in
            let id = state.nextID
            state.nextID += 1
            entry.id = id
            let slot: Slot
            if state.slots.count == limit {
                slot = state.slots.removeFirst()
                swap(&slot.entry, &entry)
                state.answerByteCount -= entry.answer?.byteCount ?? 0
            } else {
                slot = Slot(entry)
            }
            state.slots.append(slot)
            state.answerByteCount += slot.entry.answer?.byteCount ?? 0
            state.letGoOfAnswers(beyond: answerByteLimit)
            state.tell(of: slot)
            return id
        }
    }

    /// Changes an entry if it is still kept.
    package func update(_ id: Int, _ change: (inout Entry) -> Void) {
        state.withLock { state in
            guard let slot = state.slot(id) else { return }
            let byteCount = slot.entry.answer?.byteCount ?? 0
            change(&slot.entry)
            let growth = (slot.entry.answer?.byteCount ?? 0) - byteCount
            if growth > 0 {
                state.answerByteCount += growth
                state.firstAnswerID = min(state.firstAnswerID, id)
                state.letGoOfAnswers(beyond: answerByteLimit)
            }
            if slot.entry.played != nil { state.tell(of: slot) }
        }
    }

    /// The entries kept, oldest first.
    package var entries: [Entry] {
        state.withLock { $0.entries }
    }

    /// Nil for one that is not kept, or kept no longer.
    package func entry(_ id: Int) -> Entry? {
        state.withLock { $0.slot(id)?.entry }
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
            return (state.entries, state.nextFollower)
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
            let count = state.slots.count
            state.slots.removeAll(keepingCapacity: true)
            state.answerByteCount = 0
            return count
        }
    }
}
