internal import OpenRouterAPI
internal import Tapes

extension SyntheticModel {
    /// Runs the tools that OpenRouter has itself, each once, before the model says anything.
    ///
    /// The web plugin searches for every prompt; a tool is used unless the request forbids tools or a tool's result
    /// has just come.
    func runServerTools(into draft: inout GenerationDraft, using generator: inout SeededGenerator) {
        let request = draft.request
        if let web = request.plugins.web { draft.use(search(web, request, using: &generator)) }
        guard request.toolChoice != .none, !request.hasToolResult else { return }
        for tool in request.serverTools {
            switch tool {
            case .webSearch(let options):
                draft.use(search(options, request, using: &generator))
            case .webFetch:
                if let url = request.prompt.firstURL { draft.use(fetch(url, using: &generator)) }
            case .datetime(let timezone):
                let time = CivilTime(microseconds: host.now).iso8601
                draft.use(
                    ServerToolCall(
                        id: serverToolID(using: &generator),
                        kind: .datetime(datetime: time, timezone: timezone ?? "UTC")
                    )
                )
            case .other:
                break
            }
        }
    }

    private func search(
        _ options: WebSearchOptions,
        _ request: GenerationRequest,
        using generator: inout SeededGenerator
    ) -> ServerToolCall {
        let engine = options.engine ?? (host.searchesWeb ? .native : .exa)
        let topic = TopicPhrase(prompt: request.prompt).words.joined(separator: " ")
        var branch = generator.branch(mixing: "search")
        let results = (0..<options.resultLimit).map { index -> Annotation.Citation in
            let title = TitleText.title(about: request.prompt, using: &branch)
            let path = title.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: "-")
            return Annotation.Citation(
                url: "https://example.org/\(path)-\(index + 1)",
                title: title,
                content: AnswerText.answer(to: request.prompt, using: &branch)
            )
        }
        let search = WebSearch(engine: engine, query: topic, results: results)
        return ServerToolCall(id: serverToolID(using: &generator), kind: .webSearch(search))
    }

    private func fetch(_ url: String, using generator: inout SeededGenerator) -> ServerToolCall {
        let title = TitleText.title(about: url, using: &generator)
        let content = AnswerText.answer(to: title, using: &generator)
        return ServerToolCall(
            id: serverToolID(using: &generator),
            kind: .webFetch(url: url, title: title, content: content)
        )
    }

    private func serverToolID(using generator: inout SeededGenerator) -> String {
        generator.alphanumeric(24)
    }
}

extension String {
    /// The first https or http URL in a text, up to white space or a closing bracket; nil when there is none.
    fileprivate var firstURL: String? {
        guard let start = firstRange(of: "https://")?.lowerBound ?? firstRange(of: "http://")?.lowerBound else {
            return nil
        }
        return String(self[start...].prefix { !$0.isWhitespace && !")]>\"'".contains($0) })
    }
}
