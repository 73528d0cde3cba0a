internal import Foundation
internal import SimulatorServer

/// Asks the control API about one world, without a socket.
struct ControlClient: Sendable {
    let server: EmbeddedServer
    let world: String

    /// An answer of which only matters that it was one.
    struct Ignored: Decodable {}

    private struct Refusal: Decodable {
        struct Detail: Decodable { var message: String }
        var error: Detail
    }

    /// - Parameters:
    ///   - method: such as `GET`.
    ///   - path: below `/_sim`.
    ///   - query: besides the world.
    ///   - body: sent as JSON.
    ///   - answer: what the API's JSON is.
    /// - Returns: the answer.
    /// - Throws: ``SimulatorError`` with the API's message when it refuses.
    @discardableResult
    func send<Answer: Decodable>(
        _ method: String,
        _ path: String,
        query: [(name: String, value: String)] = [],
        _ body: some Encodable & Sendable,
        as answer: Answer.Type = Ignored.self
    ) async throws(SimulatorError) -> Answer {
        let bytes: Data
        do {
            bytes = try JSONEncoder().encode(body)
        } catch {
            throw SimulatorError(.refused, "the value cannot be written as JSON: \(error)", cause: error)
        }
        return try await send(method, path, query: query, bytes: Array(bytes), as: answer)
    }

    /// The same with a body as it is, or none.
    @discardableResult
    func send<Answer: Decodable>(
        _ method: String,
        _ path: String,
        query: [(name: String, value: String)] = [],
        bytes: [UInt8] = [],
        as answer: Answer.Type = Ignored.self
    ) async throws(SimulatorError) -> Answer {
        let items = [("world", world)] + query.map { ($0.name, $0.value) }
        let text = items.map { "\($0)=\($1.percentEncoded)" }.joined(separator: "&")
        let reply = await server.control(method, "\(path)?\(text)", body: bytes)
        guard (200..<300).contains(reply.status) else {
            let refusal = try? JSONDecoder().decode(Refusal.self, from: Data(reply.body))
            throw SimulatorError(.refused, refusal?.error.message ?? "status \(reply.status)")
        }
        do {
            return try Self.decode(answer, reply.body)
        } catch {
            preconditionFailure("the control API answers \(method) \(path) as its client expects: \(error)")
        }
    }

    static func decode<Answer: Decodable>(_ answer: Answer.Type, _ bytes: [UInt8]) throws -> Answer {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .custom { decoder in
            let text = try decoder.singleValueContainer().decode(String.self)
            return try Date(text, strategy: .rfc3339)
        }
        return try decoder.decode(answer, from: Data(bytes))
    }
}

extension String {
    fileprivate var percentEncoded: String {
        addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? self
    }
}

extension FormatStyle where Self == Date.ISO8601FormatStyle {
    /// With milliseconds, as the control API writes times.
    static var rfc3339: Date.ISO8601FormatStyle { Date.ISO8601FormatStyle(includingFractionalSeconds: true) }
}

extension ParseStrategy where Self == Date.ISO8601FormatStyle {
    /// With milliseconds, as the control API writes times.
    static var rfc3339: Date.ISO8601FormatStyle { Date.ISO8601FormatStyle(includingFractionalSeconds: true) }
}
