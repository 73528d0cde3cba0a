internal import HTTPTypes
internal import NIOCore
internal import OpenRouterAPI
internal import Simulation
internal import Tapes

extension World {
    /// Books a recorded answer on the account of the key that asked; without a key there is no account.
    ///
    /// What a poll shows of a job's usage is booked once, however often the job is polled.
    ///
    /// - Parameters:
    ///   - booking: what the answer says of itself.
    ///   - request: what it answers.
    ///   - now: when the request came, in microseconds since 1970.
    func book(_ booking: RecordedBooking, for request: Request, at now: Int64) {
        let fields = request.knownFields
        guard let token = fields.bearerToken else { return }
        book(token: token, at: now, once: request.method == .get ? booking.generationID : nil) { payer in
            var record = GenerationRecord(id: booking.generationID ?? "recorded-\(now)", payer: payer, createdAt: now)
            record.note(fields)
            record.model = booking.model ?? ""
            record.provider = booking.provider
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
            return record
        }
    }
}
