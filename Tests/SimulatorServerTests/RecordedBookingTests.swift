import HTTPTypes
import OpenRouterAPI
import Simulation
import Tapes
import Testing

@testable import SimulatorServer

/// What a recorded answer says of its cost.
@Suite("Recorded booking")
struct RecordedBookingTests {
    private func tape(_ mediaType: String, _ body: String, status: Int = 200) -> Tape {
        Tape(
            head: ResponseHead(status: .init(code: status), fields: [.contentType: mediaType]),
            frames: [Frame(body)],
            origin: .server
        )
    }

    @Test("reads a JSON answer")
    func json() throws {
        let booking = try #require(
            RecordedBooking(
                tape(
                    "application/json",
                    """
                    {"id":"gen-1-a","model":"openai/gpt-4o","provider":"OpenAI","choices":[{"finish_reason":"stop",\
                    "native_finish_reason":"completed"}],"usage":{"prompt_tokens":3,"completion_tokens":4,"cost":1.5e-05}}
                    """
                )
            )
        )
        #expect(booking.generationID == "gen-1-a")
        #expect(booking.usage == TokenUsage(prompt: 3, completion: 4))
        #expect(booking.cost == USD("0.000015"))
        #expect(booking.nativeFinishReason == "completed")
        #expect(!booking.isStreamed)
    }

    @Test("of a job is booked once, however often the job is polled")
    func polls() throws {
        let body =
            #"{"id":"batch_1","object":"batch","model":"m/n","#
            + #""usage":{"prompt_tokens":3,"completion_tokens":4,"cost":0.5}}"#
        let booking = try #require(RecordedBooking(tape("application/json", body)))
        let world = World(seed: 0, clock: .fixed(0), systemTime: { 0 })
        let fields: HTTPFields = [.authorization: "Bearer sk-or-v1-test"]
        let poll = Request(method: .get, target: RequestTarget("/api/beta/batches/batch_1"), fields: fields)
        for _ in 0..<3 { world.book(booking, for: poll, at: 0) }
        #expect(world.caller(token: "sk-or-v1-test")?.account.ledger.total == USD("0.5"))
        let post = Request(method: .post, target: RequestTarget("/api/v1/chat/completions"), fields: fields)
        for _ in 0..<2 { world.book(booking, for: post, at: 0) }
        #expect(world.caller(token: "sk-or-v1-test")?.account.ledger.total == USD("1.5"))
    }

    @Test("reads what the provider charged to a key of the account's own")
    func ownKey() throws {
        let usage = #"{"prompt_tokens":3,"cost":0,"is_byok":BYOK,"cost_details":{"upstream_inference_cost":0.5}}"#
        for (isBYOK, cost) in [("true", USD(0.5)), ("false", nil)] {
            let body = #"{"id":"gen-1-a","usage":\#(usage.replacing("BYOK", with: isBYOK))}"#
            #expect(try #require(RecordedBooking(tape("application/json", body))).byokCost == cost)
        }
    }

    @Test("reads the usage chunk of a stream, wherever it is")
    func stream() throws {
        let booking = try #require(
            RecordedBooking(
                tape(
                    "text/event-stream",
                    """
                    : OPENROUTER PROCESSING

                    data: {"id":"gen-2-b","model":"m/n","choices":[{"finish_reason":"length"}]}

                    data: {"id":"gen-2-b","choices":[],"usage":{"prompt_tokens":1,"completion_tokens":2,"cost":0.5}}

                    data: [DONE]


                    """
                )
            )
        )
        #expect(booking.generationID == "gen-2-b")
        #expect(booking.finishReason == "length")
        #expect(booking.cost == USD("0.5"))
        #expect(booking.isStreamed)
    }

    @Test(
        "finds nothing in errors, lists and nonsense",
        arguments: [
            ("application/json", "{\"error\":{\"code\":429}}", 429), ("application/json", "{\"data\":[]}", 200),
            ("application/json", "{", 200), ("text/html", "<html>", 200), ("text/event-stream", "data: {\n\n", 200),
        ]
    )
    func nothing(mediaType: String, body: String, status: Int) {
        #expect(RecordedBooking(tape(mediaType, body, status: status)) == nil)
    }

    /// The same answer in each API, whole and in events.
    @Test(
        "reads every API's usage, finish and words",
        arguments: [
            (
                "application/json",
                #"{"id":"g","object":"response","status":"completed","model":"m","output":[{"type":"reasoning","summary":[{"type":"summary_text","text":"Hm"}]},{"type":"message","content":[{"type":"output_text","text":"Hello"}]}],"usage":{"input_tokens":9,"input_tokens_details":{"cached_tokens":2},"output_tokens":4,"output_tokens_details":{"reasoning_tokens":1},"cost":0.5}}"#
            ),
            (
                "text/event-stream",
                """
                data: {"type":"response.created","response":{"id":"g","object":"response","model":"m","usage":null}}

                data: {"type":"response.reasoning_text.delta","delta":"Hm"}

                data: {"type":"response.output_text.delta","delta":"Hel"}

                data: {"type":"response.output_text.delta","delta":"lo"}

                data: {"type":"response.completed","response":{"id":"g","object":"response","status":"completed","model":"m","usage":{"input_tokens":9,"input_tokens_details":{"cached_tokens":2},"output_tokens":4,"output_tokens_details":{"reasoning_tokens":1},"cost":0.5}}}


                """
            ),
            (
                "application/json",
                #"{"id":"g","type":"message","model":"m","content":[{"type":"thinking","thinking":"Hm"},{"type":"text","text":"Hello"}],"stop_reason":"end_turn","usage":{"input_tokens":7,"cache_read_input_tokens":2,"cache_creation_input_tokens":0,"output_tokens":4,"output_tokens_details":{"reasoning_tokens":1},"cost":0.5}}"#
            ),
            (
                "text/event-stream",
                """
                event: message_start
                data: {"type":"message_start","message":{"id":"g","type":"message","model":"m","content":[],"usage":{"input_tokens":7,"output_tokens":1}}}

                event: content_block_delta
                data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"Hm"}}

                event: content_block_delta
                data: {"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"Hello"}}

                event: message_delta
                data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"input_tokens":7,"cache_read_input_tokens":2,"output_tokens":4,"output_tokens_details":{"reasoning_tokens":1},"cost":0.5}}


                """
            ),
        ]
    )
    func skins(mediaType: String, body: String) throws {
        let booking = try #require(RecordedBooking(tape(mediaType, body)))
        #expect(booking.generationID == "g")
        #expect(booking.model == "m")
        #expect(booking.usage == TokenUsage(prompt: 9, completion: 4, reasoning: 1, cached: 2))
        #expect(booking.cost == USD("0.5"))
        #expect(booking.finishReason == "stop")
        #expect(booking.content?.completion == "Hello")
        #expect(booking.content?.reasoning == "Hm")
    }
}
