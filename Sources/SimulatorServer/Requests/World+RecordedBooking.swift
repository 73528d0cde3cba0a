internal import HTTPTypes
internal import NIOCore
internal import OpenRouterAPI
internal import Simulation
internal import Tapes

extension World {
    /// Books a recorded answer on the account of the key that asked; without a key there is no account.
    ///
    /// What a poll shows of a job's usage is booked once, however often the job is polled.
    func book(_ booking: RecordedBooking, for request: Request) {
        guard let token = request.bearerToken, let caller = caller(token: token) else { return }
        if request.method == .get, let id = booking.generationID, generation(id: id, account: caller.account) != nil {
            return
        }
        let now = self.now
        var record = GenerationRecord(id: booking.generationID ?? "recorded-\(now)", caller: caller, createdAt: now)
        record.model = booking.model ?? ""
        record.provider = booking.provider
        record.referer = request.fields[.referer] ?? request.fields[.httpReferer]
        record.app = AppAttribution(request.fields)
        record.userAgent = request.fields[.userAgent]
        record.isStreamed = booking.isStreamed
        record.finishReason = booking.finishReason
        record.nativeFinishReason = booking.nativeFinishReason
        record.usage = booking.usage
        record.cost = booking.cost
        record.byokCost = booking.byokCost ?? .zero
        record.isBYOK = booking.byokCost != nil
        record.content = booking.content
        if request.body.readableBytes <= Journal.bodyByteLimit {
            let document = { @Sendable [body = request.body] in
                try? JSONDocument(parsing: body.readableBytesView).root
            }
            record.content?.request = document
            record.content?.input = {
                let root = document()
                return root?["messages"] ?? root?["prompt"] ?? root?["input"]
            }
        }
        book(record)
    }
}
