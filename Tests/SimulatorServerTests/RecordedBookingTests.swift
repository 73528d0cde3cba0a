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
}
