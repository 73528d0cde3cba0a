/// The answer that the rows of faults change, and its parts, as they are on the wire.
enum WireText {
    static let first = #"{"choices":[{"delta":{"content":"Grüße"}}]}"#
    static let second = #"{"choices":[{"delta":{"content":" an alle"}}]}"#
    static let third = #"{"choices":[{"delta":{},"finish_reason":"stop"}],"usage":{"total_tokens":7}}"#
    static let done = "[DONE]"
    static let data = [first, second, third, done]
    /// The blocks of the stream, 53, 54, 84 and 14 bytes.
    static let events = data.map(event)
    static let type = "Content-Type: text/event-stream"
    static let end = "0\r\n\r\n"

    static func event(_ data: String) -> String { "data: \(data)\n\n" }

    static func head(_ fields: [String], status: String = "200 OK", type: String? = type) -> String {
        "HTTP/1.1 \(status)\r\n" + ((type.map { [$0] } ?? []) + fields).map { $0 + "\r\n" }.joined() + "\r\n"
    }

    static let chunkedHead = head(["Transfer-Encoding: chunked"])

    static func chunk(_ text: String) -> String { "\(String(text.utf8.count, radix: 16))\r\n\(text)\r\n" }

    static func chunks(_ texts: [String]) -> String { texts.map(chunk).joined() }

    /// A whole answer in chunks.
    static func chunked(_ texts: [String]) -> String { chunkedHead + chunks(texts) + end }

    /// The answer without faults.
    static let usual = chunked(events)

    /// The usual body in chunks under another head.
    static func under(_ head: String) -> String { head + chunks(events) + end }

    /// Each event with something else in place of its data.
    static func eachData(_ change: (String) -> String) -> String { chunked(data.map { change($0) }) }

    /// The same for the events that are JSON.
    static func eachJSON(_ change: (String) -> String) -> String {
        chunked(data.map { $0 == done ? event($0) : change($0) })
    }
}
