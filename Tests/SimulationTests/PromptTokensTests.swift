internal import OpenRouterAPI
internal import Testing

@testable internal import Simulation

@Suite("Tokens of a prompt")
struct PromptTokensTests {
    private static func tokens(_ add: (inout PromptTokens) -> Void) -> PromptTokens {
        var tokens = PromptTokens()
        add(&tokens)
        return tokens
    }

    @Test("Messages cost their text and four tokens each, the reply's opening three")
    func messages() {
        let tokens = Self.tokens {
            $0.addMessageOverhead()
            $0.add(text: "Hello world.")
            $0.addMessageOverhead()
            $0.add(text: "Hello world.")
            $0.addReplyOverhead()
        }
        #expect(tokens.count == 4 + 3 + 4 + 3 + 3)
        #expect(tokens.usage == TokenUsage(prompt: 17, completion: 0))
        #expect(PromptTokens().count == 0)
    }

    @Test("A tool costs its JSON, however it is laid out")
    func tools() throws {
        let text = #"{"name":"get_weather","parameters":{"type":"object"}}"#
        let spaced = "{ \"name\" : \"get_weather\",\n  \"parameters\": {\"type\":\"object\"} }"
        for layout in [text, spaced] {
            let tool = try JSONDocument(parsing: layout.utf8).root
            #expect(Self.tokens { $0.add(toolDefinition: tool) }.count == TokenSplitter.count(text))
        }
    }

    @Test(
        "An image costs 85 tokens and 170 for each tile, shrunk to 2048 and then to 768",
        arguments: [
            // The examples of OpenAI's guide come first.
            (1024, 1024, .high, 765), (2048, 4096, .high, 1105), (4096, 8192, .low, 85), (nil, nil, .auto, 765),
            (nil, nil, .low, 85), (512, 512, .auto, 255), (513, 512, .auto, 425), (512, 513, .high, 425),
            (1, 1, .high, 255), (768, 768, .high, 765), (1920, 1080, .high, 1105), (8192, 100, .high, 765),
            (0, -5, .high, 255), (.max, .max, .high, 765), (.max, 1, .high, 765), (300, nil, .high, 425),
        ] as [(Int?, Int?, PromptTokens.ImageDetail, Int)]
    )
    func images(width: Int?, height: Int?, detail: PromptTokens.ImageDetail, expected: Int) {
        let tokens = Self.tokens { $0.addImage(width: width, height: height, detail: detail) }
        #expect(tokens.count == expected)
        #expect(tokens.usage.promptImageTokens == expected)
        #expect(tokens.usage.promptImages == 1)
    }

    @Test(
        "Sound and video cost by the second, a second begun counts",
        arguments: [
            (0.0, 1), (0.2, 1), (1, 1), (1.01, 2), (60, 60), (-3, 1), (.nan, 1), (.infinity, 1_000_000),
            (1e300, 1_000_000),
        ]
    )
    func seconds(seconds: Double, counted: Int) {
        let audio = Self.tokens { $0.addAudio(seconds: seconds) }
        #expect(audio.usage.promptAudio == 32 * counted)
        #expect(audio.count == 32 * counted)
        let video = Self.tokens { $0.addVideo(seconds: seconds) }
        #expect(video.usage.promptVideo == 263 * counted)
        #expect(video.count == 263 * counted)
    }

    @Test(
        "A file costs by the page, or by its size where pages are not known",
        arguments: [
            (3, 0, 3), (0, 0, 1), (nil, 0, 1), (nil, 49_999, 1), (nil, 50_000, 2), (nil, 5_000_000, 101), (nil, -1, 1),
            (.max, 0, 1_000_000), (nil, .max, 1_000_000),
        ] as [(Int?, Int, Int)]
    )
    func files(pageCount: Int?, byteCount: Int, pages: Int) {
        let tokens = Self.tokens { $0.addFile(pageCount: pageCount, byteCount: byteCount) }
        #expect(tokens.usage.promptFileTokens == 258 * pages)
        #expect(tokens.count == 258 * pages)
    }

    @Test("Media add up, and text is what is left")
    func sums() {
        let usage = Self.tokens {
            $0.add(text: "Look at these")
            $0.addImage()
            $0.addImage(detail: .low)
            $0.addAudio(seconds: 2)
            $0.addVideo(seconds: 1)
            $0.addFile(pageCount: 2)
        }.usage
        #expect(usage.promptText == 3)
        #expect(usage.promptImages == 2)
        #expect(usage.promptImageTokens == 850)
        #expect(usage.prompt == 3 + 850 + 64 + 263 + 516)
    }

    // MARK: - Prefixes of a cache

    private static func conversation(_ texts: [String], breakAfter count: Int) -> PromptTokens {
        tokens {
            for (index, text) in texts.enumerated() {
                $0.addMessageOverhead()
                $0.add(text: text)
                if index + 1 == count { $0.cacheBreakpoint() }
            }
        }
    }

    @Test("A breakpoint keeps what came before it, whatever follows")
    func prefixes() throws {
        let long = try #require(Self.conversation(["a", "b", "c"], breakAfter: 2).breakpoints.first)
        let short = try #require(Self.conversation(["a", "b"], breakAfter: 2).breakpoints.first)
        #expect(long == short)
        #expect(long.tokenCount == 10)
        #expect(long.prefixDigest.count == 32)
        let other = try #require(Self.conversation(["a", "x"], breakAfter: 2).breakpoints.first)
        #expect(other.prefixDigest != long.prefixDigest)
        let first = try #require(Self.conversation(["a", "b"], breakAfter: 1).breakpoints.first)
        #expect(first.tokenCount == 5)
        #expect(first.prefixDigest != long.prefixDigest)
    }

    @Test("Prefixes differ in how their parts are divided, in kind, and in what media show")
    func differentPrefixes() {
        let variants: [(inout PromptTokens) -> Void] = [
            { $0.add(text: "ab cd") },
            {
                $0.add(text: "ab")
                $0.add(text: " cd")
            },
            {
                $0.addMessageOverhead()
                $0.add(text: "ab cd")
            },
            { $0.addImage(identity: "https://example.com/1.png") },
            { $0.addImage(identity: "https://example.com/2.png") },
            { $0.addImage(width: 10, height: 10, identity: "https://example.com/1.png") },
            { $0.addAudio(seconds: 1, identity: "https://example.com/1.png") },
            { $0.addFile(identity: "https://example.com/1.png") },
        ]
        let digests = variants.map { add in
            Self.tokens {
                add(&$0)
                $0.cacheBreakpoint()
            }.breakpoints[0].prefixDigest
        }
        #expect(Set(digests).count == variants.count)
    }

    @Test("Breakpoints know how long they last, and how much of them is sound")
    func breakpointFacts() {
        let breakpoints = Self.tokens {
            $0.addAudio(seconds: 2)
            $0.cacheBreakpoint(isForHour: true)
            $0.add(text: "Hello")
            $0.cacheBreakpoint()
        }.breakpoints
        #expect(breakpoints.map(\.tokenCount) == [64, 65])
        #expect(breakpoints.map(\.audioTokenCount) == [64, 64])
        #expect(breakpoints.map(\.isForHour) == [true, false])
    }
}
