internal import OpenRouterAPI

/// Reads and checks the body of `POST /chat/completions` (schema `ChatRequest`).
struct ChatRequestReader {
    private enum Role: String, CaseIterable {
        case system, developer, user, assistant, tool
    }

    private let reader: FieldReader

    init(_ body: JSONValue) throws(APIError) {
        reader = try FieldReader(body)
    }

    func read() throws(APIError) -> GenerationRequest {
        var prompt = PromptReader()
        if let messages = try reader.array("messages") {
            guard messages.count > 0 else { throw reader.invalid("messages", expected: "at least one message") }
            for (index, message) in messages.elements.enumerated() {
                try check(message, path: "messages[\(index)]")
                prompt.read(message)
            }
        } else if let text = try reader.string("prompt") {
            prompt.read(prompt: text)
        } else {
            // Wording as observed.
            throw APIError(status: 400, message: "Input required: specify \"prompt\" or \"messages\"")
        }
        let tools = try self.tools(&prompt)
        var request = GenerationRequest(prompt: prompt.lastUserText, promptTokenCount: prompt.tokenCount)
        request.hasToolResult = prompt.hasToolResult
        request.tools = tools
        request.toolChoice = try toolChoice(among: tools)
        request.responseFormat = try responseFormat()
        request.alternativeCount = try alternativeCount()
        try InferenceParameters(reader).read(into: &request)
        return request
    }
}

// MARK: - Messages

extension ChatRequestReader {
    private func check(_ value: JSONValue, path: String) throws(APIError) {
        let message = try FieldReader(value, path: path)
        guard let role = try message.choice("role", of: Role.self) else {
            throw message.invalid("role", expected: "one of system, developer, user, assistant, tool")
        }
        _ = try message.string("name")
        switch role {
        case .assistant:
            try checkContent(message, isRequired: false)
            try checkToolCalls(message)
        case .tool:
            try checkContent(message, isRequired: true)
            guard try message.string("tool_call_id") != nil else {
                throw message.invalid("tool_call_id", expected: "the id of the call this answers")
            }
        case .system, .developer, .user:
            try checkContent(message, isRequired: true)
        }
    }

    private func checkContent(_ message: FieldReader, isRequired: Bool) throws(APIError) {
        guard let content = message.optional("content") else {
            guard !isRequired else { throw message.invalid("content", expected: "a string or an array of parts") }
            return
        }
        switch content.kind {
        case .string:
            return
        case .array:
            for (index, part) in content.elements.enumerated() {
                try checkPart(part, path: "\(message.path(of: "content"))[\(index)]")
            }
        default:
            throw message.invalid("content", expected: "a string or an array of parts")
        }
    }

    private enum PartType: String, CaseIterable {
        case text
        case imageURL = "image_url"
        case inputAudio = "input_audio"
        case videoURL = "video_url"
        case inputVideo = "input_video"
        case file
    }

    private func checkPart(_ value: JSONValue, path: String) throws(APIError) {
        let part = try FieldReader(value, path: path)
        guard let type = try part.choice("type", of: PartType.self) else {
            throw part.invalid("type", expected: "one of " + PartType.allCases.map(\.rawValue).joined(separator: ", "))
        }
        switch type {
        case .text:
            guard try part.string("text") != nil else { throw part.invalid("text", expected: "a string") }
        case .imageURL, .videoURL, .inputVideo:
            let name = type == .imageURL ? "image_url" : "video_url"
            guard let media = try part.object(name) else { throw part.invalid(name, expected: "an object with url") }
            guard try media.string("url") != nil else {
                throw media.invalid("url", expected: "an https or data URL")
            }
        case .inputAudio:
            guard let audio = try part.object("input_audio"), try audio.string("data") != nil,
                try audio.string("format") != nil
            else { throw part.invalid("input_audio", expected: "an object with data and format") }
        case .file:
            guard try part.object("file") != nil else { throw part.invalid("file", expected: "an object") }
        }
    }

    private func checkToolCalls(_ message: FieldReader) throws(APIError) {
        guard let calls = try message.array("tool_calls") else { return }
        for (index, value) in calls.elements.enumerated() {
            let call = try FieldReader(value, path: "\(message.path(of: "tool_calls"))[\(index)]")
            guard let function = try call.object("function"), try function.string("name") != nil else {
                throw call.invalid("function", expected: "an object with name and arguments")
            }
            _ = try function.string("arguments")
        }
    }
}

// MARK: - Tools and output format

extension ChatRequestReader {
    private func tools(_ prompt: inout PromptReader) throws(APIError) -> [GenerationRequest.Tool] {
        guard let list = try reader.array("tools") else { return [] }
        var tools: [GenerationRequest.Tool] = []
        for (index, value) in list.elements.enumerated() {
            let path = "tools[\(index)]"
            let tool = try FieldReader(value, path: path)
            guard let type = try tool.string("type") else { throw tool.invalid("type", expected: "\"function\"") }
            prompt.read(tool: value)
            // Server tools run inside OpenRouter; the client never sees a call of them.
            guard type == "function" else {
                guard type.hasPrefix("openrouter:") || type.hasPrefix("web_search") else {
                    throw tool.invalid("type", expected: "\"function\" or a server tool such as openrouter:web_search")
                }
                continue
            }
            guard let function = try tool.object("function") else {
                throw tool.invalid("function", expected: "an object with name and parameters")
            }
            guard let name = try function.string("name", longest: 64), !name.isEmpty else {
                throw function.invalid("name", expected: "a string")
            }
            let parameters = try function.object("parameters")?.value
            tools.append(GenerationRequest.Tool(name: name, parameters: parameters))
        }
        return tools
    }

    private func toolChoice(
        among tools: [GenerationRequest.Tool]
    ) throws(APIError) -> GenerationRequest.ToolChoice {
        let expected = "none, auto, required or {\"type\":\"function\",\"function\":{\"name\":…}}"
        guard let choice = reader.optional("tool_choice") else { return .auto }
        if let word = choice.string {
            switch word {
            case "none": return .none
            case "auto": return .auto
            case "required": return .required
            default: throw reader.invalid("tool_choice", expected: expected)
            }
        }
        guard choice.kind == .object, let type = choice["type"]?.string else {
            throw reader.invalid("tool_choice", expected: expected)
        }
        guard type == "function" else { return .auto }
        guard let name = choice["function"]?["name"]?.string else {
            throw .invalidField("tool_choice.function.name", expected: "the name of a tool", found: "nothing")
        }
        guard tools.contains(where: { $0.name == name }) else {
            throw .invalidField(
                "tool_choice.function.name",
                expected: "one of the tools: " + tools.map(\.name).joined(separator: ", "),
                found: JSON.string(name).text
            )
        }
        return .function(name)
    }

    private enum FormatType: String, CaseIterable {
        case text
        case jsonObject = "json_object"
        case jsonSchema = "json_schema"
        case grammar
        case python
    }

    private func responseFormat() throws(APIError) -> GenerationRequest.ResponseFormat {
        guard let format = try reader.object("response_format") else { return .text }
        guard let type = try format.choice("type", of: FormatType.self) else {
            throw format.invalid(
                "type",
                expected: "one of " + FormatType.allCases.map(\.rawValue).joined(separator: ", ")
            )
        }
        switch type {
        case .text, .grammar, .python:
            return .text
        case .jsonObject:
            return .jsonObject
        case .jsonSchema:
            guard let schema = try format.object("json_schema") else {
                throw format.invalid("json_schema", expected: "an object with name and schema")
            }
            guard try schema.string("name", longest: 64) != nil else {
                throw schema.invalid("name", expected: "a string")
            }
            return .jsonSchema(try schema.object("schema")?.value)
        }
    }

    private func alternativeCount() throws(APIError) -> Int? {
        let count = try reader.integer("top_logprobs", in: 0...20)
        guard try reader.bool("logprobs") == true else {
            guard count == nil else { throw reader.invalid("top_logprobs", expected: "logprobs to be true beside it") }
            return nil
        }
        return count ?? 0
    }
}
