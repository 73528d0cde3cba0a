package import Tapes

extension World {
    /// Books a recorded answer on the account of the key that asked; without a key there is no account.
    ///
    /// What a poll shows of a job's usage is booked once, however often the job is polled.
    ///
    /// - Parameters:
    ///   - booking: what the answer says of itself.
    ///   - request: what it answers.
    ///   - now: when the request came, in microseconds since 1970.
    package func book(_ booking: RecordedBooking, for request: Request, at now: Int64) {
        put(UnbookedAnswer(booking, request, time: now))
    }
}

extension World.State {
    /// Books answers in their order; those of one recording to the same client together, where the last of them is.
    mutating func book(_ answers: [UnbookedAnswer]) {
        var runs: [EqualAnswers] = []
        runs.reserveCapacity(answers.count)
        for (place, answer) in answers.enumerated() {
            var run = EqualAnswers(recording: answer.recording, first: place, last: place, count: 1)
            let known =
                platform.tellsOfAnswers
                ? nil
                : runs.firstIndex { $0.recording == run.recording && answers[$0.last].isRepeated(by: answer) }
            if let known {
                let earlier = runs.remove(at: known)
                run.first = earlier.first
                run.count += earlier.count
            }
            runs.append(run)
        }
        // Mostly all are the same client's.
        var client: (fields: KnownFields, payer: Payer?)?
        for run in runs {
            let first = answers[run.first]
            if client?.fields !== first.fields { client = (first.fields, payer(of: first)) }
            guard let payer = client?.payer else { continue }
            book(first, answers[run.last], count: run.count, payer)
        }
    }

    /// Places of answers that are equal.
    private struct EqualAnswers {
        let recording: ObjectIdentifier
        var first: Int
        let last: Int
        var count: Int
    }

    private mutating func payer(of answer: UnbookedAnswer) -> Payer? {
        guard let token = answer.fields.bearerToken else { return nil }
        return platform.payer(token: token, hash: hash(of: token), at: answer.time)
    }

    private mutating func book(_ first: UnbookedAnswer, _ last: UnbookedAnswer, count: Int, _ payer: Payer) {
        if first.isPoll, generations[first.generationID]?.accountID == payer.accountID { return }
        // Of a generation the latest answer is remembered, of a job the first poll.
        let record = (first.isPoll ? first : last).record(payer)
        let count = first.isPoll ? 1 : count
        book(record, record.usageAddition(count: count), count: count)
    }
}
