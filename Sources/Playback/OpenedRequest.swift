internal import HTTPTypes
internal import Tapes

/// A request as far as its head tells it.
struct OpenedRequest {
    enum Framing: Equatable {
        /// A body of so many bytes follows, as sent; none for 0.
        case length(Int)
        /// Only the decoder knows where it ends, or what comes behind it.
        case unknown
    }

    /// Without its body.
    var request: Request
    let exchange: ExchangeContext
    private(set) var framing: Framing
    /// Which field is `Content-Length`; nil for none.
    let lengthPlace: Int?
    /// Whether nothing but the body is to come, so that the same head opens the same request whenever it comes.
    let isRepeatable: Bool

    /// Makes it one with a body of another length; `digits` is how the client says it.
    mutating func announce(_ length: Int, _ digits: String, at place: Int) {
        guard framing != .length(length) else { return }
        framing = .length(length)
        let notes = request.fieldNotes
        request.fields[place].value = digits
        request.fieldNotes = notes
    }
}
