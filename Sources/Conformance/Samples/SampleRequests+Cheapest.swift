internal import OpenRouterAPI

extension SampleRequests {
    /// For a live API: inference that costs next to nothing.
    static let cheapest: [SampleRequest] = {
        let hello: JSON = [["role": "user", "content": "Hello"]]
        let chat = SampleRequest(
            "POST /chat/completions",
            "cheapest",
            json: ["model": textModel, "messages": hello, "max_tokens": 16],
            captures: ["generation": JSONPointer(components: ["id"])]
        )
        let response = SampleRequest(
            "POST /responses",
            "cheapest",
            json: ["model": textModel, "input": "Hello", "max_output_tokens": 16]
        )
        let message = SampleRequest(
            "POST /messages",
            "cheapest",
            json: ["model": textModel, "messages": hello, "max_tokens": 16]
        )
        let embedding = SampleRequest(
            "POST /embeddings",
            "cheapest",
            json: ["model": "openai/text-embedding-3-small", "input": "Hello"]
        )
        return [chat, chat.streamed, response, response.streamed, message, message.streamed, embedding]
    }()
}
