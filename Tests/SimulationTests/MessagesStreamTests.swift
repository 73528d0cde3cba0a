internal import NIOCore
internal import OpenRouterAPI
internal import Tapes
internal import Testing

@testable internal import Simulation

@Suite("Streamed messages")
struct MessagesStreamTests {
    /// A message that may use anything at once.
    private static func request(seed: UInt64) -> Request {
        var random = SeededGenerator(seed: seed)
        var members: [String] = []
        func sometimes(_ percent: Int, _ member: @autoclosure () -> String) {
            if random.chance(percent: percent) { members.append(member()) }
        }
        members.append(#""model":"\#(random.choice(of: StreamingLawTests.models) ?? "")""#)
        let prompt = JSON.string(random.choice(of: StreamingLawTests.prompts) ?? "").text
        members.append(#""messages":[{"role":"user","content":\#(prompt)}]"#)
        let limit = random.integer(in: 1...60)
        let display = random.choice(of: [#","display":"omitted""#, ""]) ?? ""
        let thinking =
            random.choice(of: [#""type":"enabled","budget_tokens":1024"#, #""type":"adaptive""#]) ?? ""
        let tools = random.choice(of: [MessagesTests.tools, MessagesTests.search]) ?? ""
        let choice = random.choice(of: ["auto", "any", "none"]) ?? ""
        let stop = random.choice(of: [#"["."]"#, #"["e","a"]"#, #"["\n"," the"]"#, #"["zzz"]"#]) ?? ""
        if random.chance(percent: 40) {
            members.append(#""max_tokens":\#(limit)"#)
        } else {
            sometimes(40, #""thinking":{\#(thinking)\#(display)}"#)
        }
        sometimes(40, tools + #","tool_choice":{"type":"\#(choice)"}"#)
        sometimes(15, #""plugins":[{"id":"web","max_results":2}]"#)
        sometimes(25, #""stop_sequences":\#(stop)"#)
        return .message("{" + members.joined(separator: ",") + "}")
    }

    @Test("The events of a stream add up to the unstreamed message", arguments: 0..<200 as Range<UInt64>)
    func law(seed: UInt64) throws {
        let request = Self.request(seed: seed)
        let unstreamed = Exchange(request)
        #expect(unstreamed.status == 200, "seed \(seed): \(unstreamed.body)")
        var whole = try #require(JSON(try unstreamed.json()).members)
        let exchange = Exchange(request.streamed)
        let stream = try MessagesStream(exchange)
        var added = try #require(try stream.message().members)
        // The details of the cost stand in the unstreamed message alone.
        var usage = try #require(whole["usage"]?.members)
        usage["cost_details"] = nil
        #expect(added["usage"] == .object(usage), "seed \(seed)")
        whole["usage"] = nil
        added["usage"] = nil
        #expect(added == whole, "seed \(seed)")
        #expect(exchange.tape.frames.count == stream.names.count)
    }

    @Test("Blocks come in the order thinking, tools of the server, text, tools", arguments: 0..<200 as Range<UInt64>)
    func order(seed: UInt64) throws {
        let stream = try MessagesStream(Exchange(Self.request(seed: seed).streamed))
        let kinds = ["thinking", "redacted_thinking", "server_tool_use", "web_search_tool_result", "text", "tool_use"]
        let ranks = stream.events("content_block_start").map { event in
            kinds.firstIndex(of: event["content_block"]?["type"]?.string ?? "") ?? -1
        }
        // A call and its result take turns.
        #expect(ranks.map { $0 == 3 ? 2 : $0 } == ranks.map { $0 == 3 ? 2 : $0 }.sorted(), "seed \(seed)")
        #expect(!ranks.contains(-1))
    }

    @Test("A ping follows the first start, and comments come before everything")
    func pings() throws {
        var settings = SimulationSettings()
        settings.keepAliveCount = 2
        let stream = try MessagesStream(Exchange(Request.question().streamed, by: Simulator(settings: settings)))
        #expect(
            stream.names.prefix(6) == [
                ":", ":", "message_start", "content_block_start", "ping", "content_block_delta",
            ]
        )
        #expect(stream.names.count { $0 == "ping" } == 1)
        #expect(stream.names.suffix(3) == ["content_block_stop", "message_delta", "message_stop"])
        let start = try #require(stream.events.first?["message"])
        #expect(start["content"]?.text == "[]")
        #expect(start["stop_reason"]?.isNull == true)
        #expect(start["usage"]?["output_tokens"]?.int == 1)
    }

    @Test("A call's input starts with nothing and goes on in pieces")
    func input() throws {
        let request = Request.question(MessagesTests.tools, prompt: "What is the weather in Paris?").streamed
        let stream = try MessagesStream(Exchange(request))
        #expect(stream.events("content_block_start").first?["content_block"]?["input"]?.text == "{}")
        let pieces = stream.events("content_block_delta").compactMap { $0["delta"]?["partial_json"]?.string }
        #expect(pieces.first == "")
        #expect(pieces.count > 3)
    }

    // MARK: - Scripts

    private static func lines(_ answer: GeneratedAnswer, endsWithDone: Bool = false) -> [String] {
        var encoder = MessagesEncoder(omitsThinking: false)
        encoder.endsWithDone = endsWithDone
        return encoder.frames(of: answer).map { frame in
            let lines = String(buffer: frame.bytes).split(separator: "\n")
            let detail = lines.last?.split(separator: #""delta":"#, maxSplits: 1).dropFirst().first ?? ""
            return "\(Int(frame.gap / .milliseconds(1))) \(lines.first ?? "")\(detail.isEmpty ? "" : " \(detail)")"
        }
    }

    @Test("Thoughts that are interrupted are signed each time, and sources wait for the text that cites them")
    func script() {
        let source = Annotation.citation(.init(url: "https://a", title: "A", content: "c"))
        let steps: [GenerationStep] = [
            .reasoning("a"), .annotation(source), .comment(count: 1), .text("b"), .pause(.seconds(1)), .reasoning("c"),
        ]
        let lines = Self.lines(.make([.make(steps)], author: "anthropic", opaque: "s"))
        let citation =
            #"{"type":"web_search_result_location","cited_text":"c","url":"https://a","title":"A","encrypted_index":"s"}"#
        #expect(
            lines.dropLast(2) == [
                "1000 event: message_start", "0 event: content_block_start", "0 event: ping",
                #"0 event: content_block_delta {"type":"thinking_delta","thinking":"a"}}"#,
                "20 : OPENROUTER PROCESSING",
                #"10 event: content_block_delta {"type":"signature_delta","signature":"s"}}"#,
                "0 event: content_block_stop", "0 event: content_block_start",
                #"0 event: content_block_delta {"type":"citations_delta","citation":\#(citation)}}"#,
                #"0 event: content_block_delta {"type":"text_delta","text":"b"}}"#,
                "1020 event: content_block_stop", "0 event: content_block_start",
                #"0 event: content_block_delta {"type":"thinking_delta","thinking":"c"}}"#,
                #"0 event: content_block_delta {"type":"signature_delta","signature":"s"}}"#,
                "0 event: content_block_stop",
            ]
        )
    }

    @Test("A stream ends with message_stop, or with a named [DONE] behind it")
    func done() {
        let answer = GeneratedAnswer.make([.make([.text("Hi")])])
        #expect(Self.lines(answer).last == "0 event: message_stop")
        #expect(Self.lines(answer, endsWithDone: true).suffix(2) == ["0 event: message_stop", "0 event: data"])
        var encoder = MessagesEncoder(omitsThinking: false)
        encoder.endsWithDone = true
        #expect(encoder.frames(of: answer).last.map { String(buffer: $0.bytes) } == "event: data\ndata: [DONE]\n\n")
    }

    @Test("An answer that said nothing has no block and still ends")
    func empty() {
        #expect(
            Self.lines(.make([.make([])])).map { $0.prefix { $0 != "{" } } == [
                "1000 event: message_start", "0 event: message_delta ", "0 event: message_stop",
            ]
        )
    }

    @Test("A call whose arguments are no object is streamed as it is, and is an empty object in the whole message")
    func badArguments() throws {
        for arguments in ["", "[1]", #"{"a":"#] {
            let call = ToolCall(id: "toolu_1", name: "f", arguments: arguments)
            let answer = GeneratedAnswer.make([.make([.toolCall(call)], .toolCalls)])
            let body = MessagesEncoder(omitsThinking: false).body(of: answer)
            let block = try JSONDocument(parsing: body.serialized()).root["content"]?[0]
            #expect(block?["input"]?.text == "{}")
            let pieces = Self.lines(answer).count { $0.contains("input_json_delta") }
            #expect(pieces == TokenSplitter.count(arguments) + 1)
        }
    }

    @Test("A failure in the middle is the last event, in Anthropic's words")
    func failure() throws {
        let attempts = ScriptedAttempts([
            .text("So"), .failure(ProviderFailure(.providerOverloaded, message: "Acme has no free capacity")),
            .text("never"),
        ])
        let exchange = Exchange(Request.question().streamed, attempts: attempts)
        #expect(exchange.status == 200)
        let stream = try MessagesStream(exchange)
        #expect(
            stream.names == ["message_start", "content_block_start", "ping", "content_block_delta", "error"]
        )
        let error = try #require(stream.events.last)
        #expect(
            error["error"]?.text
                == #"{"type":"overloaded_error","message":"Acme has no free capacity","error_type":"provider_overloaded"}"#
        )
    }
}
