internal import OpenRouterAPI

/// What is looked at while a batch is `validating`; it fails for what is found (reference: platform §5.11).
///
/// Which content is no text: docs, batch-quickstart, August 2026.
struct BatchValidation {
    let request: BatchRequest
    let catalog: Catalog

    /// - Throws: ``APIError`` that names the member of the first line which no batch takes.
    func check() throws(APIError) {
        for line in request.lines {
            switch request.endpoint {
            case .embeddings: try checkEmbeddingInput(of: line.body)
            case .chatCompletions:
                try checkText(in: line.body)
                try checkOutput(of: line.body)
            case .responses, .messages: try checkText(in: line.body)
            }
        }
        try checkFormats()
    }
}

// MARK: - Text only

extension BatchValidation {
    private static let text = "text, as a batch takes no images, sound, video or files"

    /// Types of parts of all conversational APIs.
    private static let media: Set<String> = [
        "image_url", "input_audio", "video_url", "input_video", "file", "input_image", "input_file", "image",
        "document",
    ]

    private func checkText(in body: FieldReader) throws(APIError) {
        let name = request.endpoint.inputMember
        guard let input = body.optional(name) else { return }
        try checkText(input, path: body.path(of: name))
    }

    /// Goes through messages and items, their parts, and the parts of what tools gave.
    private func checkText(_ value: JSONValue, path: String) throws(APIError) {
        for (index, element) in value.elements.enumerated() {
            try checkText(element, path: "\(path)[\(index)]")
        }
        if let type = value["type"]?.string, Self.media.contains(type) {
            throw .invalidField("\(path).type", expected: Self.text, found: JSON.string(type).text)
        }
        for name in ["content", "output"] {
            guard let inner = value[name] else { continue }
            try checkText(inner, path: "\(path).\(name)")
        }
    }

    private func checkEmbeddingInput(of body: FieldReader) throws(APIError) {
        guard let input = body.optional("input") else { return }
        for (index, element) in input.elements.enumerated() where element.kind == .object {
            throw .invalidField(
                "\(body.path(of: "input"))[\(index)]",
                expected: "a string or an array of token ids, as a batch takes nothing else",
                found: element.excerpt
            )
        }
    }

    private func checkOutput(of body: FieldReader) throws(APIError) {
        if let modalities = body.optional("modalities"), modalities.elements.contains(where: { $0.string != "text" }) {
            throw .invalidField(body.path(of: "modalities"), expected: #"["text"]"#, found: JSON(modalities).text)
        }
        for name in ["audio", "image_config"] where body.optional(name) != nil {
            throw body.invalid(name, expected: "nothing, as a batch puts out text")
        }
    }
}

// MARK: - One format

extension BatchValidation {
    /// Google's models take one format for all lines.
    private func checkFormats() throws(APIError) {
        let model = request.routedModel(in: catalog)
        let path = request.endpoint.formatPath
        guard !path.isEmpty, catalog.row(named: model)?.author == "google" else { return }
        let formats = request.lines.map { line in
            path.reduce(Optional(line.body.value)) { $0?[$1] }.flatMap { $0.isNull ? nil : $0 }
        }
        for (index, format) in formats.enumerated() where !Self.isSame(format, formats[0]) {
            let name = path.joined(separator: ".")
            throw .invalidField(
                request.lines[index].body.path(of: name),
                expected: "the one of requests[0], as models of Google take one \(name) for the whole batch",
                found: format == nil ? "nothing" : "another one"
            )
        }
    }

    private static func isSame(_ left: JSONValue?, _ right: JSONValue?) -> Bool {
        guard let left, let right else { return left == nil && right == nil }
        return left.isCanonicallyEqual(to: right)
    }
}
