internal import OpenRouterAPI

/// Holds an answer against what the document declares for its operation.
struct AnswerCheck {
    let specification: OpenAPIDocument
    let operation: OpenAPIOperation

    /// - Parameters:
    ///   - answer: what came.
    ///   - isStreamed: whether an event stream was asked for.
    /// - Returns: what the document does not allow, in the order of the answer; empty when it conforms.
    func problems(of answer: ReceivedAnswer, isStreamed: Bool = false) -> [ConformanceProblem] {
        guard let status = answer.status else {
            return [ConformanceProblem(.status, "there was no answer")]
        }
        guard let bodies = operation.bodies(forStatus: status) else {
            let declared = operation.declaredStatuses
            return [
                ConformanceProblem(
                    .status,
                    "\(status) is not declared; declared are \(declared)",
                    schema: operation.pointer
                )
            ]
        }
        guard !bodies.isEmpty else {
            guard !answer.bytes.isEmpty else { return [] }
            return [ConformanceProblem(.body, "no body is declared for status \(status)", schema: operation.pointer)]
        }
        guard let mediaType = answer.mediaType, let media = bodies.first(where: { $0.includes(mediaType) }) else {
            let declared = bodies.map(\.type).joined(separator: ", ")
            let found = answer.mediaType ?? "missing"
            return [
                ConformanceProblem(
                    .contentType,
                    "\(found) is not declared; declared are \(declared)",
                    schema: operation.pointer
                )
            ]
        }
        var problems: [ConformanceProblem] = []
        if answer.isSuccess, isStreamed != answer.isEventStream {
            let expected = isStreamed ? "an event stream" : "no event stream"
            problems.append(ConformanceProblem(.contentType, "\(mediaType), though \(expected) was asked for"))
        }
        return problems + self.problems(of: answer, media)
    }

    private func problems(of answer: ReceivedAnswer, _ media: OpenAPIMedia) -> [ConformanceProblem] {
        if answer.isEventStream { return eventProblems(of: answer, media) }
        guard answer.isJSON else {
            guard answer.bytes.isEmpty else { return [] }
            return [ConformanceProblem(.body, "is empty", schema: media.pointer)]
        }
        do {
            let value = try JSONDocument(parsing: answer.bytes).root
            guard let schema = media.schema else { return [] }
            if answer.status == 400, value.isZodReport { return [] }
            return SchemaValidator(specification.schemas).violations(of: value, by: schema)
                .map { ConformanceProblem(.body, $0) }
        } catch {
            return [ConformanceProblem(.body, "is no JSON: \(error)")]
        }
    }

    /// Event schemas describe the event as an object: its `data`, parsed, and where they say so its `event`.
    private func eventProblems(of answer: ReceivedAnswer, _ media: OpenAPIMedia) -> [ConformanceProblem] {
        var problems: [ConformanceProblem] = []
        let payloads = answer.events(endedBy: media.sentinel, &problems)
        guard let schema = media.schema else { return problems }
        let validator = SchemaValidator(specification.schemas)
        let isWrapped = specification.schemas.describesEvents(schema)
        for payload in payloads {
            guard isWrapped else {
                problems += validator.violations(of: payload.value, by: schema)
                    .map { ConformanceProblem(payload.place, $0) }
                continue
            }
            problems += validator.violations(of: payload.event, by: schema).map { violation in
                var problem = ConformanceProblem(payload.place, violation)
                problem.pointer = problem.pointer.insideData
                return problem
            }
        }
        return problems
    }
}

extension JSONPointer {
    /// Of an event, the pointer from its data on, which is what a client sees.
    var insideData: JSONPointer {
        components.first == "data" ? JSONPointer(components: Array(components.dropFirst())) : self
    }
}

extension JSONValue {
    /// Whether it is the second error envelope, which real answers have and no document declares (reference: platform
    /// §0.3).
    fileprivate var isZodReport: Bool {
        self["success"]?.bool == false && self["error"]?["name"]?.string == "ZodError"
            && self["error"]?["message"]?.string != nil
    }
}

extension SchemaLibrary {
    /// Whether a schema is about events, with their data as a member, or about the data itself.
    func describesEvents(_ id: SchemaID) -> Bool {
        let schema = self[id]
        if let reference = schema.reference { return describesEvents(reference) }
        return schema.properties["data"] != nil
    }
}

extension ReceivedAnswer.Payload {
    /// The event as an object with `data` and, where it is named, `event`.
    var event: JSONValue {
        var bytes = Array("{".utf8)
        if let eventType {
            bytes += Array("\"event\":".utf8) + JSON.string(eventType).serialized() + Array(",".utf8)
        }
        bytes += Array("\"data\":".utf8) + value.raw + Array("}".utf8)
        guard let document = try? JSONDocument(parsing: bytes) else {
            preconditionFailure("an object of JSON values is JSON")
        }
        return document.root
    }
}
