internal import HTTPTypes
internal import NIOCore
internal import OpenRouterAPI
internal import ServerSentEvents
internal import Simulation
internal import Tapes

/// A request and how the simulator answered it, with views for tests.
struct Exchange {
    let answered: Simulator.Answered

    init(
        _ request: Request,
        in world: World = .make(),
        by simulator: Simulator = Simulator(),
        attempts: any ProviderAttempts = SyntheticAttempts()
    ) {
        answered = simulator.answer(request, in: world, attempts: attempts)
    }

    var tape: Tape { answered.tape }
    var status: Int { tape.head?.status.code ?? 0 }
    var fields: HTTPFields { tape.head?.fields ?? [:] }
    var body: String { tape.frames.map { String(buffer: $0.bytes) }.joined() }

    /// Status and header fields as they would be sent, without the version.
    var head: String {
        let status = tape.head.map { "\($0.status.code) \($0.status.reasonPhrase)" } ?? ""
        return ([status] + fields.map { "\($0.name.rawName): \($0.value)" }).joined(separator: "\n")
    }

    func json() throws -> JSONValue {
        try JSONDocument(parsing: body.utf8).root
    }

    /// Comments and events of the body.
    func items() throws -> [EventStreamItem] {
        var parser = EventStreamParser()
        var items: [EventStreamItem] = []
        try parser.parse(Array(body.utf8), into: &items)
        guard parser.finish() == nil else { throw Unfinished() }
        return items
    }

    /// The data of all events but the last, which has to be `[DONE]`, parsed.
    func chunks() throws -> [JSONValue] {
        var data = try items().compactMap { item -> String? in
            if case .event(let event) = item { event.data } else { nil }
        }
        guard data.popLast() == "[DONE]" else { throw Unfinished() }
        return try data.map { try JSONDocument(parsing: $0.utf8).root }
    }

    struct Unfinished: Error {}
}

extension JSONValue {
    /// The source text.
    var text: String { String(decoding: raw, as: UTF8.self) }

    /// The names of an object's members in order.
    var names: [String] { members.map(\.key) }
}
