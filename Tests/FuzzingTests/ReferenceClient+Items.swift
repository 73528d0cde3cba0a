import OpenRouterAPI

@testable import Fuzzing

extension ReferenceClient {
    mutating func handleResponsesEvent(_ event: JSONValue) throws {
        guard let type = event["type"]?.string else { throw Failure(description: "no type") }
        let index = event["output_index"]?.int ?? -1
        switch type {
        case "response.output_text.delta" where !policy.readsWholeItems:
            text += event["delta"].map(Self.units) ?? []
        case "response.output_text.done" where policy.readsWholeItems:
            text += event["text"].map(Self.units) ?? []
        case "response.output_item.added" where event["item"]?["type"]?.string == "function_call":
            calls[index] = (event["item"]?["name"]?.string ?? "", nil, [])
        case "response.function_call_arguments.delta" where !policy.readsWholeItems:
            guard calls[index] != nil else { throw Failure(description: "arguments of no call") }
            calls[index]?.arguments += event["delta"].map(Self.units) ?? []
        case "response.output_item.done" where policy.readsWholeItems:
            guard event["item"]?["type"]?.string == "function_call" else { break }
            calls[index] = (
                event["item"]?["name"]?.string ?? "", nil, event["item"]?["arguments"].map(Self.units) ?? []
            )
        case "response.completed": isFinished = true
        case "response.incomplete":
            guard !policy.reportsCutAnswers else { throw Failure(description: "incomplete") }
            isFinished = true
        case "response.failed", "error", "response.error": throw Failure(description: "error")
        default: break
        }
    }

    mutating func handleMessagesEvent(_ event: JSONValue, named name: String) throws {
        let type = policy.readsEventNames && name != "message" ? name : event["type"]?.string ?? ""
        let index = event["index"]?.int ?? -1
        switch type {
        case "error": throw Failure(description: "error")
        case "content_block_start":
            guard let block = event["content_block"], block["type"]?.string == "tool_use" else { break }
            calls[index] = (block["name"]?.string ?? "", nil, [])
        case "content_block_delta":
            guard let delta = event["delta"] else { throw Failure(description: "no delta") }
            switch delta["type"]?.string {
            case "text_delta": text += delta["text"].map(Self.units) ?? []
            case "input_json_delta": calls[index]?.arguments += delta["partial_json"].map(Self.units) ?? []
            default: break
            }
        case "message_delta":
            let reason = event["delta"]?["stop_reason"]?.string
            guard !policy.reportsCutAnswers || reason == "end_turn" || reason == "tool_use" else {
                throw Failure(description: "stop reason")
            }
        case "message_stop":
            isFinished = true
            // What may follow is a sentinel that this API has not.
            isStopped = true
        default: break
        }
    }
}
