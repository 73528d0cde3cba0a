internal import NIOCore

/// What the upstream says to a request.
enum UpstreamAnswer {
    /// One JSON document of ``documentByteCount`` bytes that holds the request's number.
    case document(number: String)
    /// ``eventCount`` events, each a chunk of its own, as fast as they can be sent.
    case events
    /// ``pacedChunkCount`` chunks, the first at once and then one every ``pace``.
    case paced

    static let documentByteCount = 1500
    static let eventCount = 246
    static let pacedChunkCount = 20
    static let pace = TimeAmount.milliseconds(50)

    /// Reads the model and the eight digits after `Question ` out of a chat request.
    init(to body: ByteBuffer) {
        let text = String(buffer: body)
        if text.contains("\"bench/stream\"") {
            self = .events
        } else if text.contains("\"bench/paced\"") {
            self = .paced
        } else {
            let parts = text.split(separator: "Question ", maxSplits: 1)
            self = .document(number: parts.count == 2 ? String(parts[1].prefix(8)) : "00000000")
        }
    }
}

// MARK: - Bytes

extension UpstreamAnswer {
    /// The head, framed for what follows.
    var head: String {
        switch self {
        case .document:
            """
            HTTP/1.1 200 OK\r
            Date: Fri, 14 Nov 2025 10:00:00 GMT\r
            Content-Type: application/json\r
            Content-Length: \(Self.documentByteCount)\r
            Access-Control-Allow-Origin: *\r
            Server: bench\r
            \r

            """
        case .events, .paced:
            """
            HTTP/1.1 200 OK\r
            Date: Fri, 14 Nov 2025 10:00:00 GMT\r
            Content-Type: text/event-stream\r
            Transfer-Encoding: chunked\r
            Cache-Control: no-cache\r
            Access-Control-Allow-Origin: *\r
            Server: bench\r
            \r

            """
        }
    }

    /// The document, filled up to its length with the answer's text.
    static func document(number: String) -> String {
        let start = """
            {"id":"gen-1763114400-bench","provider":"Bench","model":"bench/json","object":"chat.completion",\
            "created":1763114400,"choices":[{"logprobs":null,"finish_reason":"stop","native_finish_reason":"stop",\
            "index":0,"message":{"role":"assistant","content":"Answer \(number)
            """
        let end = """
            ","refusal":null,"reasoning":null}}],"usage":{"prompt_tokens":42,"completion_tokens":180,\
            "total_tokens":222,"cost":0.00042,"is_byok":false}}
            """
        let words = " and then some more words"
        let space = documentByteCount - start.utf8.count - end.utf8.count
        let filling = String(repeating: words, count: space / words.utf8.count + 1).prefix(space)
        return start + filling + end
    }

    /// The events of the stream, the last one `[DONE]`.
    static let eventChunks: [ByteBuffer] = (1...eventCount).map { index in
        let data =
            switch index {
            case eventCount: "[DONE]"
            case eventCount - 1: chunk("\"content\":\"\"", finish: "\"stop\"", usage: usage)
            default: chunk("\"content\":\" word\(index)\"")
            }
        return ByteBuffer(string: "data: \(data)\n\n")
    }

    static let pacedChunks: [ByteBuffer] = (1...pacedChunkCount).map { index in
        let data = index == pacedChunkCount ? "[DONE]" : chunk("\"content\":\" word\(index)\"")
        return ByteBuffer(string: "data: \(data)\n\n")
    }

    private static let usage = """
        ,"usage":{"prompt_tokens":42,"completion_tokens":244,"total_tokens":286,"cost":0.00061,"is_byok":false}
        """

    private static func chunk(_ delta: String, finish: String = "null", usage: String = "") -> String {
        """
        {"id":"gen-1763114400-bench","provider":"Bench","model":"bench/stream","object":"chat.completion.chunk",\
        "created":1763114400,"choices":[{"index":0,"delta":{"role":"assistant",\(delta)},\
        "finish_reason":\(finish),"native_finish_reason":\(finish),"logprobs":null}]\(usage)}
        """
    }
}
