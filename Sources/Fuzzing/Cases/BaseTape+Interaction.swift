internal import HTTPTypes
internal import NIOCore
internal import OpenRouterAPI
internal import ServerSentEvents
package import Tapes

extension BaseTape {
    /// What was really recorded, cut into the pieces in which it came.
    ///
    /// - Returns: nil for an interaction that is no successful stream of the chat API with text or calls of tools.
    package init?(_ interaction: Interaction, name: String) {
        let tape = interaction.tape
        guard tape.head?.status.code == 200, tape.head?.mediaType == "text/event-stream" else { return nil }
        var parser = EventStreamParser()
        guard let items = try? parser.parse(tape.body.readableBytesView) else { return nil }
        var conversation = Conversation()
        for case .event(let event) in items {
            guard let chunk = try? JSONDocument(parsing: Array(event.data.utf8)).root else { continue }
            guard chunk["error"] == nil else { return nil }
            for choice in chunk["choices"]?.elements.map({ $0 }) ?? [] {
                guard let delta = choice["delta"] else { continue }
                if let piece = delta["reasoning"]?.string, !piece.isEmpty { conversation.reasoning.append(piece) }
                if let piece = delta["content"]?.string, !piece.isEmpty { conversation.text.append(piece) }
                for fragment in delta["tool_calls"]?.elements.map({ $0 }) ?? [] { conversation.add(fragment) }
            }
        }
        guard !conversation.text.isEmpty || !conversation.toolCalls.isEmpty else { return nil }
        self.init(name, "as it was recorded", .combination, conversation)
    }
}

extension Conversation {
    /// Puts a fragment where its index says.
    fileprivate mutating func add(_ fragment: JSONValue) {
        let index = fragment["index"]?.int ?? max(0, toolCalls.count - 1)
        guard (0...toolCalls.count).contains(index) else { return }
        if index == toolCalls.count {
            let name = fragment["function"]?["name"]?.string ?? "get_weather"
            toolCalls.append(ToolCall(id: fragment["id"]?.string ?? "call_\(index)", name: name, pieces: []))
        }
        if let piece = fragment["function"]?["arguments"]?.string, !piece.isEmpty {
            toolCalls[index].pieces.append(piece)
        }
    }
}
