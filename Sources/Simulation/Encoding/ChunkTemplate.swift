internal import OpenRouterAPI

/// Writes the chunks of one stream: what all of them begin with is rendered once.
struct ChunkTemplate {
    /// What comes before the choice: `{"id":…,"choices":[`.
    private let opening: [UInt8]
    /// What comes before the text of a usual chunk.
    private var textOpening: [UInt8] = []
    private var index = 0

    init(_ members: JSONObject) {
        var opening = members.serialized()
        opening.removeLast()
        self.opening = opening + Array(",\"choices\":[".utf8)
        begin(0)
    }

    /// The next chunks are of the choice with this index.
    mutating func begin(_ index: Int) {
        self.index = index
        textOpening = opening + Array("{\"index\":\(index),\"delta\":{\"content\":".utf8)
    }

    /// Of a usual chunk in an event, about.
    var byteCount: Int { opening.count + 128 }

    func write(choice: JSON, into bytes: inout [UInt8]) {
        bytes += opening
        choice.write(into: &bytes)
        bytes += Self.closing
    }

    func write(_ delta: JSON, into bytes: inout [UInt8]) {
        write(
            choice: ["index": .integer(index), "delta": delta, "finish_reason": .null, "native_finish_reason": .null],
            into: &bytes
        )
    }

    /// The usual chunk, without building a value for each token.
    func write(text: String, logprobs: JSON?, into bytes: inout [UInt8]) {
        bytes += textOpening
        JSON.write(string: text, into: &bytes)
        guard let logprobs else {
            bytes += Self.textClosing
            return
        }
        bytes += Self.afterText
        bytes += ",\"logprobs\":".utf8
        logprobs.write(into: &bytes)
        bytes.append(UInt8(ascii: "}"))
        bytes += Self.closing
    }

    private static let afterText =
        Array(",\"role\":\"assistant\"},\"finish_reason\":null,\"native_finish_reason\":null".utf8)
    private static let closing = Array("]}".utf8)
    private static let textClosing = afterText + Array("}]}".utf8)
}
