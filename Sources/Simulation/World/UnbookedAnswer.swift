internal import HTTPTypes
internal import NIOCore
internal import OpenRouterAPI
internal import Tapes

/// An answer of a recording that is booked once somebody looks at what that changes.
///
/// Clients ask for answers far more often than for their credits, and mostly for the same ones, which can then be booked
/// together.
struct UnbookedAnswer: Sendable {
    private let booking: RecordedBooking
    /// Without a body that no generation keeps.
    private let request: Request
    /// What the request's header fields say.
    let fields: KnownFields
    /// When it came, in microseconds since 1970.
    let time: Int64

    init(_ booking: RecordedBooking, _ request: Request, time: Int64) {
        self.booking = booking
        var request = request
        if request.body.readableBytes > Journal.bodyByteLimit { request.body = ByteBuffer() }
        self.request = request
        self.time = time
        fields = request.knownFields
    }

    /// Which recording it is of.
    var recording: ObjectIdentifier { ObjectIdentifier(booking) }

    var generationID: String { booking.generationID ?? "recorded-\(time)" }

    /// Whether it asks for a job that goes on, and whose usage counts once.
    var isPoll: Bool { request.method == .get && booking.generationID != nil }

    /// Whether another one is the same to the account: the same generation, asked for by the same client in the same
    /// minute.
    func isRepeated(by other: UnbookedAnswer) -> Bool {
        booking === other.booking && booking.generationID != nil && isPoll == other.isPoll
            && time / UsageLog.minute == other.time / UsageLog.minute && fields == other.fields
    }

    /// What is booked of it.
    func record(_ payer: Payer) -> GenerationRecord {
        var record = GenerationRecord(id: generationID, payer: payer, createdAt: time)
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
        record.content = content
        return record
    }

    private var content: GenerationContent? {
        guard request.body.readableBytes > 0, var content = booking.content else { return booking.content }
        let document = { @Sendable [body = request.body] in
            try? JSONDocument(parsing: body.readableBytesView).root
        }
        content.request = document
        content.input = {
            let root = document()
            return root?["messages"] ?? root?["prompt"] ?? root?["input"]
        }
        return content
    }
}
