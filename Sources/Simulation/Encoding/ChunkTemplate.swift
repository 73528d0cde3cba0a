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

    func chunk(choice: JSON) -> [UInt8] {
        var bytes = opening
        choice.write(into: &bytes)
        return closed(bytes)
    }

    func chunk(_ delta: JSON, index: Int) -> [UInt8] {
        chunk(
            choice: ["index": .integer(index), "delta": delta, "finish_reason": .null, "native_finish_reason": .null]
        )
    }

    /// The usual chunk, without building a value for each token.
    func textChunk(_ text: String, index: Int, logprobs: JSON?) -> [UInt8] {
        var bytes = opening
        bytes += Array("{\"index\":\(index),\"delta\":{\"content\":".utf8)
        JSON.write(string: text, into: &bytes)
        bytes += ",\"role\":\"assistant\"},\"finish_reason\":null,\"native_finish_reason\":null".utf8
        if let logprobs {
            bytes += ",\"logprobs\":".utf8
            logprobs.write(into: &bytes)
        }
        bytes.append(UInt8(ascii: "}"))
        return closed(bytes)
    }

    private func closed(_ bytes: [UInt8]) -> [UInt8] {
        bytes + [UInt8(ascii: "]"), UInt8(ascii: "}")]
    }
}
