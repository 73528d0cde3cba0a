internal import OpenRouterAPI

/// Writes the chunks of one stream: what all of them begin with is rendered once.
struct ChunkTemplate {
    /// What comes before the choice: `{"id":…,"choices":[`.
    private let opening: [UInt8]

    init(_ members: JSONObject) {
        var opening = members.serialized()
        opening.removeLast()
        self.opening = opening + Array(",\"choices\":[".utf8)
    }

    /// Of a usual chunk in an event, about.
    var byteCount: Int { opening.count + 128 }

    func write(choice: JSON, into bytes: inout [UInt8]) {
        bytes += opening
        choice.write(into: &bytes)
        bytes += Self.closing
    }

    func write(_ delta: JSON, index: Int, into bytes: inout [UInt8]) {
        write(
            choice: ["index": .integer(index), "delta": delta, "finish_reason": .null, "native_finish_reason": .null],
            into: &bytes
        )
    }

    /// The usual chunk, without building a value for each token.
    func write(text: String, index: Int, logprobs: JSON?, into bytes: inout [UInt8]) {
        bytes += opening
        bytes += Self.beforeIndex
        JSON.integer(index).write(into: &bytes)
        bytes += Self.beforeText
        JSON.write(string: text, into: &bytes)
        bytes += Self.afterText
        if let logprobs {
            bytes += ",\"logprobs\":".utf8
            logprobs.write(into: &bytes)
        }
        bytes.append(UInt8(ascii: "}"))
        bytes += Self.closing
    }

    private static let beforeIndex = Array("{\"index\":".utf8)
    private static let beforeText = Array(",\"delta\":{\"content\":".utf8)
    private static let afterText =
        Array(",\"role\":\"assistant\"},\"finish_reason\":null,\"native_finish_reason\":null".utf8)
    private static let closing = Array("]}".utf8)
}
