internal import OpenRouterAPI

/// Calls of the client's tools, tools that ran on the way, and images.
extension ResponsesStream {
    mutating func write(functionCall call: ToolCall, _ place: Place) {
        write(call.arguments, "response.function_call_arguments.delta", place)
        send(
            "response.function_call_arguments.done",
            place.members(["name": .string(call.name), "arguments": .string(call.arguments)])
        )
    }

    mutating func write(customCall call: ToolCall, _ place: Place) {
        write(call.arguments, "response.custom_tool_call_input.delta", place)
        send("response.custom_tool_call_input.done", place.members(["input": .string(call.arguments)]))
    }

    /// What a tool is called with, in pieces.
    private mutating func write(_ input: String, _ type: String, _ place: Place) {
        let template = ResponsesDelta(type, place.members())
        for piece in TokenSplitter.tokens(in: input) {
            pace()
            send(piece, template)
        }
    }

    /// Only the provider's own search has events of its own.
    mutating func write(_ call: ServerToolCall, _ place: Place) {
        guard call.search?.engine == .native else { return }
        for state in ["in_progress", "searching", "completed"] {
            send("response.web_search_call.\(state)", place.members())
        }
    }

    /// One partial image, which is the whole.
    mutating func write(_ image: GeneratedImage, _ place: Place) {
        send("response.image_generation_call.in_progress", place.members())
        send("response.image_generation_call.generating", place.members())
        send(
            "response.image_generation_call.partial_image",
            place.members(["partial_image_index": 0, "partial_image_b64": .string(image.base64)])
        )
        send("response.image_generation_call.completed", place.members())
    }
}
