/// What an operation that reads its request itself finds there: described, and checked by the operation alone.
struct RequestReading: Sendable {
    var query: [QueryParameter] = []
    var body: ObjectShape?
    /// In which the body may be sent.
    var mediaTypes = ["application/json"]

    static let nothing = RequestReading()

    static func query(_ parameters: [QueryParameter]) -> RequestReading {
        RequestReading(query: parameters)
    }

    static func body(
        _ shape: ObjectShape,
        as mediaTypes: [String] = ["application/json"],
        query: [QueryParameter] = []
    ) -> RequestReading {
        RequestReading(query: query, body: shape, mediaTypes: mediaTypes)
    }
}
