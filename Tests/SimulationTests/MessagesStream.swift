internal import NIOCore
internal import OpenRouterAPI
internal import ServerSentEvents
internal import Simulation
internal import Tapes

/// A streamed answer of `/messages`, read the way Anthropic's SDKs read it.
struct MessagesStream {
    struct Unreadable: Error {
        var reason: String
    }

    /// Names of the events in order, comments as `:`.
    private(set) var names: [String] = []
    /// The events' data.
    private(set) var events: [JSONValue] = []

    init(_ exchange: Exchange) throws {
        for item in try exchange.items() {
            switch item {
            case .event(let event):
                let data = try JSONDocument(parsing: event.data.utf8).root
                guard data["type"]?.string == event.type else {
                    throw Unreadable(reason: "event \(event.type) with the data \(event.data)")
                }
                names.append(event.type)
                events.append(data)
            default:
                names.append(":")
            }
        }
    }

    func events(_ name: String) -> [JSONValue] {
        events.filter { $0["type"]?.string == name }
    }

    /// The message that the deltas add up to, its usage with what `message_delta` says of it.
    ///
    /// - Throws: ``Unreadable`` for an order that no SDK takes: blocks that overlap, skip an index or never stop, events
    ///   before the start and after the stop.
    func message() throws -> JSON {
        var message = JSONObject()
        var content: [JSONObject] = []
        var input = ""
        var open: Int?
        var hasStopped = false
        for (position, event) in events.enumerated() {
            let type = event["type"]?.string ?? ""
            guard (type == "message_start") == (position == 0), !hasStopped else {
                throw Unreadable(reason: "\(type) at \(position)")
            }
            switch type {
            case "message_start":
                message = event["message"].flatMap { JSON($0).members } ?? [:]
            case "content_block_start":
                guard open == nil, event["index"]?.int == content.count,
                    let block = event["content_block"].flatMap({ JSON($0).members })
                else { throw Unreadable(reason: event.text) }
                open = content.count
                content.append(block)
                input = ""
            case "content_block_delta":
                guard let index = event["index"]?.int, index == open, let delta = event["delta"] else {
                    throw Unreadable(reason: event.text)
                }
                input += delta["partial_json"]?.string ?? ""
                try Self.add(delta, to: &content[index])
            case "content_block_stop":
                guard let index = event["index"]?.int, index == open else { throw Unreadable(reason: event.text) }
                open = nil
                guard !input.isEmpty else { continue }
                content[index]["input"] = JSON(try JSONDocument(parsing: input.utf8).root)
            case "message_delta":
                for name in ["stop_reason", "stop_sequence", "stop_details", "container"] {
                    message[name] = event["delta"]?[name].map { JSON($0) }
                }
                var usage = message["usage"]?.members ?? [:]
                for member in event["usage"]?.members.map({ $0 }) ?? [] { usage[member.key] = JSON(member.value) }
                message["usage"] = .object(usage)
            case "message_stop": hasStopped = true
            case "ping": break
            default: throw Unreadable(reason: type)
            }
        }
        guard hasStopped, open == nil else { throw Unreadable(reason: "no end") }
        message["content"] = .array(content.map { .object($0) })
        return .object(message)
    }

    private static func add(_ delta: JSONValue, to block: inout JSONObject) throws {
        func append(_ member: String) throws {
            guard case .string(let text) = block[member] else { throw Unreadable(reason: delta.text) }
            block[member] = .string(text + (delta[member]?.string ?? ""))
        }
        switch delta["type"]?.string {
        case "text_delta": try append("text")
        case "thinking_delta": try append("thinking")
        case "signature_delta": block["signature"] = delta["signature"].map { JSON($0) }
        case "citations_delta":
            var citations: [JSON] = []
            if case .array(let earlier) = block["citations"] { citations = earlier }
            citations += delta["citation"].map { [JSON($0)] } ?? []
            block["citations"] = .array(citations)
        case "input_json_delta":
            guard block["input"] != nil else { throw Unreadable(reason: delta.text) }
        default: throw Unreadable(reason: delta.text)
        }
    }
}
