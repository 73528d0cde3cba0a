internal import HTTPTypes
internal import Simulation
internal import Tapes

extension World {
    /// Books a recorded answer on the account of the key that asked; without a key there is no account.
    func book(_ booking: RecordedBooking, for request: Request) {
        guard let key = request.bearerToken else { return }
        let now = self.now
        book(
            GenerationRecord(
                id: booking.generationID ?? "recorded-\(now)",
                key: key,
                createdAt: now,
                model: booking.model ?? "",
                provider: booking.provider,
                origin: request.fields[.referer],
                userAgent: request.fields[.userAgent],
                isStreamed: booking.isStreamed,
                finishReason: booking.finishReason,
                nativeFinishReason: booking.nativeFinishReason,
                usage: booking.usage,
                cost: booking.cost
            )
        )
    }
}
