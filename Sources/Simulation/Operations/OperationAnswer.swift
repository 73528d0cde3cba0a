internal import HTTPTypes
internal import NIOCore
internal import OpenRouterAPI
internal import Tapes

/// What an operation says, before the fields that every answer has are added.
struct OperationAnswer: Sendable {
    /// Nil for the one that the operation declares.
    var status: Int?
    var fields: HTTPFields = [:]
    var frames: [Frame]
    /// Time before the head.
    var delay = Duration.zero
    /// Time between the last frame and the ending.
    var endingGap = Duration.zero
    var ending = Ending.complete
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

    /// Ends the answer early: a stream's frames stop there already, of a document the first half is sent.
    mutating func cut(_ ending: Ending, isStreamed: Bool) {
        self.ending = ending
        if let last = frames.last, last.bytes.readableBytes == 0 {
            endingGap = last.gap
            frames.removeLast()
        }
        guard !isStreamed, var first = frames.first?.bytes else { return }
        let half = first.readSlice(length: first.readableBytes / 2)
        frames = half.map { [Frame(bytes: $0)] } ?? []
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
