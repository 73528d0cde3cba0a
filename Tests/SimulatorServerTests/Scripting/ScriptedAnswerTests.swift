import HTTPTypes
import NIOCore
import OpenRouterAPI
import Playback
import Scenarios
import Simulation
import Tapes
import Testing

@testable import SimulatorServer

@Suite("Scripted answers")
struct ScriptedAnswerTests {
    private static func station(playing source: String) throws -> Station {
        let station = Station()
        station.library.replaceFiles([try Scenario(reading: Array(source.utf8), file: "test.yaml")])
        return station
    }

    @Test(
        "A fallback goes through the router: the second provider answers, is billed, and the first one's failure is told"
    )
    func fallback() async throws {
        let station = try Self.station(
            playing: """
                name: fallback
                rules:
                  - respond:
                      providers:
                        first: { error: { status: 503, type: provider_overloaded } }
                        second: { text: "From the second" }
                """
        )
        let body = Station.chat().replacing("{\"model\"", with: #"{"usage":{"include":true},"model""#)
        let exchange = await station.ask(
            "/api/v1/chat/completions",
            body,
            fields: [.init("X-OpenRouter-Metadata")!: "enabled"]
        )
        let json = try exchange.json()
        #expect(json["choices"]?[0]?["message"]?["content"]?.string == "From the second")
        #expect(json["provider"]?.string == "Azure")
        let attempts = json["openrouter_metadata"]?["attempts"]?.elements.map { $0["status"]?.int }
        #expect(attempts == [503, 200])
        let id = try #require(json["id"]?.string)
        let generation = try await station.ask("/api/v1/generation?id=\(id)").json()
        #expect(generation["data"]?["provider_name"]?.string == "Azure")
        #expect(generation["data"]?["total_cost"]?.double == json["usage"]?["cost"]?.double)
        let key = try await station.ask("/api/v1/key").json()
        #expect(key["data"]?["usage"]?.double == json["usage"]?["cost"]?.double)
    }

    @Test("When all providers fail, the last failure is told with the earlier ones")
    func exhausted() async throws {
        let station = try Self.station(
            playing: """
                name: down
                rules:
                  - respond: { providers: { any: { error: { status: 502, type: provider_unavailable } } } }
                """
        )
        let exchange = await station.ask("/api/v1/chat/completions", Station.chat())
        #expect(exchange.status == 502)
        let previous = try exchange.json()["error"]?["metadata"]?["previous_errors"]
        #expect((previous?.count ?? 0) > 0)
        #expect(try await station.ask("/api/v1/key").json()["data"]?["usage"]?.double == 0)
    }

    @Test("A script's pauses are played whatever the timing, the synthetic model's only as it says")
    func pauses() async throws {
        let station = try Self.station(
            playing: """
                name: slow
                rules:
                  - match: { stream: true }
                    respond:
                      steps:
                        - pause: 300ms
                        - text: { value: "one two", chunk: words, every: 100ms }
                        - pause: 1s
                        - cut: reset
                  - match: { last_message: quick }
                    respond: { steps: [ { pause: 2s }, { text: "later" } ] }
                """
        )
        let streamed = await station.ask("/api/v1/chat/completions", Station.chat(stream: true)).tape
        #expect(streamed.frames.map(\.gap) == [.milliseconds(400), .milliseconds(100)])
        #expect(streamed.endingGap == .seconds(1))
        #expect(streamed.ending == .reset)
        let whole = await station.ask("/api/v1/chat/completions", Station.chat("quick")).tape
        #expect(whole.headGap == .seconds(2))
        #expect(whole.ending == .complete)
        let synthetic = await station.ask("/api/v1/chat/completions", Station.chat("other")).tape
        #expect(synthetic.duration == .zero)
    }

    @Test("What a cut leaves unsaid is not billed")
    func cutBilling() async throws {
        let station = try Self.station(
            playing: """
                name: cut
                rules:
                  - respond: { steps: [ { text: { value: "one", chunk: whole } }, { cut: close } ] }
                """
        )
        let exchange = await station.ask("/api/v1/chat/completions", Station.chat(stream: true))
        #expect(exchange.text.contains("one"))
        #expect(!exchange.text.contains("finish_reason\":\"stop"))
        #expect(!exchange.text.contains("[DONE]"))
        let id = try #require(exchange.text.firstMatch(of: /gen-[0-9A-Za-z-]+/)).output
        let generation = try await station.ask("/api/v1/generation?id=\(id)").json()
        #expect(generation["data"]?["tokens_completion"]?.int == 1)
    }

    @Test("A client that leaves stops the bill at what was sent, where the provider supports that")
    func cancellation() async throws {
        func cost(_ provider: String, sent: Int) async throws -> (
            tokens: Int, cost: Double, key: Double, cancelled: Bool
        ) {
            let station = Station()
            let body = #"""
                {"model":"anthropic/claude-sonnet-4.5","provider":{"only":["\#(provider)"]},"stream":true,
                 "messages":[{"role":"user","content":"Tell me a long story"}]}
                """#
            let key = "sk-or-v1-cancel"
            let whole = await Station().ask("/api/v1/chat/completions", body, key: key)
            let byteCount = whole.altered.lowered(for: .usual).byteCount
            var report = PlaybackReport(outcome: .cancelled)
            report.tapeByteCount = byteCount
            report.note(.init(at: .zero, due: .zero, byteCount: byteCount * sent / 100))
            let exchange = await station.ask("/api/v1/chat/completions", body, key: key, report: report)
            let id = try #require(exchange.text.firstMatch(of: /gen-[0-9A-Za-z-]+/)).output
            let data = try #require(try await station.ask("/api/v1/generation?id=\(id)", key: key).json()["data"])
            let usage = try await station.ask("/api/v1/key", key: key).json()["data"]?["usage"]?.double
            let activity = try await station.ask("/api/v1/credits", key: key).json()["data"]?["total_usage"]?.double
            #expect(usage == activity)
            return (
                data["tokens_completion"]?.int ?? 0, data["total_cost"]?.double ?? 0, usage ?? -1,
                data["cancelled"]?.bool ?? false
            )
        }
        let full = try await cost("anthropic", sent: 100)
        let half = try await cost("anthropic", sent: 50)
        #expect(half.cancelled)
        #expect(half.tokens == (full.tokens + 1) / 2 || half.tokens == full.tokens / 2)
        #expect(half.cost < full.cost)
        #expect(half.cost == half.key)
        let whole = try await cost("amazon-bedrock", sent: 100)
        let bedrock = try await cost("amazon-bedrock", sent: 50)
        #expect(bedrock.cancelled)
        #expect(bedrock.tokens == whole.tokens)
        #expect(bedrock.cost == whole.cost)
        #expect(bedrock.cost == bedrock.key)
    }

    @Test("An error of OpenRouter's own comes before recordings and providers, in the shape of the API")
    func accountError() async throws {
        let station = try Self.station(
            playing: """
                name: limited
                rules:
                  - respond: { error: { status: 429, type: rate_limit_exceeded, retry_after: 2s } }
                """
        )
        let chat = await station.ask("/api/v1/chat/completions", Station.chat())
        #expect(chat.status == 429)
        #expect(chat.tape.head?.fields[.init("Retry-After")!] == "2")
        #expect(chat.tape.origin.description == "scenario test.yaml:3")
        let messages = await station.ask("/api/v1/messages", Station.chat())
        #expect(try messages.json()["type"]?.string == "error")
    }

    @Test(
        "An error of which a script says the status alone has the type and the wording of that status",
        arguments: [
            (400, "invalid_request", "Invalid request parameters"), (401, "authentication", "User not found."),
            (402, "payment_required", "Insufficient credits. Add more using https://openrouter.ai/credits"),
            (403, "permission_denied", "Only management keys can perform this operation"),
            (404, "not_found", "Resource not found"),
            (408, "timeout", "Operation timed out. Please try again later."),
            (409, "invalid_request", "Resource conflict. Please try again later."),
            (413, "payload_too_large", "Request payload too large"),
            (418, "invalid_request", "Invalid request parameters"),
            (422, "unprocessable", "Invalid argument"), (429, "rate_limit_exceeded", "Rate limit exceeded"),
            (500, "server", "Internal Server Error"), (502, "provider_unavailable", "Provider returned error"),
            (503, "provider_overloaded", "Service temporarily unavailable"),
            (504, "timeout", "Operation timed out. Please try again later."),
            (520, "unmapped", "Internal Server Error"),
            (524, "timeout", "Request timed out. Please try again later."),
            (529, "provider_overloaded", "Provider returned error"),
        ]
    )
    func statusAlone(status: Int, type: String, message: String) async throws {
        let own = try Self.station(playing: "name: own\nrules:\n  - respond: { error: { status: \(status) } }")
        let error = try await own.ask("/api/v1/chat/completions", Station.chat()).json()["error"]
        #expect(error?["code"]?.int == status)
        #expect(error?["metadata"]?["error_type"]?.string == type)
        #expect(error?["message"]?.string == message)
        // A provider's failure has the same type, in the middle of a stream as well.
        let provider = try Self.station(
            playing: "name: late\nrules:\n  - respond: { steps: [ { text: a }, { error: { status: \(status) } } ] }"
        )
        let late = await provider.ask("/api/v1/messages", Station.chat(stream: true)).text
        #expect(late.contains(#""error_type":"\#(type)"}}"#), "\(late)")
    }

    @Test("An error of OpenRouter's own tells the key's owner, but for a 401, and why the model cannot be had")
    func ownError() async throws {
        func error(_ error: String, key: String? = "sk-or-v1-test") async throws -> JSONValue {
            try await Self.station(playing: "name: own\nrules:\n  - respond: { error: { \(error) } }")
                .ask("/api/v1/chat/completions", #"{"model":"a/b","models":["c/d","a/b"]}"#, key: key).json()
        }
        let owner = try await Station().ask("/api/v1/chat/completions", "{}").json()["user_id"]?.string
        #expect(owner?.hasPrefix("user_") == true)
        #expect(try await error("status: 429")["user_id"]?.string == owner)
        #expect(try await error("status: 401")["user_id"] == nil)
        #expect(try await error("status: 429", key: nil)["user_id"] == nil)
        #expect(try await error("status: 429")["error"]?["availability"] == nil)
        let capacity = try await error("availability: capacity_exhausted, retry_after: 2s")["error"]
        #expect(capacity?["code"]?.int == 429)
        #expect(capacity?["metadata"]?["error_type"]?.string == "rate_limit_exceeded")
        #expect(
            capacity?["availability"].map { String(decoding: $0.raw, as: UTF8.self) }
                == #"{"code":"capacity_exhausted","retryable":true,"retry_after":2,"requested_models":["a/b","c/d"],"#
                + #""docs_url":"https://openrouter.ai/docs/errors#capacity_exhausted"}"#
        )
    }

    @Test("What is too long by a script is an incomplete answer on responses, streamed and not, and an error elsewhere")
    func tooLong() async throws {
        let station = try Self.station(
            playing: "name: long\nrules:\n  - respond: { error: { type: context_length_exceeded } }"
        )
        let body = #"{"model":"openai/gpt-4o-mini","input":"Hi"}"#
        let whole = await station.ask("/api/v1/responses", body)
        #expect(whole.status == 200)
        #expect(try whole.json()["status"]?.string == "incomplete")
        #expect(try whole.json()["incomplete_details"]?["reason"]?.string == "max_output_tokens")
        #expect(whole.tape.origin.description == "scenario test.yaml:3")
        let streamed = await station.ask("/api/v1/responses", body.replacing("}", with: #","stream":true}"#)).text
        #expect(streamed.contains(#""type":"response.incomplete""#) && streamed.hasSuffix("data: [DONE]\n\n"))
        #expect(await station.ask("/api/v1/responses", "{}").status == 400)
        #expect(await station.ask("/api/v1/responses", body, key: nil).status == 400)
        #expect(await station.ask("/api/v1/chat/completions", Station.chat()).status == 400)
    }

    @Test("Faults of a rule change whoever answers, and the journal says which did")
    func faults() async throws {
        let station = try Self.station(
            playing: """
                name: crlf
                rules:
                  - match: { stream: true }
                    faults: [ { line_endings: crlf }, { limit_data: { bytes: 40, ending: reset } }, bom ]
                """
        )
        let exchange = await station.ask("/api/v1/chat/completions", Station.chat(stream: true))
        #expect(exchange.tape.body.readableBytes >= 40)
        #expect(exchange.tape.ending == .reset)
        #expect(exchange.tape.origin.faults == ["line_endings", "limit_data", "bom"])
        let journal = try await station.ask("/_sim/journal").json()
        #expect(
            journal["entries"]?[0]?["faults"]?.elements.compactMap(\.string) == ["line_endings", "limit_data", "bom"]
        )
        #expect(journal["entries"]?[0]?["rule"]?.string == "crlf:3")
    }

    @Test("A scenario that there is not is 404 with the one that is meant")
    func unknown() async throws {
        let exchange = await Station().ask("/s/rate-limited/api/v1/models")
        #expect(exchange.status == 404)
        #expect(exchange.text.contains("There is no scenario 'rate-limited'"))
        let close = await Station().ask("/s/refusals/api/v1/models")
        #expect(close.text.contains("Did you mean 'refusal'?"))
    }
}
