import HTTPTypes
import NIOCore
import OpenRouterAPI
import ServerSentEvents
import Tapes

@testable import Fuzzing

/// A correct client of the chat API on a tape instead of a connection.
///
/// It says what the mutations claim: that the preserving ones keep the meaning and the breaking ones do not.
struct ReferenceClient {
    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    private var text: [UInt16] = []
    private var calls: [Int: (name: String, arguments: [UInt16])] = [:]
    private var isFinished = false

    static func answer(to tape: Tape) throws -> ExpectedAnswer {
        var client = ReferenceClient()
        return try client.read(tape)
    }

    private mutating func read(_ tape: Tape) throws -> ExpectedAnswer {
        guard let head = tape.head else { throw Failure(description: "no head") }
        guard head.status.code < 400 else { throw Failure(description: "status \(head.status.code)") }
        guard head.mediaType ?? "text/event-stream" == "text/event-stream" else {
            throw Failure(description: "not a stream")
        }
        var parser = EventStreamParser()
        var items: [EventStreamItem] = []
        for frame in tape.frames { try parser.parse(frame.bytes.readableBytesView, into: &items) }
        if let rest = parser.finish()?.event { items.append(.event(rest)) }
        for case .event(let event) in items {
            if event.data.trimmingBlanks().isEmpty { continue }
            if event.data.trimmingBlanks() == "[DONE]" {
                isFinished = true
                return try result()
            }
            try handle(event)
        }
        guard isFinished else { throw Failure(description: "cut") }
        return try result()
    }

    private mutating func handle(_ event: ServerSentEvent) throws {
        let chunk = try JSONDocument(parsing: Array(event.data.utf8)).root
        guard chunk.kind == .object else { throw Failure(description: "no object") }
        guard chunk["error"] == nil, event.type != "error" else { throw Failure(description: "error") }
        for choice in chunk["choices"]?.elements.map({ $0 }) ?? [] {
            if let content = choice["delta"]?["content"], !content.isNull {
                guard content.kind == .string else { throw Failure(description: "content is no text") }
                text += Self.units(content)
            }
            for fragment in choice["delta"]?["tool_calls"]?.elements.map({ $0 }) ?? [] {
                guard let index = fragment["index"].map({ $0.int }) ?? 0 else { throw Failure(description: "index") }
                var call = calls[index] ?? ("", [])
                if let name = fragment["function"]?["name"]?.string, !name.isEmpty { call.name = name }
                if let arguments = fragment["function"]?["arguments"], !arguments.isNull {
                    call.arguments += Self.units(arguments)
                }
                calls[index] = call
            }
            if let reason = choice["finish_reason"]?.string {
                guard reason != "error" else { throw Failure(description: "finish error") }
                isFinished = true
            }
        }
    }

    /// UTF-16, in which halves of pairs from two deltas meet.
    private static func units(_ value: JSONValue) -> [UInt16] {
        var units: [UInt16] = []
        var raw = Array(String(decoding: value.raw, as: UTF8.self).utf16.dropFirst().dropLast())[...]
        while let unit = raw.popFirst() {
            guard unit == UInt16(UInt8(ascii: "\\")), let kind = raw.popFirst() else {
                units.append(unit)
                continue
            }
            switch UInt8(truncatingIfNeeded: kind) {
            case UInt8(ascii: "u"):
                units.append(UInt16(String(decoding: raw.prefix(4), as: UTF16.self), radix: 16) ?? 0)
                raw.removeFirst(4)
            case UInt8(ascii: "b"): units.append(8)
            case UInt8(ascii: "t"): units.append(9)
            case UInt8(ascii: "n"): units.append(10)
            case UInt8(ascii: "f"): units.append(12)
            case UInt8(ascii: "r"): units.append(13)
            default: units.append(kind)
            }
        }
        return units
    }

    private func result() throws -> ExpectedAnswer {
        let calls = try calls.sorted { $0.key < $1.key }.map { _, call in
            let arguments = String(decoding: call.arguments, as: UTF16.self).trimmingBlanks()
            let shown = arguments.isEmpty ? "{}" : arguments
            _ = try JSONDocument(parsing: Array(shown.utf8))
            return ExpectedAnswer.ToolCall(name: call.name, arguments: shown)
        }
        return ExpectedAnswer(text: String(decoding: text, as: UTF16.self), toolCalls: calls)
    }
}
