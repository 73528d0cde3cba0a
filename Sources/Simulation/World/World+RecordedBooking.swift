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
        for answer in answers {
            let run: EqualAnswers
            if !platform.tellsOfAnswers, let index = runs.firstIndex(where: { $0.last.isRepeated(by: answer) }) {
                run = runs.remove(at: index).repeated(by: answer)
            } else {
                run = EqualAnswers(first: answer, last: answer, count: 1)
            }
            runs.append(run)
        }
        for run in runs { book(run) }
    }

    private struct EqualAnswers {
        let first: UnbookedAnswer
        let last: UnbookedAnswer
        let count: Int

        func repeated(by answer: UnbookedAnswer) -> EqualAnswers {
            EqualAnswers(first: first, last: answer, count: count + 1)
        }
    }

    private mutating func book(_ answers: EqualAnswers) {
        let first = answers.first
        guard let token = first.fields.bearerToken,
            let payer = platform.payer(token: token, hash: hash(of: token), at: first.time)
        else { return }
        guard !first.isPoll else {
            if generations[first.generationID]?.accountID == payer.accountID { return }
            return book(first.record(payer))
        }
        // Of a generation the latest answer is remembered.
        book(answers.last.record(payer), count: answers.count)
    }

    private mutating func book(_ record: consuming GenerationRecord, count: Int = 1) {
        let usage = UsageLog.Addition(copy record, count: count)
        book(record, usage, count: count)
    }
}
