internal import OpenRouterAPI
internal import Testing

@testable internal import Simulation

@Suite("Usage of each API")
struct UsageEncoderTests {
    /// Every number is another one, so that none can stand in for its neighbor.
    private static let full: UsageEncoder = {
        var usage = TokenUsage(prompt: 1000, completion: 200, reasoning: 50, cached: 300)
        (usage.cacheWritten, usage.cacheWrittenForHour) = (90, 40)
        (usage.promptAudio, usage.promptVideo, usage.promptImageTokens, usage.promptFileTokens) = (21, 22, 23, 24)
        (usage.completionImage, usage.completionAudio) = (31, 32)
        let cost = Pricing.Cost(
            prompt: USD(0.1),
            completion: USD(0.02),
            request: USD(0.003),
            promptImages: USD(0.0004),
            outputImages: USD(0.00005),
            tools: USD(7)
        )
        return UsageEncoder(usage: usage, cost: cost)
    }()

    private static let plain = UsageEncoder(
        usage: TokenUsage(prompt: 41, completion: 9),
        cost: Pricing.Cost(prompt: USD(0.0000164), completion: USD(0.0000144))
    )

    private static func using(_ charges: Charges) -> UsageEncoder {
        var encoder = full
        encoder.charges = charges
        return encoder
    }

    @Test("Chat, in the order of the wire")
    func chat() {
        // The example of the inference reference, §2.7.
        #expect(
            Self.plain.chat.text
                == #"{"prompt_tokens":41,"completion_tokens":9,"total_tokens":50,"cost":0.0000308,"is_byok":false,"#
                + #""prompt_tokens_details":{"cached_tokens":0,"cache_write_tokens":0,"audio_tokens":0,"video_tokens":0},"#
                + #""cost_details":{"upstream_inference_cost":0.0000308,"upstream_inference_prompt_cost":0.0000164,"#
                + #""upstream_inference_completions_cost":0.0000144},"#
                + #""completion_tokens_details":{"reasoning_tokens":0,"image_tokens":0,"audio_tokens":0}}"#
        )
        #expect(
            Self.full.chat.text
                == #"{"prompt_tokens":1000,"completion_tokens":200,"total_tokens":1200,"cost":7.12345,"is_byok":false,"#
                + #""prompt_tokens_details":{"cached_tokens":300,"cache_write_tokens":90,"audio_tokens":21,"video_tokens":22},"#
                + #""cost_details":{"upstream_inference_cost":0.12345,"upstream_inference_prompt_cost":0.1034,"#
                + #""upstream_inference_completions_cost":0.02005},"#
                + #""completion_tokens_details":{"reasoning_tokens":50,"image_tokens":31,"audio_tokens":32}}"#
        )
    }

    @Test(
        "Chat with tools on OpenRouter's side has another order, and tells of them",
        arguments: [
            (
                Charges(webSearchRequests: 2, toolCallsRequested: 3, toolCallsExecuted: 1),
                #"{"web_search_requests":2,"tool_calls_requested":3,"tool_calls_executed":1}"#
            ),
            (
                Charges(toolCallsRequested: 1, toolCallsExecuted: 0),
                #"{"tool_calls_requested":1,"tool_calls_executed":0}"#
            ),
            (Charges(webSearchRequests: 1), #"{"web_search_requests":1}"#),
        ]
    )
    func tools(charges: Charges, details: String) {
        let encoder = Self.using(charges)
        #expect(
            encoder.chat.text
                == #"{"prompt_tokens":1000,"completion_tokens":200,"total_tokens":1200,"cost":7.12345,"#
                + #""prompt_tokens_details":{"cached_tokens":300,"cache_write_tokens":90,"audio_tokens":21,"video_tokens":22},"#
                + #""completion_tokens_details":{"reasoning_tokens":50,"image_tokens":31,"audio_tokens":32},"#
                + #""cost_details":{"upstream_inference_cost":0.12345,"upstream_inference_prompt_cost":0.1034,"#
                + #""upstream_inference_completions_cost":0.02005},"server_tool_use_details":\#(details)}"#
        )
        #expect(encoder.responses.text.hasSuffix(#","server_tool_use_details":\#(details)}"#))
    }

    @Test("A parsed file alone is no tool's use")
    func parsedFile() {
        #expect(Self.using(Charges(toolFees: USD(0.002))).chat == Self.full.chat)
    }

    @Test("Responses")
    func responses() {
        #expect(
            Self.full.responses.text
                == #"{"input_tokens":1000,"input_tokens_details":{"cached_tokens":300,"cache_write_tokens":90},"#
                + #""output_tokens":200,"output_tokens_details":{"reasoning_tokens":50},"total_tokens":1200,"#
                + #""cost":7.12345,"is_byok":false,"cost_details":{"upstream_inference_cost":0.12345,"#
                + #""upstream_inference_input_cost":0.1034,"upstream_inference_output_cost":0.02005}}"#
        )
        #expect(Self.plain.responses.text.contains(#""input_tokens_details":{"cached_tokens":0},"output"#))
    }

    @Test("Messages count no tokens of a cache as input, and no cost while the answer starts")
    func messages() {
        let tokens =
            #""cache_creation_input_tokens":90,"cache_read_input_tokens":300,"#
            + #""cache_creation":{"ephemeral_5m_input_tokens":50,"ephemeral_1h_input_tokens":40},"#
            + #""output_tokens_details":null,"server_tool_use":null,"service_tier":"standard","inference_geo":null"#
        #expect(Self.full.messageStart.text == #"{"input_tokens":610,"output_tokens":1,\#(tokens)}"#)
        #expect(
            Self.full.messages.text
                == #"{"input_tokens":610,"output_tokens":200,\#(tokens),"cost":7.12345,"is_byok":false,"#
                + #""cost_details":{"upstream_inference_cost":0.12345,"upstream_inference_prompt_cost":0.1034,"#
                + #""upstream_inference_completions_cost":0.02005}}"#
        )
        #expect(
            Self.full.messageDelta.text
                == #"{"input_tokens":610,"output_tokens":200,"cache_creation_input_tokens":90,"#
                + #""cache_read_input_tokens":300,"output_tokens_details":null,"server_tool_use":null,"#
                + #""cost":7.12345,"is_byok":false}"#
        )
    }

    @Test("Messages tell of searches and fetches together or not at all")
    func messageTools() {
        let search = Self.using(Charges(webSearchRequests: 2))
        let both = #""server_tool_use":{"web_search_requests":2,"web_fetch_requests":0}"#
        #expect([search.messages, search.messageStart, search.messageDelta].allSatisfy { $0.text.contains(both) })
        let other = Self.using(Charges(toolCallsRequested: 1, toolCallsExecuted: 1))
        #expect(other.messages.text.contains(#""server_tool_use":null"#))
    }

    @Test("Embeddings count input alone, and tell media apart where there are several")
    func embeddings() {
        #expect(Self.plain.embeddings.text == #"{"prompt_tokens":41,"total_tokens":41,"cost":0.0000308}"#)
        #expect(
            Self.full.embeddings.text
                == #"{"prompt_tokens":1000,"total_tokens":1000,"cost":7.12345,"prompt_tokens_details":"#
                + #"{"text_tokens":910,"image_tokens":23,"audio_tokens":21,"video_tokens":22,"file_tokens":24}}"#
        )
        var usage = TokenUsage(prompt: 85, completion: 0)
        usage.promptImageTokens = 85
        let image = UsageEncoder(usage: usage, cost: Pricing.Cost())
        #expect(image.embeddings.text == #"{"prompt_tokens":85,"total_tokens":85,"cost":0}"#)
    }

    @Test("Images")
    func images() {
        #expect(
            Self.plain.images.text == #"{"prompt_tokens":41,"completion_tokens":9,"total_tokens":50,"cost":0.0000308}"#
        )
    }

    /// Required members of `ChatUsage`, `OpenAIResponsesUsage`, `AnthropicUsage` and `ImageGenerationUsage` in
    /// openrouter-openapi.yaml, 2026-08.
    @Test(
        "Each form has what its schema requires",
        arguments: [
            (full.chat, "completion_tokens prompt_tokens total_tokens"),
            (
                full.responses,
                "input_tokens input_tokens_details output_tokens output_tokens_details total_tokens"
            ),
            (
                full.messages,
                "input_tokens output_tokens output_tokens_details cache_creation_input_tokens cache_read_input_tokens "
                    + "cache_creation inference_geo server_tool_use service_tier"
            ),
            (
                full.messageStart,
                "input_tokens output_tokens output_tokens_details cache_creation_input_tokens cache_read_input_tokens "
                    + "cache_creation inference_geo server_tool_use service_tier"
            ),
            (full.embeddings, "prompt_tokens total_tokens"),
            (full.images, "prompt_tokens completion_tokens total_tokens"),
        ]
    )
    func required(usage: JSON, names: String) {
        for name in names.split(separator: " ") { #expect(usage.members?[String(name)] != nil, "\(name)") }
    }
}
