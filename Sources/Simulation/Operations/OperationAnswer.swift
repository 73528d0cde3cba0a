internal import HTTPTypes
internal import OpenRouterAPI
internal import Tapes

/// What an operation says, before the fields that every answer has are added.
struct OperationAnswer: Sendable {
    var status = 200
    var fields: HTTPFields = [:]
    var frames: [Frame]

    /// The generation it belongs to, for the journal.
    var generationID: String?
    /// The model that answered, likewise.
    var model: String?

    static func json(_ json: JSON, status: Int = 200, fields: HTTPFields = [:]) -> OperationAnswer {
        var all: HTTPFields = [.contentType: "application/json"]
        all.append(contentsOf: fields)
        return OperationAnswer(status: status, fields: all, frames: [Frame(json: json)])
    }

    static func eventStream(_ frames: [Frame]) -> OperationAnswer {
        OperationAnswer(fields: [.contentType: "text/event-stream", .cacheControl: "no-cache"], frames: frames)
    }

    /// A status of 200 whose body is an error (reference: inference §1.7).
    static func failure(
        _ failure: ProviderFailure,
        skin: ErrorSkin,
        _ call: Call,
        _ ids: GenerationIDs
    ) -> OperationAnswer {
        let context = EnvelopeContext(userID: call.account?.userID, generationID: ids.generation)
        var answer = OperationAnswer.json(failure.inAnswer.envelope(skin, context))
        answer.generationID = ids.generation
        answer.fields[.xGenerationID] = ids.generation
        return answer
    }
}
