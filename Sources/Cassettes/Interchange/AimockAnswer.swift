internal import HTTPTypes
internal import NIOCore
internal import OpenRouterAPI
internal import Tapes
internal import YAMLDocuments

/// What a fixture of aimock answers, as the chat API says it.
struct AimockAnswer {
    /// aimock's default, in characters.
    private static let defaultChunkSize = 20

    let fixture: YAMLNode
    let response: YAMLNode
    let model: String
    /// Tells generation ids apart.
    let number: Int

    func tape(isStreamed: Bool, created: Int) -> Tape {
        if let error = response["error"] { return failure(error) }
        let frames = isStreamed ? stream(created) : [Frame(bytes: ByteBuffer(bytes: completion(created).serialized()))]
        var tape = Tape(
            headGap: .milliseconds(integer(fixture["latency"]) ?? 0),
            head: ResponseHead(
                status: .ok,
                fields: isStreamed
                    ? [.contentType: "text/event-stream", .transferEncoding: "chunked"]
                    : [.contentType: "application/json", .transferEncoding: "chunked"]
            ),
            frames: frames,
            origin: .server
        )
        if isStreamed, let count = integer(fixture["truncateAfterChunks"]) {
            tape.frames = Array(tape.frames.prefix(max(0, count)))
            tape.ending = .reset
        }
        return tape
    }

    private func failure(_ error: YAMLNode) -> Tape {
        let status = integer(response["status"]) ?? 500
        let code = (100...999).contains(status) ? status : 500
        let body: JSON = ["error": ["code": .integer(code), "message": .string(error["message"]?.string ?? "")]]
        return Tape(
            head: ResponseHead(
                status: HTTPResponse.Status(code: code, reasonPhrase: HTTPResponse.Status.phrase(for: code)),
                fields: [.contentType: "application/json", .transferEncoding: "chunked"]
            ),
            frames: [Frame(bytes: ByteBuffer(bytes: body.serialized()))],
            origin: .server
        )
    }

    /// Texts and calls in the order in which they are said.
    private var blocks: [(text: String?, call: YAMLNode?)] {
        if let blocks = response["blocks"] {
            return blocks.elements.map { $0["type"]?.string == "toolCall" ? (nil, $0) : ($0["text"]?.string, nil) }
        }
        let text = response["content"].map { $0.string ?? String(decoding: $0.json.serialized(), as: UTF8.self) }
        return (text.map { [($0, nil)] } ?? []) + (response["toolCalls"]?.elements ?? []).map { (nil, $0) }
    }

    private func completion(_ created: Int) -> JSON {
        let texts = blocks.compactMap(\.text)
        var message: JSONObject = ["role": "assistant", "content": texts.isEmpty ? .null : .string(texts.joined())]
        if let reasoning = response["reasoning"]?.string { message.append("reasoning", .string(reasoning)) }
        let calls = blocks.compactMap(\.call).enumerated().map { call($0.element, index: $0.offset, isDelta: false) }
        if !calls.isEmpty { message.append("tool_calls", .array(calls)) }
        var object = envelope("chat.completion", created)
        object.append(
            "choices",
            [["index": 0, "message": .object(message), "finish_reason": .string(finishReason)]]
        )
        return .object(object)
    }

    private func stream(_ created: Int) -> [Frame] {
        var deltas: [JSON] = [["role": "assistant", "content": ""]]
        if let reasoning = response["reasoning"]?.string {
            deltas += pieces(of: reasoning).map { ["reasoning": .string($0)] }
        }
        var callCount = 0
        for block in blocks {
            deltas += pieces(of: block.text ?? "").map { ["content": .string($0)] }
            guard let node = block.call else { continue }
            deltas.append(["tool_calls": [call(node, index: callCount, isDelta: true)]])
            callCount += 1
        }
        var events = deltas.map { chunk($0, finishReason: .null, created) }
        events.append(chunk([:], finishReason: .string(finishReason), created))
        return events.map { Frame("data: \($0.text)\n\n") } + [Frame("data: [DONE]\n\n")]
    }

    private func chunk(_ delta: JSON, finishReason: JSON, _ created: Int) -> JSON {
        var object = envelope("chat.completion.chunk", created)
        object.append("choices", [["index": 0, "delta": delta, "finish_reason": finishReason]])
        return .object(object)
    }

    private func envelope(_ kind: String, _ created: Int) -> JSONObject {
        [
            "id": .string("gen-aimock-\(number)"), "object": .string(kind), "created": .integer(created),
            "model": .string(model),
        ]
    }

    private func call(_ node: YAMLNode, index: Int, isDelta: Bool) -> JSON {
        let arguments = node["arguments"]
        let text = arguments?.string ?? arguments.map { String(decoding: $0.json.serialized(), as: UTF8.self) } ?? "{}"
        var object: JSONObject = isDelta ? ["index": .integer(index)] : [:]
        object.append("id", .string(node["id"]?.string ?? "call_aimock_\(number)_\(index)"))
        object.append("type", "function")
        object.append("function", ["name": .string(node["name"]?.string ?? ""), "arguments": .string(text)])
        return .object(object)
    }

    private var finishReason: String {
        blocks.contains { $0.call != nil } ? "tool_calls" : "stop"
    }

    private func pieces(of text: String) -> [String] {
        let size = max(1, integer(fixture["chunkSize"]) ?? Self.defaultChunkSize)
        var pieces: [String] = []
        var rest = Substring(text)
        while !rest.isEmpty {
            pieces.append(String(rest.prefix(size)))
            rest = rest.dropFirst(size)
        }
        return pieces
    }

    private func integer(_ node: YAMLNode?) -> Int? {
        if case .integer(let number)? = node?.scalar?.value { number } else { nil }
    }
}
