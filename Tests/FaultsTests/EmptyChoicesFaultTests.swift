internal import Faults
internal import HTTPTypes
internal import NIOCore
internal import Tapes
internal import Testing

@Suite("Empty choices")
struct EmptyChoicesFaultTests {
    private func altered(_ events: String) throws -> String {
        var fields = HTTPFields()
        fields[.contentType] = "text/event-stream"
        let head = ResponseHead(status: .ok, fields: fields)
        var answer = AlteredTape(Tape(head: head, frames: [Frame(events)], origin: .control))
        var generator = SeededGenerator(seed: 0)
        let type = try #require(FaultTable.fault(named: "empty_choices"))
        try type.init(FaultArguments()).alter(&answer, using: &generator)
        return String(buffer: answer.tape.body)
    }

    @Test("The chunk with the usage loses its choices, the others keep theirs")
    func usageChunk() throws {
        #expect(
            try altered(
                """
                data: {"choices":[{"delta":{"content":"a"}}],"usage":null}

                data: {"choices":[{"delta":{"tool_calls":[]}}],"usage":{"total_tokens":3}}

                data: [DONE]


                """
            ) == """
                data: {"choices":[{"delta":{"content":"a"}}],"usage":null}

                data: {"choices":[],"usage":{"total_tokens":3}}

                data: [DONE]


                """
        )
    }

    @Test(
        "What has no such chunk stays as it is",
        arguments: [
            #"{"choices":[],"usage":{"total_tokens":3}}"#,
            #"{"type":"response.completed","response":{"choices":[1],"usage":{}}}"#,
            #"{"usage":{"choices":[1]}}"#,
            #"{"choices":"usage","usage":{}}"#,
        ]
    )
    func untouched(data: String) throws {
        #expect(try altered("data: \(data)\n\n") == "data: \(data)\n\n")
    }
}
