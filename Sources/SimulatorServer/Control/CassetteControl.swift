internal import Cassettes
internal import HTTPTypes
internal import NIOCore
internal import OpenRouterAPI
internal import Simulation
internal import Tapes

/// Cassettes: which ones are played, and what is in them.
///
/// Reading one blocks on the disk for a moment, which the control API may: it answers off the event loop.
enum CassetteControl {
    /// Recordings in one listing, at most.
    private static let listLimit = 1_000

    static let operations: [ControlOperation] = [
        ControlOperation(
            method: .get,
            path: "/cassettes",
            summary: "The cassettes that answers are played from.",
            respond: list
        ),
        ControlOperation(
            method: .get,
            path: "/cassettes/{cassette}/recordings",
            summary: "The recordings of a cassette, in their order; 1,000 at most.",
            query: [
                ControlOperation.Parameter(
                    name: "after",
                    summary: "Those with a greater id.",
                    schema: ["type": "integer", "minimum": 0]
                )
            ],
            respond: recordings
        ),
        ControlOperation(
            method: .get,
            path: "/cassettes/{cassette}/recordings/{id}",
            summary: "A recording: its request and its answer.",
            respond: show
        ),
    ]

    private static func list(_ call: ControlCall) throws(APIError) -> ControlAnswer {
        let cassettes = try call.cassettes.enumerated().map { index, cassette throws(APIError) -> JSON in
            let count = try readable { () throws(CassetteError) in try cassette.count() }
            return ["id": .integer(index + 1), "path": .string(cassette.path), "recordings": .integer(count)]
        }
        return .json(["cassettes": .array(cassettes)])
    }

    private static func recordings(_ call: ControlCall) throws(APIError) -> ControlAnswer {
        let cassette = try call.cassette()
        let after = try call.queryCount("after") ?? 0
        let summaries = try readable { () throws(CassetteError) in try cassette.summaries() }
        let shown = summaries.lazy.filter { $0.id > after }.prefix(listLimit)
        return .json([
            "path": .string(cassette.path),
            "total": .integer(summaries.count),
            "recordings": .array(shown.map(\.json)),
        ])
    }

    private static func show(_ call: ControlCall) throws(APIError) -> ControlAnswer {
        let cassette = try call.cassette()
        guard let id = Int64(call.parameter("id")) else {
            throw .invalidField("id", expected: "a whole number", found: JSON.string(call.parameter("id")).text)
        }
        let stored = try readable { () throws(CassetteError) in try cassette.interaction(id) }
        // Files of older versions may hold what is not written any more.
        let interaction = call.services.redactor.redact(stored.interaction).interaction
        let request = interaction.request
        let answer = TapeExcerpt(interaction.tape)
        return .json([
            "id": .integer(Int(stored.id)),
            "path": .string(cassette.path),
            "upstream": stored.upstream.map { .string($0) } ?? .null,
            "completion": .string(interaction.completion.rawValue),
            "request": [
                "method": .string(request.method.rawValue),
                "target": .string(request.target.raw),
                "headers": .array(request.fields.map { [.string($0.name.rawName), .string($0.value)] }),
                "body": .string(String(decoding: request.body.readableBytesView, as: UTF8.self)),
            ],
            "answer": answer.tape.json(bodyByteCount: answer.bodyByteCount, frameCount: answer.frameCount),
        ])
    }

    private static func readable<Value>(_ read: () throws(CassetteError) -> Value) throws(APIError) -> Value {
        do throws(CassetteError) {
            return try read()
        } catch .noSuchInteraction(let path, let id) {
            throw APIError(
                status: 404,
                message: "\(path) has no recording \(id)",
                metadata: ["error_type": "not_found"]
            )
        } catch {
            throw APIError(status: 500, message: error.description)
        }
    }
}

extension ControlCall {
    fileprivate var cassettes: [Cassette] { services.sources.flatMap(\.cassettes) }

    /// - Throws: ``APIError`` 404 for a number that none has.
    fileprivate func cassette() throws(APIError) -> Cassette {
        let cassettes = cassettes
        guard let number = Int(parameter("cassette")), cassettes.indices.contains(number - 1) else {
            throw APIError(
                status: 404,
                message: "There is no cassette \(parameter("cassette")); GET /_sim/cassettes lists \(cassettes.count)",
                metadata: ["error_type": "not_found"]
            )
        }
        return cassettes[number - 1]
    }
}
