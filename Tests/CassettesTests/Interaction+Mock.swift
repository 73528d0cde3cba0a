import HTTPTypes
import NIOCore
import Tapes

@testable import Cassettes

extension Request {
    static func make(
        _ body: String = #"{"model":"openai/gpt-4o","messages":[{"role":"user","content":"Hello"}]}"#,
        method: HTTPRequest.Method = .post,
        target: String = "/api/v1/chat/completions",
        fields: HTTPFields = [.contentType: "application/json"]
    ) -> Request {
        Request(method: method, target: RequestTarget(target), fields: fields, body: ByteBuffer(string: body))
    }
}

extension Interaction {
    static func make(
        request: Request = .make(),
        frames: [Frame] = [Frame(#"{"id":"gen-1","choices":[]}"#)],
        fields: HTTPFields = [.contentType: "application/json"],
        ending: Ending = .complete,
        recordedAt: Int64 = 1_790_000_000_000_000,
        completion: Completion = .finished
    ) -> Interaction {
        let head = ResponseHead(status: .ok, fields: fields)
        let upstream = Origin(.upstream(url: "https://openrouter.ai/api/v1"))
        let tape = Tape(head: head, frames: frames, ending: ending, origin: upstream)
        return Interaction(request: request, tape: tape, recordedAt: recordedAt, completion: completion)
    }

    /// A chat whose user says this, answered with that.
    static func chat(_ text: String, answer: String = "Hi", completion: Completion = .finished) -> Interaction {
        make(
            request: .make(#"{"model":"openai/gpt-4o","messages":[{"role":"user","content":"\#(text)"}]}"#),
            frames: [Frame(#"{"choices":[{"message":{"content":"\#(answer)"}}]}"#)],
            completion: completion
        )
    }

    var body: String { String(buffer: tape.body) }
}

extension HTTPField.Name {
    static func named(_ name: String) throws -> HTTPField.Name {
        guard let name = HTTPField.Name(name) else { throw BadName() }
        return name
    }

    struct BadName: Error {}
}

extension HTTPFields {
    /// Names as sent with values, in order.
    var lines: [String] { map { "\($0.name.rawName): \($0.value)" } }
}
