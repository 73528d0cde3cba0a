import HTTPTypes
import NIOCore
import Tapes
import Testing

@testable import Recording

/// When a client has had an answer in full.
@Suite("Answer completion")
struct AnswerCompletionTests {
    static let streams: [(name: String, body: String, completes: Bool)] = [
        ("the sentinel", "data: {}\n\ndata: [DONE]\n\n", true),
        ("the sentinel without a space", "data:[DONE]\n\n", true),
        ("an Anthropic stop", "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n", true),
        ("no marker", "data: {\"a\":\"DONE\"}\n\n", false),
        ("comments alone", ": OPENROUTER PROCESSING\n\n", false),
    ]

    @Test("of a stream is its marker, at every split", arguments: streams)
    func marker(name: String, body: String, completes: Bool) {
        let bytes = Array(body.utf8)
        for split in 0...bytes.count {
            var completion = AnswerCompletion(ResponseHead(status: .ok, fields: [.contentType: "text/event-stream"]))
            let first = completion.completes(with: ByteBuffer(bytes: bytes[..<split]))
            let second = completion.completes(with: ByteBuffer(bytes: bytes[split...]))
            #expect((first || second) == completes, "split at \(split)")
            #expect(!(first && second))
        }
    }

    @Test("of a sized body is its last byte")
    func length() {
        var completion = AnswerCompletion(
            ResponseHead(status: .ok, fields: [.contentType: "application/json", .contentLength: "5"])
        )
        let early = completion.completes(with: ByteBuffer(string: "1234"))
        let last = completion.completes(with: ByteBuffer(string: "5"))
        #expect(!early && last)
    }

    @Test("of other chunked bodies is only their end")
    func chunkedJSON() {
        var completion = AnswerCompletion(
            ResponseHead(status: .ok, fields: [.contentType: "application/json", .transferEncoding: "chunked"])
        )
        let completes = completion.completes(with: ByteBuffer(string: "{\"x\":\"data: [DONE]\"}"))
        #expect(!completes)
    }
}
