internal import HTTPTypes
internal import OpenRouterAPI
internal import Tapes

extension Operation {
    /// `GET /generation/content?id=`: what was sent and what came back (reference: platform §3.2).
    static let getGenerationContent = Operation(
        "listGenerationContent",
        .get,
        "/generation/content",
        .inferenceKey,
        reads: .query([.generationID])
    ) {
        call throws(APIError) in
        let record = try call.generation()
        guard let content = record.content else {
            throw APIError(status: 404, message: "Content of generation \(record.id) not found")
        }
        return .json(["data": content.json])
    }

    /// `POST /generation/feedback`: what a user thinks of an answer (reference: platform §3.3).
    static let submitGenerationFeedback = Operation(
        "submitGenerationFeedback",
        .post,
        "/generation/feedback",
        .managementKey,
        reads: .body(
            ObjectShape(
                .required("generation_id", .text),
                .required("category", .choice(of: FeedbackCategory.self)),
                .optional("comment", .string(length: 0...1000), orNull: true)
            )
        )
    ) { call throws(APIError) in
        let body = try FieldReader(try call.document())
        guard let id = try body.string("generation_id"), !id.isEmpty else {
            throw body.invalid("generation_id", expected: "a generation id")
        }
        guard try body.choice("category", of: FeedbackCategory.self) != nil else {
            throw body.invalid(
                "category",
                expected: "one of " + FeedbackCategory.allCases.map(\.rawValue).joined(separator: ", ")
            )
        }
        _ = try body.string("comment", longest: 1000)
        guard call.world.generation(id: id, account: call.caller.account) != nil else { throw .generationNotFound(id) }
        return .json(["data": ["success": true]])
    }
}

extension QueryParameter {
    /// Which generation is meant.
    static let generationID = QueryParameter("id", .text, isRequired: true)
}

private enum FeedbackCategory: String, CaseIterable {
    case latency, incoherence
    case incorrectResponse = "incorrect_response"
    case formatting, billing
    case apiError = "api_error"
    case other
}

extension Call {
    /// The generation that the query names.
    ///
    /// - Throws: ``APIError`` 400 without an id, 404 when there is none of this account.
    func generation() throws(APIError) -> GenerationRecord {
        guard let id = request.target.queryValue("id"), !id.isEmpty else {
            throw .invalidField("id", expected: "a generation id in the query", found: "nothing")
        }
        guard let record = world.generation(id: id, account: caller.account) else { throw .generationNotFound(id) }
        return record
    }
}

extension APIError {
    fileprivate static func generationNotFound(_ id: String) -> APIError {
        APIError(status: 404, message: "Generation \(id) not found")
    }
}

extension GenerationContent {
    /// What was sent, as `prompt` or `messages`.
    var prompt: JSON {
        let input = input?()
        let text = input?.string
        return text.map { ["prompt": .string($0)] } ?? ["messages": input.map { JSON($0) } ?? []]
    }

    fileprivate var json: JSON {
        [
            "input": prompt,
            "output": ["completion": completion.json, "reasoning": reasoning.json],
            "error": failure.map { failure in
                [
                    "message": .string(failure.message),
                    "status": .integer(failure.status),
                    "provider_name": .null,
                    "raw": failure.raw.json,
                    "previous_errors": [],
                ]
            } ?? .null,
        ]
    }
}
