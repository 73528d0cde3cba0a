internal import OpenRouterAPI

/// Reads and checks one message of `POST /chat/completions` (reference: inference §2.2).
struct ChatMessageReader {
    private enum Role: String, CaseIterable {
        case system, developer, user, assistant, tool
    }

    private let message: FieldReader

    init(_ value: JSONValue, path: String) throws(APIError) {
        message = try FieldReader(value, path: path)
    }

    func read(into prompt: inout PromptReader) throws(APIError) {
        let role = try message.requiredChoice("role", of: Role.self)
        _ = try message.string("name")
        prompt.beginMessage(isUser: role == .user)
        switch role {
        case .assistant:
            prompt.lastAssistantModel = try message.string("model") ?? prompt.lastAssistantModel
            try readContent(isRequired: false, into: &prompt)
            try readToolCalls(into: &prompt)
            try checkReasoning()
        case .tool:
            try readContent(isRequired: true, into: &prompt)
            prompt.readToolResult("")
            guard try message.string("tool_call_id") != nil else {
                throw message.invalid("tool_call_id", expected: "the id of the call this answers")
            }
        case .user:
            try readContent(isRequired: true, into: &prompt)
        case .system, .developer:
            try readContent(isRequired: true, takesMedia: false, into: &prompt)
        }
    }

    private func readContent(
        isRequired: Bool,
        takesMedia: Bool = true,
        into prompt: inout PromptReader
    ) throws(APIError) {
        guard let content = message.optional("content") else {
            guard !isRequired else { throw message.invalid("content", expected: "a string or an array of parts") }
            return
        }
        if let text = content.string { return prompt.read(text: text) }
        guard content.kind == .array else {
            throw message.invalid("content", expected: "a string or an array of parts")
        }
        for (index, part) in content.elements.enumerated() {
            let path = "\(message.path(of: "content"))[\(index)]"
            let reader = try FieldReader(part, path: path)
            guard takesMedia || part["type"]?.string == PartType.text.rawValue else {
                throw reader.invalid("type", expected: "\"text\", the only part of such a message")
            }
            try readPart(reader, into: &prompt)
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

    private enum ImageDetail: String, CaseIterable {
        case auto, low, high, original
    }

    private enum AudioFormat: String, CaseIterable {
        case wav, mp3, aiff, aac, ogg, flac, m4a, pcm16, pcm24
    }

    private func readPart(_ part: FieldReader, into prompt: inout PromptReader) throws(APIError) {
        switch try part.requiredChoice("type", of: PartType.self) {
        case .text:
            prompt.read(text: try part.requiredString("text"))
        case .imageURL:
            let (media, url) = try media("image_url", of: part)
            prompt.readImage(url: url, detail: try media.choice("detail", of: ImageDetail.self)?.rawValue)
        case .videoURL, .inputVideo:
            prompt.readVideo(url: try media("video_url", of: part).1)
        case .inputAudio:
            guard let audio = try part.object("input_audio"), let data = try audio.string("data"),
                let format = try audio.choice("format", of: AudioFormat.self)
            else { throw part.invalid("input_audio", expected: "an object with data and format") }
            guard !data.contains(":") else { throw audio.invalid("data", expected: "the sound in base64, and no URL") }
            prompt.readAudio(base64: data, format: format.rawValue)
        case .file:
            let file = try part.requiredObject("file")
            let data = try file.string("file_data")
            let id = try file.string("file_id")
            prompt.readFile(name: try file.string("filename"), content: data ?? id)
        }
        try part.markCacheBreakpoint(in: &prompt)
        if let breakpoint = part.optional("prompt_cache_breakpoint") { prompt.markCacheBreakpoint(breakpoint) }
    }

    private func media(_ name: String, of part: FieldReader) throws(APIError) -> (FieldReader, String) {
        guard let media = try part.object(name) else { throw part.invalid(name, expected: "an object with url") }
        guard let url = try media.string("url") else { throw media.invalid("url", expected: "an https or data URL") }
        return (media, url)
    }
}

// MARK: - What the assistant has said and done

extension ChatMessageReader {
    private enum CallType: String, CaseIterable {
        case function
    }

    private func readToolCalls(into prompt: inout PromptReader) throws(APIError) {
        guard let calls = try message.array("tool_calls") else { return }
        for (index, value) in calls.elements.enumerated() {
            let call = try FieldReader(value, path: "\(message.path(of: "tool_calls"))[\(index)]")
            _ = try call.choice("type", of: CallType.self)
            guard let function = try call.object("function"), let name = try function.string("name") else {
                throw call.invalid("function", expected: "an object with name and arguments")
            }
            prompt.readToolCall(name: name, arguments: try function.requiredString("arguments"))
            _ = try call.requiredString("id")
        }
    }

    private enum ReasoningType: String, CaseIterable {
        case text = "reasoning.text"
        case summary = "reasoning.summary"
        case encrypted = "reasoning.encrypted"
        case serverToolCall = "reasoning.server_tool_call"
    }

    /// Thoughts that are sent back (schema `ReasoningDetailUnion`).
    private func checkReasoning() throws(APIError) {
        _ = try message.string("reasoning")
        _ = try message.string("refusal")
        guard let details = try message.array("reasoning_details") else { return }
        for (index, value) in details.elements.enumerated() {
            let detail = try FieldReader(value, path: "\(message.path(of: "reasoning_details"))[\(index)]")
            switch try detail.requiredChoice("type", of: ReasoningType.self) {
            case .text:
                _ = try detail.string("text")
                _ = try detail.string("signature")
            case .summary: _ = try detail.requiredString("summary")
            case .encrypted: _ = try detail.requiredString("data")
            case .serverToolCall:
                for name in ["tool_name", "arguments", "result"] { _ = try detail.requiredString(name) }
            }
        }
    }
}
