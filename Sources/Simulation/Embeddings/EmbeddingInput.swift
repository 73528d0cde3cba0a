internal import OpenRouterAPI

/// One thing to embed, and what it counts.
struct EmbeddingInput: Sendable {
    var features = TextFeatures()
    var tokenCount = 0
}

/// Reads the `input` of `POST /embeddings` in all its forms (reference: inference §6.1).
struct EmbeddingInputReader {
    private static let expected =
        "a string, an array of strings, of token ids, of arrays of token ids, or of objects with content"

    private(set) var inputs: [EmbeddingInput] = []
    /// Counts everything but token ids.
    private(set) var prompt = PromptReader()
    /// Those sent as ids.
    private(set) var tokenIDCount = 0

    /// - Throws: ``APIError`` 400 that names the element.
    init(reading reader: FieldReader) throws(APIError) {
        guard let input = reader.optional("input") else { throw reader.invalid("input", expected: Self.expected) }
        let path = reader.path(of: "input")
        guard input.kind == .array else {
            try add(input, path: path, expected: Self.expected)
            return
        }
        guard let first = input.elements.first(where: { _ in true }) else {
            throw .invalidField(path, expected: "at least one element", found: "an empty array")
        }
        if first.kind == .number {
            try add(tokenIDs: input, path: path)
            return
        }
        for (index, element) in input.elements.enumerated() {
            let path = "\(path)[\(index)]"
            // The first element says which of the forms it is.
            switch first.kind {
            case .string: try add(element, path: path, expected: "a string like the elements before it")
            case .array: try add(tokenIDs: element, path: path)
            default: try add(content: try FieldReader(element, path: path))
            }
        }
    }

    private mutating func add(_ text: JSONValue, path: String, expected: String) throws(APIError) {
        guard let string = text.string else { throw .invalidField(path, expected: expected, found: text.excerpt) }
        guard !string.isEmpty else { throw .invalidField(path, expected: "a text", found: "an empty string") }
        addInput { input, prompt in
            prompt.read(text: string)
            input.features.add(text: string)
        }
    }

    private mutating func add(tokenIDs value: JSONValue, path: String) throws(APIError) {
        guard value.kind == .array else {
            throw .invalidField(path, expected: "an array of token ids", found: value.excerpt)
        }
        var tokens: [Int] = []
        for (index, element) in value.elements.enumerated() {
            guard let token = element.int, token >= 0 else {
                throw .invalidField("\(path)[\(index)]", expected: "a token id", found: element.excerpt)
            }
            tokens.append(token)
        }
        guard !tokens.isEmpty else {
            throw .invalidField(path, expected: "at least one token id", found: "an empty array")
        }
        tokenIDCount += tokens.count
        var input = EmbeddingInput(tokenCount: tokens.count)
        input.features.add(tokens: tokens)
        inputs.append(input)
    }

    private mutating func addInput(_ body: (inout EmbeddingInput, inout PromptReader) -> Void) {
        var input = EmbeddingInput()
        let before = prompt.tokens.count
        body(&input, &prompt)
        input.tokenCount = prompt.tokens.count - before
        inputs.append(input)
    }
}

// MARK: - Content parts

extension EmbeddingInputReader {
    private enum PartType: String, CaseIterable {
        case text
        case image = "image_url"
        case audio = "input_audio"
        case video = "input_video"
        case file = "input_file"
    }

    private mutating func add(content object: FieldReader) throws(APIError) {
        guard let parts = try object.array("content") else {
            throw object.invalid("content", expected: "an array of parts")
        }
        guard parts.count > 0 else {
            throw .invalidField(object.path(of: "content"), expected: "at least one part", found: "an empty array")
        }
        var input = EmbeddingInput()
        let before = prompt.tokens.count
        for (index, value) in parts.elements.enumerated() {
            try add(part: try FieldReader(value, path: "\(object.path(of: "content"))[\(index)]"), to: &input)
        }
        input.tokenCount = prompt.tokens.count - before
        inputs.append(input)
    }

    private mutating func add(part: FieldReader, to input: inout EmbeddingInput) throws(APIError) {
        guard let type = try part.choice("type", of: PartType.self) else {
            throw part.invalid("type", expected: "one of " + PartType.allCases.map(\.rawValue).joined(separator: ", "))
        }
        if type == .text {
            guard let text = try part.string("text"), !text.isEmpty else {
                throw part.invalid("text", expected: "a text")
            }
            prompt.read(text: text)
            return input.features.add(text: text)
        }
        let member = type == .image ? "url" : "data"
        guard let medium = try part.object(type.rawValue) else {
            throw part.invalid(type.rawValue, expected: "an object with \(member)")
        }
        guard let content = try medium.string(member), !content.isEmpty else {
            throw medium.invalid(member, expected: type == .image ? "an https or data URL" : "base64 or a data URL")
        }
        let format = try medium.string("format")
        switch type {
        case .text: break
        case .image: prompt.readImage(url: content, detail: nil)
        case .audio: prompt.readAudio(base64: content.dataURLPayload, format: format ?? "wav")
        case .video: prompt.readVideo(url: content)
        case .file: prompt.readFile(name: format.map { "document.\($0)" }, content: content)
        }
        input.features.add(medium: content.utf8)
    }
}

extension String {
    /// What follows the comma of a `data:` URL; the whole text of anything else.
    fileprivate var dataURLPayload: String {
        guard hasPrefix("data:"), let comma = utf8.firstIndex(of: UInt8(ascii: ",")) else { return self }
        return String(self[utf8.index(after: comma)...])
    }
}
