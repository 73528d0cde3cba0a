internal import HTTPTypes
internal import NIOCore
internal import Tapes

extension Interaction {
    /// A chat as a client of OpenRouter has it: a body of its own, an answer of its own, some of them streamed.
    ///
    /// The same number gives the same interaction. Conversations of one to twenty messages with one of eight models.
    static func synthetic(_ number: Int) -> Interaction {
        let model = "bench/model-\(number % 8)"
        let isStreamed = number % 8 == 7
        let tape = isStreamed ? stream(number, model) : whole(number, model)
        return Interaction(
            request: .synthetic(number),
            tape: tape,
            recordedAt: 1_790_000_000_000_000 + Int64(number) * 1_000
        )
    }

    /// How many bytes the bodies and heads of the interaction have on the wire.
    var rawByteCount: Int {
        let fields = { (fields: HTTPFields) in
            fields.reduce(0) { $0 + $1.name.rawName.utf8.count + $1.value.utf8.count + 4 }
        }
        let requestLine = request.method.rawValue.utf8.count + request.target.raw.utf8.count + 12
        return requestLine + fields(request.fields) + request.body.readableBytes + 17 + fields(tape.head?.fields ?? [:])
            + tape.bodyByteCount
    }

    private static func whole(_ number: Int, _ model: String) -> Tape {
        let body = """
            {"id":"gen-\(number)","object":"chat.completion","created":1790000000,"model":"\(model)",\
            "choices":[{"index":0,"message":{"role":"assistant","content":"\(words(number, 60))"},\
            "finish_reason":"stop"}],"usage":{"prompt_tokens":\(number % 500),"completion_tokens":60,\
            "total_tokens":\(number % 500 + 60),"cost":0.00012}}
            """
        let fields: HTTPFields = [
            .date: "Mon, 21 Sep 2026 14:00:00 GMT", .contentType: "application/json",
            .contentLength: "\(body.utf8.count)", .server: "cloudflare",
        ]
        return Tape(
            headGap: .milliseconds(412),
            head: ResponseHead(status: .ok, fields: fields),
            frames: [Frame(body)],
            origin: Origin(.upstream(url: "https://openrouter.ai/api/v1"))
        )
    }

    private static func stream(_ number: Int, _ model: String) -> Tape {
        var events = (0..<10).map { part in
            """
            data: {"id":"gen-\(number)","model":"\(model)","choices":[{"index":0,"delta":{"role":"assistant",\
            "content":"\(words(number + part, 2))"}}]}


            """
        }
        events.append("data: [DONE]\n\n")
        return Tape(
            headGap: .milliseconds(412),
            head: ResponseHead(
                status: .ok,
                fields: [.contentType: "text/event-stream", .transferEncoding: "chunked", .server: "cloudflare"]
            ),
            frames: events.map { Frame(gap: .milliseconds(20), $0) },
            origin: Origin(.upstream(url: "https://openrouter.ai/api/v1"))
        )
    }

    private static let vocabulary = [
        "the", "tape", "of", "a", "stream", "holds", "each", "frame", "with", "time", "before", "it", "and", "ends",
    ]

    fileprivate static func words(_ seed: Int, _ count: Int) -> String {
        (0..<count).map { vocabulary[(seed &* 31 &+ $0 &* (seed % 11 + 1)) % vocabulary.count] }.joined(separator: " ")
    }
}

extension Request {
    /// The request of ``Tapes/Interaction/synthetic(_:)``.
    static func synthetic(_ number: Int) -> Request {
        let messages = (0...(number % 20)).map { message in
            #"{"role":"\#(message % 2 == 0 ? "user" : "assistant")","content":"\#(Interaction.words(message, 8))"}"#
        }
        let body = """
            {"model":"bench/model-\(number % 8)","seed":\(number),"stream":\(number % 8 == 7),\
            "messages":[\(messages.joined(separator: ","))]}
            """
        return Request(
            method: .post,
            target: RequestTarget("/api/v1/chat/completions"),
            fields: [.contentType: "application/json", .accept: "application/json", .userAgent: "OpenAI/Python 2.8.0"],
            body: ByteBuffer(string: body)
        )
    }
}
