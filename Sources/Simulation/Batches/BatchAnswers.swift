internal import HTTPTypes
internal import NIOCore
internal import OpenRouterAPI
internal import Tapes

/// Answers the lines of a batch, each as its endpoint answers a request.
struct BatchAnswers {
    let call: Call
    let request: BatchRequest

    /// Looks whether anybody serves the model, before a job is made of it.
    ///
    /// - Throws: ``APIError`` 400 or 404 as the endpoint would give it.
    func checkModel() throws(APIError) {
        var routing = RoutingRequest(
            models: [request.routedModel(in: call.catalog)],
            purpose: request.endpoint.purpose,
            now: call.world.now
        )
        routing.isBatch = true
        var generator = SeededGenerator(seed: call.world.seed)
        _ = try Router(catalog: call.catalog).plan(for: routing, using: &generator)
    }

    /// - Parameters:
    ///   - records: gets what the answers are to be booked with.
    ///   - generator: makes the results' ids.
    /// - Returns: one result for each line, in the order of the lines.
    func results(
        bookedIn records: BatchRecords,
        using generator: inout SeededGenerator
    ) -> [BatchResult] {
        let model = request.routedModel(in: call.catalog)
        let errorSkin = request.endpoint.operation.errorSkin
        return request.lines.map { line in
            let call = call.line(lineRequest(line, model: model), errors: errorSkin, bookedIn: records)
            return result(of: line, call, id: "batch_req_" + generator.hexadecimal(32))
        }
    }

    private func result(of line: BatchRequest.Line, _ call: Call, id: String) -> BatchResult {
        do throws(APIError) {
            let operation = request.endpoint.operation
            let answer = try operation.respond(call)
            return BatchResult(id: id, line, answer, status: answer.status ?? operation.status)
        } catch {
            return BatchResult(id: id, line, error)
        }
    }

    /// The line as a request of its own, with nothing of the batch's header but who asks.
    private func lineRequest(_ line: BatchRequest.Line, model: String) -> Request {
        var body = JSON(line.body.value).members ?? [:]
        body["model"] = .string(model)
        var lineRequest = call.request
        lineRequest.target = RequestTarget("/api" + request.endpoint.rawValue)
        lineRequest.fields = HTTPFields(call.request.fields.filter { Self.keptFields.contains($0.name) })
        lineRequest.body = ByteBuffer(bytes: body.serialized())
        return lineRequest
    }

    private static let keptFields: Set<HTTPField.Name> = [.referer, .httpReferer, .userAgent]
}
