internal import NIOCore
internal import OpenRouterAPI
internal import Tapes
internal import Testing

@testable internal import Simulation

/// What the synthetic model never says but a scenario may: silence, comments between deltas, text beside calls.
@Suite("Encoders")
struct EncoderTests {
    private static func chat(_ form: StreamForms.Usage = .repeatedFinish) -> ChatEncoder {
        ChatEncoder(wantsLogprobs: false, usageForm: form)
    }

    /// Each frame's gap in milliseconds and its text, without what all chunks begin with.
    private static func lines(_ frames: [Frame]) -> [String] {
        let opening =
            #"data: {"id":"gen-1-a","object":"chat.completion.chunk","created":1,"model":"acme/swift-2","provider":"Acme","#
        return frames.map { frame in
            var text = String(buffer: frame.bytes)
            if text.hasPrefix(opening) { text.removeFirst(opening.count) }
            while text.last == "\n" { text.removeLast() }
            return "\(Int(frame.gap / .milliseconds(1))) \(text)"
        }
    }

    private static let finish =
        #"{"index":0,"delta":{"content":"","role":"assistant"},"finish_reason":"stop","native_finish_reason":"stop"}"#
    private static let usageText = GeneratedAnswer.make([]).usageEncoder.chat.text

    @Test("Usage comes on a chunk that repeats the finish chunk, or on one without choices")
    func usageForms() {
        let answer = GeneratedAnswer.make([.make([.text("Hi")])])
        for (form, choices) in [(StreamForms.Usage.repeatedFinish, Self.finish), (.emptyChoices, "")] {
            #expect(
                Self.lines(Self.chat(form).frames(of: answer)) == [
                    #"1000 "choices":[{"index":0,"delta":{"content":"Hi","role":"assistant"},"finish_reason":null,"native_finish_reason":null}]}"#,
                    #"0 "choices":[\#(Self.finish)]}"#,
                    #"0 "service_tier":"default","choices":[\#(choices)],"usage":\#(Self.usageText)}"#,
                    "0 data: [DONE]",
                ]
            )
        }
    }

    @Test("Comments and silence stand where the model puts them")
    func commentsAndPauses() {
        let steps: [GenerationStep] = [
            .comment(count: 2), .text("a"), .pause(.milliseconds(500)), .comment(count: 1), .text("b"),
            .pause(.seconds(2)),
        ]
        let frames = Self.chat().frames(of: .make([.make(steps)], keepAliveCount: 1))
        let lines = Self.lines(frames).map { $0.prefix { $0 != "," } }
        #expect(
            lines == [
                "0 : OPENROUTER PROCESSING", "1000 : OPENROUTER PROCESSING", "0 : OPENROUTER PROCESSING",
                #"10 "choices":[{"index":0"#, "520 : OPENROUTER PROCESSING", #"10 "choices":[{"index":0"#,
                #"2010 "choices":[{"index":0"#, #"0 "service_tier":"default""#, "0 data: [DONE]",
            ]
        )
    }

    @Test("Several calls are numbered, and text beside them is kept, streamed and not")
    func severalCalls() throws {
        let generation = Generation.make(
            [
                .text("Let me look."), .toolCall(ToolCall(id: "c1", name: "f", arguments: #"{"a":1}"#)),
                .toolCall(ToolCall(id: "c2", name: "g", arguments: "")),
            ],
            .toolCalls
        )
        let body = try JSONDocument(parsing: Self.chat().body(of: .make([generation])).serialized()).root
        let outcome = ChatOutcome(unstreamed: body)
        #expect(outcome.choices.first?.text == "Let me look.")
        #expect(
            outcome.choices.first?.calls == [
                .init(id: "c1", type: "function", name: "f", arguments: #"{"a":1}"#),
                .init(id: "c2", type: "function", name: "g", arguments: ""),
            ]
        )
        let frames = Self.chat().frames(of: .make([generation]))
        let chunks = try frames.dropLast().map { frame in
            try JSONDocument(parsing: String(buffer: frame.bytes).dropFirst("data: ".count).utf8).root
        }
        #expect(ChatOutcome(streamed: chunks) == outcome)
    }

    @Test("Thoughts that are interrupted are closed each time, and at the end")
    func reasoningTwice() {
        let steps: [GenerationStep] = [.reasoning("a"), .text("b"), .reasoning("c")]
        let text = Self.chat().frames(of: .make([.make(steps)], author: "anthropic", opaque: "s1g"))
            .map { String(buffer: $0.bytes) }.joined()
        #expect(text.split(separator: #""signature":"s1g""#).count == 3)
    }

    @Test("A refusal is the text of a text completion, streamed and not")
    func refusedCompletion() {
        let answer = GeneratedAnswer.make([.make([.refusal("I can"), .refusal("not.")])])
        let encoder = CompletionsEncoder(wantsLogprobs: false)
        #expect(encoder.body(of: answer).text.contains(#""text":"I cannot.""#))
        let frames = encoder.frames(of: answer).map { String(buffer: $0.bytes) }
        #expect(frames[0].contains(#""text":"I can""#) && frames[1].contains(#""text":"not.""#))
    }

    @Test("An answer that said nothing has an empty text and still ends")
    func empty() {
        let generation = Generation.make([])
        #expect(Self.chat().frames(of: .make([generation])).count == 3)
        let message = Self.chat().body(of: .make([generation])).members?["choices"]?.text ?? ""
        #expect(message.contains(#""content":"","refusal":null,"reasoning":null}"#))
        let completions = CompletionsEncoder(wantsLogprobs: true)
        #expect(
            completions.body(of: .make([generation])).members?["choices"]?.text
                == #"[{"index":0,"text":"","logprobs":null,"finish_reason":"stop","native_finish_reason":"stop","reasoning":null}]"#
        )
        #expect(completions.frames(of: .make([generation], keepAliveCount: 2)).count == 5)
    }
}
