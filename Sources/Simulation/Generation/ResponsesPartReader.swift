internal import OpenRouterAPI

/// Reads and checks one part of a message or of a tool's output (reference: inference §4.3).
struct ResponsesPartReader {
    private enum PartType: String, CaseIterable {
        case inputText = "input_text"
        case inputImage = "input_image"
        case inputFile = "input_file"
        case inputAudio = "input_audio"
        case inputVideo = "input_video"
        case outputText = "output_text"
        case refusal
    }

    private enum Detail: String, CaseIterable {
        case auto, high, low, original
    }

    private enum AudioFormat: String, CaseIterable {
        case mp3, wav
    }

    private let part: FieldReader

    init(_ value: JSONValue, path: String) throws(APIError) {
        part = try FieldReader(value, path: path)
    }

    func read(into prompt: inout PromptReader) throws(APIError) {
        switch try part.requiredChoice("type", of: PartType.self) {
        case .inputText, .outputText: prompt.read(text: try part.requiredString("text"))
        case .refusal: prompt.read(text: try part.requiredString("refusal"))
        case .inputImage: try readImage(into: &prompt)
        case .inputFile: try readFile(into: &prompt)
        case .inputAudio: try readAudio(into: &prompt)
        case .inputVideo: prompt.readVideo(url: try part.requiredString("video_url"))
        }
        if let breakpoint = part.optional("prompt_cache_breakpoint") { prompt.markCacheBreakpoint(breakpoint) }
    }

    /// The first of several members that is there.
    private func first(of names: String...) throws(APIError) -> String? {
        for name in names {
            if let string = try part.string(name) { return string }
        }
        return nil
    }

    private func readImage(into prompt: inout PromptReader) throws(APIError) {
        let detail = try part.choice("detail", of: Detail.self)
        guard let url = try first(of: "image_url", "file_id") else {
            throw part.invalid("image_url", expected: "an https or data URL")
        }
        prompt.readImage(url: url, detail: detail?.rawValue)
    }

    private func readFile(into prompt: inout PromptReader) throws(APIError) {
        let name = try part.string("filename")
        guard let content = try first(of: "file_data", "file_url", "file_id") else {
            throw part.invalid("file_data", expected: "a data URL, or file_url or file_id instead")
        }
        prompt.readFile(name: name, content: content)
    }

    private func readAudio(into prompt: inout PromptReader) throws(APIError) {
        guard let audio = try part.object("input_audio"), let data = try audio.string("data"),
            let format = try audio.choice("format", of: AudioFormat.self)
        else { throw part.invalid("input_audio", expected: "an object with data and format") }
        prompt.readAudio(base64: data, format: format.rawValue)
    }
}
