internal import OpenRouterAPI

/// Reads and checks a `document` block (schema `AnthropicDocumentBlockParam`).
struct MessagesDocumentReader {
    private enum Source: String, CaseIterable {
        case base64, text, content, url, file
    }

    private let block: FieldReader

    init(_ block: FieldReader) {
        self.block = block
    }

    func read(into prompt: inout PromptReader) throws(APIError) {
        let title = try block.string("title")
        if let context = try block.string("context") { prompt.read(context: context) }
        _ = try block.object("citations")?.bool("enabled")
        let source = try block.requiredObject("source")
        switch try source.requiredChoice("type", of: Source.self) {
        case .base64:
            try check("application/pdf", of: source)
            let data = try source.requiredString("data")
            prompt.readFile(name: title, content: "data:application/pdf;base64,\(data)")
        case .text:
            try check("text/plain", of: source)
            prompt.read(context: try source.requiredString("data"))
        case .content:
            try readContent(of: source, into: &prompt)
        case .url:
            prompt.readFile(name: title, content: try source.requiredString("url"))
        case .file:
            prompt.readFile(name: title, content: try source.requiredString("file_id"))
        }
    }

    private func check(_ mediaType: String, of source: FieldReader) throws(APIError) {
        guard try source.string("media_type") == mediaType else {
            throw source.invalid("media_type", expected: JSON.string(mediaType).text)
        }
    }

    /// A string, or blocks of text and images.
    private func readContent(of source: FieldReader, into prompt: inout PromptReader) throws(APIError) {
        if let text = source.optional("content")?.string { return prompt.read(context: text) }
        guard let blocks = source.optional("content"), blocks.kind == .array else {
            throw source.invalid("content", expected: "a string or an array of blocks")
        }
        for (index, value) in blocks.elements.enumerated() {
            let path = "\(source.path(of: "content"))[\(index)]"
            let part = try FieldReader(value, path: path)
            switch try part.string("type") {
            case "text": prompt.read(context: try part.requiredString("text"))
            case "image": try MessagesBlockReader(value, path: path).read(into: &prompt)
            default: throw part.invalid("type", expected: "one of text, image")
            }
        }
    }
}
