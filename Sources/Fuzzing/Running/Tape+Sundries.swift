internal import HTTPTypes
internal import Tapes

extension Tape {
    /// For requests beside the one for an answer: some clients list the models first.
    static let modelList = json(
        200,
        "{\"object\":\"list\",\"data\":[{\"id\":\"openai/gpt-4.1-mini\",\"object\":\"model\"}]}"
    )

    static let unknownCase = json(
        404,
        "{\"error\":{\"message\":\"This address belongs to no running case\",\"code\":404}}"
    )

    private static func json(_ status: Int, _ text: String) -> Tape {
        Tape(
            head: ResponseHead(
                status: .init(code: status),
                fields: [.contentType: "application/json", .contentLength: String(text.utf8.count)]
            ),
            frames: [Frame(text)],
            origin: .server
        )
    }
}
