internal import Simulation
internal import Tapes
internal import Testing

@Suite("Synthetic prose")
struct AnswerTextTests {
    static let prompts = [
        "", "Hi", "What is the capital of France?", "Explain how TCP congestion control works in Linux, please.",
        "Write a haiku about the old harbor", "東京の天気はどうですか。今日は雨が降りますか", "Как работает фотосинтез?",
        "ما هي عاصمة مصر؟", "מה שלומך", "नमस्ते दुनिया", "สวัสดีชาวโลกทั้งหลายทุกคน", "🙂🙂🙂", "\u{0}\u{1}\u{1B}[31m\u{7F}",
        "\u{202E}abc\u{202C} \u{2066}def", "x" + String(repeating: "\u{301}", count: 5000), "{topic} {nothing} {",
        "\"}\n\ndata: [DONE]",
        String(repeating: "Supercalifragilistic", count: 50), "C++ or F#, which is better?", "<b>bold</b> & <script>",
    ]

    @Test("An answer is a bounded, safe text that ends with a full sentence", arguments: prompts)
    func answers(prompt: String) {
        for seed in 0..<100 as Range<UInt64> {
            var generator = SeededGenerator(seed: seed)
            let text = AnswerText.answer(to: prompt, using: &generator)
            let count = TokenSplitter.count(text)
            #expect(AnswerText.tokenCounts.contains(count), "seed \(seed), \(count) tokens: \(text)")
            #expect((2...6).contains(text.sentenceCount), "seed \(seed): \(text)")
            #expect(text.last == ".", "seed \(seed): \(text)")
            #expect(text.isSafe, "seed \(seed): \(text.debugDescription)")
        }
    }

    @Test("Reasoning is one to four safe sentences", arguments: prompts)
    func reasoning(prompt: String) {
        for seed in 0..<100 as Range<UInt64> {
            var generator = SeededGenerator(seed: seed)
            let text = ReasoningText.reasoning(about: prompt, using: &generator)
            #expect((1...4).contains(text.sentenceCount), "seed \(seed): \(text)")
            #expect(text.last == "." && text.isSafe && !text.contains("\n"), "seed \(seed): \(text.debugDescription)")
        }
    }

    @Test("A title is a short safe phrase without a full stop", arguments: prompts)
    func titles(prompt: String) {
        for seed in 0..<40 as Range<UInt64> {
            var generator = SeededGenerator(seed: seed)
            let text = TitleText.title(about: prompt, using: &generator)
            #expect(!text.isEmpty && text.utf8.count <= 160, "seed \(seed): \(text)")
            #expect(text.last != "." && text.isSafe && !text.contains("\n"), "seed \(seed): \(text.debugDescription)")
        }
    }

    @Test("Every pattern can be filled, and a text repeats no sentence")
    func patterns() {
        for seed in 0..<2000 as Range<UInt64> {
            var generator = SeededGenerator(seed: seed)
            let text = AnswerText.answer(to: "Tell me about glaciers", using: &generator)
            #expect(text.contains("glaciers"), "seed \(seed): \(text)")
            #expect(!text.contains("{") && !text.contains("}"), "seed \(seed): \(text)")
            let sentences = text.split { $0 == "." || $0 == "\n" }
            #expect(Set(sentences).count == sentences.count, "seed \(seed): \(text)")
        }
    }

    @Test(
        "The topic is what the prompt is about",
        arguments: [
            ("Write a haiku about the old harbor", "the old harbor"),
            ("What is the meaning of life?", "life"),
            ("Explain TCP congestion control.", "TCP congestion control"),
            ("Hi!", "your question"),
            ("C++, please", "C++"),
            ("Say hello.", "your question"),
        ]
    )
    func topics(prompt: String, topic: String) {
        var generator = SeededGenerator(seed: 3)
        let text = AnswerText.answer(to: prompt, using: &generator)
        #expect(text.contains(topic), "\(text)")
    }

    @Test("A prompt is not parroted")
    func noParrot() {
        let prompt = "My password is hunter2 and I keep it under the keyboard because nobody looks there ever."
        for seed in 0..<100 as Range<UInt64> {
            var generator = SeededGenerator(seed: seed)
            #expect(!AnswerText.answer(to: prompt, using: &generator).contains("hunter2 and I keep"))
        }
    }

    @Test("The same seed and prompt give the same texts, others rarely do")
    func variety() {
        var texts: Set<String> = []
        for prompt in Self.prompts {
            for seed in 0..<50 as Range<UInt64> {
                var first = SeededGenerator(seed: seed)
                var second = SeededGenerator(seed: seed)
                let text = AnswerText.answer(to: prompt, using: &first)
                #expect(text == AnswerText.answer(to: prompt, using: &second))
                #expect(first == second)
                texts.insert(text)
            }
        }
        #expect(texts.count == Self.prompts.count * 50)
    }

    @Test("A text is pinned, since users keep what they saw in their tests")
    func pinned() {
        var generator = SeededGenerator(seed: 42)
        let prompt = "What is the meaning of life?"
        #expect(
            AnswerText.answer(to: prompt, using: &generator) == """
                For life, a modest plan has these parts:

                1. Consider the experience of the people involved before anything else.
                2. Avoid rushing to a conclusion.
                3. Prepare a small group of testers once you have a first result.
                4. Use a list of known cases; it leaves fewer open questions.

                If you tell me more about the choice of tools, I can be more specific.
                """
        )
        #expect(
            ReasoningText.reasoning(about: prompt, using: &generator) == """
                First, I should be clear about what is meant by life. I could give a simple diagram, as it turns \
                guesses into knowledge. A common structure would be to keep notes along the way and then turn to \
                the cost of a mistake.
                """
        )
        #expect(TitleText.title(about: prompt, using: &generator) == "Life: An Overview")
    }
}

extension String {
    /// The number of full stops and of colons at line ends; no pattern has any other.
    fileprivate var sentenceCount: Int {
        let text = self + " "
        return zip(text, text.dropFirst()).count { pair in
            (pair.0 == "." && pair.1.isWhitespace) || (pair.0 == ":" && pair.1 == "\n")
        } - numberingCount
    }

    /// How many lines start with a number and a full stop.
    private var numberingCount: Int {
        split(separator: "\n").count { $0.first?.isNumber == true && $0.dropFirst().first == "." }
    }

    /// Whether no scalar can disturb a terminal, a line or the direction of the text around it.
    fileprivate var isSafe: Bool {
        unicodeScalars.allSatisfy { scalar in
            switch scalar.properties.generalCategory {
            case .control: scalar == "\n"
            case .format: scalar == "\u{200C}" || scalar == "\u{200D}"
            case .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: false
            default: true
            }
        }
    }
}
