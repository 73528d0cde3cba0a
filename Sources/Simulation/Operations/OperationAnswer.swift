internal import HTTPTypes
internal import OpenRouterAPI
internal import Tapes

/// What an operation says, before the fields that every answer has are added.
struct OperationAnswer: Sendable {
    /// Nil for the one that the operation declares.
    var status: Int?
    var fields: HTTPFields = [:]
    var frames: [Frame]
    /// Whether scripts of other origins may read it; they may read all of the API.
    var isForAllOrigins = true

    /// The generation it belongs to, for the journal.
    var generationID: String?
    /// The model that answered, likewise.
    var model: String?

    static func json(_ json: JSON, status: Int? = nil, fields: HTTPFields = [:]) -> OperationAnswer {
        var all: HTTPFields = [.contentType: "application/json"]
        all.append(contentsOf: fields)
        return OperationAnswer(status: status, fields: all, frames: [Frame(json: json)])
    }

    /// What deletions answer (reference: platform §5).
    static let deleted = json(["deleted": true])

    static func eventStream(_ frames: [Frame]) -> OperationAnswer {
        OperationAnswer(fields: [.contentType: "text/event-stream", .cacheControl: "no-cache"], frames: frames)
    }

    /// A status of 200 whose body is an error (reference: inference §1.7).
    ///
    /// - Parameters:
    ///   - error: what the body tells, with the generation that it ended.
    ///   - call: the call it answers.
    /// - Returns: the error's envelope as an answer.
    static func failure(_ error: APIError, _ call: Call) -> OperationAnswer {
        let context = EnvelopeContext(
            userID: call.account?.userID,
            generationID: error.generationID,
            wantsRouterMetadata: call.wantsRouterMetadata
        )
        var answer = OperationAnswer.json(error.envelope(call.errorSkin, context), status: 200)
        answer.generationID = error.generationID
        if let id = error.generationID { answer.fields[.xGenerationID] = id }
        return answer
    }
}
