internal import OpenRouterAPI
internal import Tapes
internal import Testing

@testable internal import Simulation

@Suite("Reasoning")
struct ReasoningTests {
    private static func exchange(_ rest: String, model: String = "anthropic/claude-sonnet-4.5") -> Exchange {
        let exchange = Exchange(ChatTests.request(rest, model: model))
        #expect(exchange.status == 200, "\(exchange.body)")
        return exchange
    }

    private static func reasoningCount(_ body: JSONValue) -> Int? {
        body["usage"]?["completion_tokens_details"]?["reasoning_tokens"]?.int
    }

    @Test(
        "Reasoning is shown when asked for",
        arguments: [
            #""reasoning":{}"#, #""reasoning":{"enabled":true}"#, #""reasoning":{"effort":"high"}"#,
            #""reasoning":{"effort":null}"#,
            #""reasoning_effort":"low""#, #""include_reasoning":true"#, #""reasoning":{"max_tokens":2000}"#,
            #""reasoning":{"exclude":false},"include_reasoning":false"#,
        ]
    )
    func shown(rest: String) throws {
        let body = try Self.exchange(rest).json()
        let message = try #require(body["choices"]?[0]?["message"])
        let text = try #require(message["reasoning"]?.string)
        #expect(!text.isEmpty)
        #expect(message.names == ["role", "content", "refusal", "reasoning", "reasoning_details"])
        #expect(Self.reasoningCount(body) == TokenSplitter.count(text))
        let contentCount = TokenSplitter.count(message["content"]?.string ?? "")
        #expect(body["usage"]?["completion_tokens"]?.int == TokenSplitter.count(text) + contentCount)
    }

    @Test(
        "Without being asked, or when told not to, the model does not think",
        arguments: [
            #""temperature":1"#, #""reasoning":null"#, #""reasoning":{"enabled":false}"#,
            #""reasoning":{"effort":"none"}"#,
            #""reasoning_effort":"none""#, #""include_reasoning":false"#,
        ]
    )
    func none(rest: String) throws {
        let body = try Self.exchange(rest).json()
        #expect(body["choices"]?[0]?["message"]?.names == ["role", "content", "refusal", "reasoning"])
        #expect(body["choices"]?[0]?["message"]?["reasoning"]?.isNull == true)
        #expect(Self.reasoningCount(body) == 0)
    }

    @Test(
        "Excluded reasoning is paid for and not shown",
        arguments: [#""reasoning":{"exclude":true}"#, #""reasoning":{"effort":"low"},"include_reasoning":false"#]
    )
    func excluded(rest: String) throws {
        let exchange = Self.exchange(rest)
        let body = try exchange.json()
        #expect(body["choices"]?[0]?["message"]?["reasoning"]?.isNull == true)
        #expect(body["choices"]?[0]?["message"]?["reasoning_details"] == nil)
        #expect(Self.reasoningCount(body) ?? 0 > 0)
        let chunks = try Exchange(ChatTests.request(rest, model: "anthropic/claude-sonnet-4.5").streamed).chunks()
        #expect(chunks.allSatisfy { $0["choices"]?[0]?["delta"]?["reasoning"] == nil })
        #expect(chunks.last?["usage"]?.text == body["usage"]?.text)
    }

    @Test(
        "The effort is a share of the token limit",
        arguments: [("minimal", 1), ("low", 2), ("medium", 5), ("high", 8), ("xhigh", 9), ("max", 9)]
    )
    func effort(effort: String, limit: Int) throws {
        let body = try Self.exchange(#""reasoning":{"effort":"\#(effort)"},"max_tokens":10"#).json()
        #expect(Self.reasoningCount(body) == limit)
        #expect(body["usage"]?["completion_tokens"]?.int == 10)
        #expect(body["choices"]?[0]?["finish_reason"]?.string == "length")
    }

    @Test("A limit of its own cuts the reasoning and leaves the answer", arguments: [1, 3, 10])
    func limit(count: Int) throws {
        let body = try Self.exchange(#""reasoning":{"max_tokens":\#(count)}"#).json()
        #expect(Self.reasoningCount(body) == count)
        #expect(body["choices"]?[0]?["finish_reason"]?.string == "stop")
    }

    @Test("Details are in the form of the model's author, and hold the same text")
    func details() throws {
        func details(_ model: String) throws -> (details: JSONValue, text: String) {
            let message = try #require(
                try Self.exchange(#""reasoning":{}"#, model: model).json()["choices"]?[0]?["message"]
            )
            return (try #require(message["reasoning_details"]), try #require(message["reasoning"]?.string))
        }
        let anthropic = try details("anthropic/claude-sonnet-4.5")
        #expect(anthropic.details.count == 1)
        #expect(anthropic.details[0]?.names == ["type", "text", "signature", "format", "index"])
        #expect(anthropic.details[0]?["type"]?.string == "reasoning.text")
        #expect(anthropic.details[0]?["text"]?.string == anthropic.text)
        #expect(anthropic.details[0]?["format"]?.string == "anthropic-claude-v1")
        #expect(anthropic.details[0]?["signature"]?.string?.isEmpty == false)

        let openAI = try details("openai/gpt-5-mini")
        #expect(openAI.details.count == 2)
        #expect(openAI.details[0]?["type"]?.string == "reasoning.summary")
        #expect(openAI.details[0]?["summary"]?.string == openAI.text)
        #expect(openAI.details[1]?["type"]?.string == "reasoning.encrypted")
        #expect(openAI.details[1]?["id"]?.string?.hasPrefix("rs_") == true)
        #expect(openAI.details[1]?["data"]?.string?.isEmpty == false)
        #expect(openAI.details.elements.allSatisfy { $0["format"]?.string == "openai-responses-v1" })

        let other = try details("deepseek/deepseek-v3.2")
        #expect(other.details.count == 1)
        #expect(other.details[0]?.names == ["type", "text", "format", "index"])
        #expect(other.details[0]?["text"]?.string == other.text)
        #expect(other.details[0]?["format"]?.string == "unknown")
        let google = try details("google/gemini-2.5-flash")
        #expect(google.details[0]?["format"]?.string == "google-gemini-v1")
    }

    @Test(
        "Streamed reasoning comes before the text, in pairs of text and detail, and is closed by signature or ciphertext"
    )
    func streamed() throws {
        for (model, closing) in [
            ("anthropic/claude-sonnet-4.5", "reasoning.text"), ("openai/gpt-5-mini", "reasoning.encrypted"),
            ("deepseek/deepseek-v3.2", nil),
        ] {
            let chunks = try Exchange(ChatTests.request(#""reasoning":{},"stream":true"#, model: model)).chunks()
            let deltas = chunks.dropLast(2).compactMap { $0["choices"]?[0]?["delta"] }
            let thoughts = deltas.prefix { $0["reasoning"] != nil }
            #expect(thoughts.count > 3)
            #expect(deltas.dropFirst(thoughts.count).allSatisfy { $0.names == ["content", "role"] })
            #expect(thoughts.allSatisfy { $0.names == ["content", "role", "reasoning", "reasoning_details"] })
            #expect(thoughts.allSatisfy { $0["content"]?.string == "" && $0["reasoning_details"]?.count == 1 })
            for thought in thoughts.dropLast(closing == nil ? 0 : 1) {
                let detail = try #require(thought["reasoning_details"]?[0])
                #expect((detail["text"] ?? detail["summary"])?.text == thought["reasoning"]?.text)
            }
            if let closing {
                #expect(thoughts.last?["reasoning"]?.isNull == true)
                let detail = try #require(thoughts.last?["reasoning_details"]?[0])
                #expect(detail["type"]?.string == closing)
                #expect(detail["text"] == nil)
            }
        }
    }
}
