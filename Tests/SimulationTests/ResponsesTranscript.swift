internal import HTTPTypes
internal import OpenRouterAPI
internal import Tapes

@testable internal import Simulation

/// What the deltas of a `/responses` stream say, joined by item, and what its events tell of the order.
struct ResponsesTranscript {
    /// Of the item at an index: its deltas of texts, thoughts, refusals and arguments.
    private(set) var deltas: [Int: String] = [:]
    private(set) var annotations: [Int: [JSONValue]] = [:]
    private(set) var logprobs: [Int: [String]] = [:]
    private(set) var added: [String] = []
    /// The items as they were done, by index.
    private(set) var done: [Int: JSONValue] = [:]

    init(_ events: [JSONValue]) {
        for event in events {
            let index = event["output_index"]?.int ?? -1
            switch event["type"]?.string ?? "" {
            case "response.output_item.added": added.append(event["item"]?["id"]?.string ?? "")
            case "response.output_item.done": done[index] = event["item"]
            case "response.output_text.annotation.added":
                if let annotation = event["annotation"] { annotations[index, default: []].append(annotation) }
            case let type where type.hasSuffix(".delta"):
                deltas[index, default: ""] += event["delta"]?.string ?? ""
                logprobs[index, default: []] += event["logprobs"]?.elements.map(\.text) ?? []
            default: break
            }
        }
    }

    /// What an item of an output says, in the same form as ``deltas``.
    static func text(of item: JSONValue) -> String {
        if let input = item["arguments"]?.string ?? item["input"]?.string { return input }
        let parts = (item["summary"]?.elements.map { $0 } ?? []) + (item["content"]?.elements.map { $0 } ?? [])
        return parts.map { $0["text"]?.string ?? $0["refusal"]?.string ?? "" }.joined()
    }

    static func parts(of item: JSONValue) -> [JSONValue] {
        item["content"]?.elements.map { $0 } ?? []
    }
}

extension Request {
    static func responses(_ body: String) -> Request {
        make(.post, "/responses", body: body)
    }
}

extension Exchange {
    /// The types of a stream's events, `response.` left out and equal neighbors joined.
    func eventTypes() throws -> [String] {
        var types: [String] = []
        for event in try chunks() {
            let type = String((event["type"]?.string ?? "").trimmingPrefix("response."))
            if types.last != type { types.append(type) }
        }
        return types
    }
}
