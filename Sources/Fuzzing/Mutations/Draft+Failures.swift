internal import OpenRouterAPI
internal import Tapes

extension Draft {
    /// Ends the answer with an error after its first half.
    mutating func fail(_ value: String) -> Bool {
        let place = value == "first" ? (carriers.first ?? start) : middle
        guard let failure = failure(value, number: place) else { return false }
        let sentinel = indices(.sentinel).first.map { blocks[$0] }
        blocks.removeSubrange(place...)
        blocks.append(failure)
        // A sentinel after nothing but the finish reason `error` would say that the answer is complete.
        let endsThere = ["no-sentinel", "finish-only", "event", "event-flat"].contains(value) || api == .messages
        if !endsThere, let sentinel { blocks.append(sentinel) }
        verdict = .fails
        return true
    }

    /// Nil for a value that the API has not.
    private func failure(_ value: String, number: Int) -> Block? {
        let isEverywhere = ["number-code", "first", "tool"].contains(value)
        switch api {
        case .chat: return Self.chatFailure(value)
        case .responses:
            guard isEverywhere || value == "string-code" || value == "no-sentinel" else { return nil }
            let code: JSON = value == "number-code" ? 502 : "server_error"
            return ResponsesSkin.failure(["code": code, "message": "Upstream closed"], number: number)
        case .messages:
            return isEverywhere ? MessagesSkin.event(.failure, "error", ["error": Self.overload]) : nil
        }
    }

    private static let overload: JSON = ["type": "overloaded_error", "message": "Acme has no free capacity"]

    /// Ends the answer with an error event of another shape (reference: inference, section 4.9).
    mutating func failByEvent(_ value: String) -> Bool {
        let error: JSON = ["code": "server_error", "message": "Upstream closed"]
        var failure: Block
        switch (api, value) {
        case (.responses, "flat"):
            failure = Block(
                .failure,
                .json(["type": "error", "code": "server_error", "message": "Upstream closed", "param": .null])
            )
        case (.responses, "nested"): failure = Block(.failure, .json(["type": "error", "error": error]))
        case (.responses, "response-error"):
            failure = Block(.failure, .json(["type": "response.error", "error": error]))
        case (.messages, "flat"):
            failure = MessagesSkin.event(.failure, "error", ["message": "Acme has no free capacity"])
        case (.messages, "unnamed"):
            failure = MessagesSkin.event(.failure, "error", ["error": Self.overload])
            failure.event = nil
        default: return false
        }
        let place = middle
        if api == .responses { failure.edit { $0.append("sequence_number", .integer(place)) } }
        blocks.removeSubrange(place...)
        blocks.append(failure)
        verdict = .fails
        return true
    }

    /// Nil for a value that the chat API has not.
    private static func chatFailure(_ value: String) -> Block? {
        let metadata: JSON = ["error_type": "provider_unavailable", "provider_code": "upstream_reset"]
        let error: JSON = ["code": 502, "message": "Provider disconnected", "metadata": metadata]
        switch value {
        case "event":
            return Block(.failure, .json(["error": ["code": 502, "message": "Provider disconnected"]]), event: "error")
        case "event-flat":
            return Block(.failure, .json(["code": "server_error", "message": "Provider disconnected"]), event: "error")
        default: break
        }
        var chunk = ChatSkin.finish("error")
        chunk.role = .failure
        chunk.edit { object in
            let choices = object["choices"]
            object["choices"] = nil
            switch value {
            case "finish-only": break
            case "string-code": object.append("error", ["code": "server_error", "message": "Provider disconnected"])
            case "text": object.append("error", "Provider disconnected")
            default: object.append("error", error)
            }
            switch value {
            case "no-choices": break
            case "empty-choices": object.append("choices", [])
            default: object.append("choices", choices)
            }
            if value == "usage" { object.append("usage", ChatSkin.usageCounts) }
        }
        if value == "usage" { chunk.editChoices { $0["finish_reason"] = .null } }
        return chunk
    }

    /// OpenRouter's error body.
    func envelope(_ status: Int) -> [UInt8] {
        guard api != .messages else {
            let error: JSON = ["type": "api_error", "message": "Provider returned error"]
            return JSON.object(["type": "error", "error": error, "request_id": .null]).serialized()
        }
        let error: JSON = ["message": "Provider returned error", "code": .integer(status)]
        return JSON.object(["error": error, "user_id": "user_3abcDEF"]).serialized()
    }

    mutating func replace(status: Int, type: String, body: [UInt8]) {
        replacement = Replacement(status: status, fields: [("Content-Type", type)], body: body)
        expected = ExpectedAnswer(text: "")
        verdict = .fails
    }

    private static let page = Array(
        "<!DOCTYPE html>\n<html><head><title>502 Bad Gateway</title></head>\n<body><h1>502</h1></body></html>\n".utf8
    )

    mutating func refuse(_ value: String) {
        switch value {
        case "html-502": replace(status: 502, type: "text/html", body: Self.page)
        case "plain-500": replace(status: 500, type: "text/plain", body: Array("Internal Server Error".utf8))
        case "empty-503": replace(status: 503, type: "application/json", body: [])
        case "stream-type-500": replace(status: 500, type: "text/event-stream", body: envelope(500))
        case "array-400": replace(status: 400, type: "application/json", body: Array("[]".utf8))
        case "bad-utf8-502": replace(status: 502, type: "text/plain", body: [0xFF, 0xFE, 0x00, 0x80, 0xC3])
        case "cut-500":
            replace(status: 500, type: "application/json", body: envelope(500))
            replacement?.excess = 100
        default:
            head.status = value == "stream-500" ? 500 : 429
            head.reason = "Error"
            verdict = .fails
        }
    }

    mutating func acceptWithoutStream(_ value: String) -> Bool {
        switch value {
        case "json": replace(status: 200, type: "application/json", body: envelope(502))
        case "html": replace(status: 200, type: "text/html", body: Self.page)
        case "empty": replace(status: 200, type: "text/event-stream", body: [])
        case "empty-json": replace(status: 200, type: "application/json", body: [])
        case "json-as-stream": replace(status: 200, type: "text/event-stream", body: envelope(502))
        case "comments":
            blocks = Array(repeating: .keepAlive, count: 3)
            expected = ExpectedAnswer(text: "")
            verdict = .fails
        default: return false
        }
        return true
    }

    /// Puts an event that no client can read between others, which go on to the sentinel.
    mutating func breakJSON(_ value: String) -> Bool {
        let text: String
        switch value {
        case "text": text = "Internal error"
        case "array": text = "[]"
        case "null": text = "null"
        case "string": text = "\"overloaded\""
        case "number": text = "502"
        case "html": text = "<html><body>502 Bad Gateway</body></html>"
        default:
            let place = value == "first" ? carriers.first : carriers.dropFirst(carriers.count / 2).first
            guard let place, case .json(let json)? = blocks[place].payload else { return false }
            let bytes = spelling.bytes(json)
            blocks[place].payload = .raw(Array(bytes[..<(bytes.count * 2 / 3)]))
            verdict = .fails
            return true
        }
        var block = Block(.failure, .text(text))
        if api == .messages { block.event = "content_block_delta" }
        blocks.insert(block, at: middle)
        verdict = .fails
        return true
    }
}
