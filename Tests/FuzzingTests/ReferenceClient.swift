import HTTPTypes
import NIOCore
import OpenRouterAPI
import ServerSentEvents
import Tapes
import Testing

@testable import Fuzzing

/// A correct client on a tape instead of a connection.
///
/// It says what the mutations claim: that the preserving ones keep the meaning and the breaking ones do not.
struct ReferenceClient {
    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    /// What correct clients do differently, each as it likes.
    struct Policy: Sendable, CustomTestStringConvertible {
        var testDescription: String
        /// Whether an unfinished block at the end of the body counts, as in many SDKs and not in the standard.
        var dispatchesUnfinishedBlock = true
        /// Whether it stops at the finish reason, and does not wait for the sentinel.
        var stopsAtFinish = false
        /// Whether a damaged end of the body is an error although the finish reason has come.
        var reportsLateDamage = false
        /// Whether it waits for the byte after a CR before it ends the line.
        var waitsAfterReturn = false
        /// Whether only `text/event-stream` will do; else everything that is no JSON and no page.
        var insistsOnMediaType = true
        /// Whether blanks around the sentinel are an error.
        var comparesSentinelExactly = false
        /// Whether ill-formed UTF-8 is an error.
        var reportsIllFormedBytes = false
        /// Whether the name of an event counts, and not only the member `error`.
        var readsEventNames = true
        /// Whether an answer that was cut by a limit or a filter is an error.
        var reportsCutAnswers = false
        /// Whether fragments without an index are told apart by their ids, and floats and texts are numbers.
        var guessesIndices = false
        /// Whether items of the responses API are read when they are done, and not by their deltas.
        var readsWholeItems = false

        static let all: [Policy] = [
            Policy(testDescription: "lenient", insistsOnMediaType: false, guessesIndices: true),
            Policy(
                testDescription: "strict",
                dispatchesUnfinishedBlock: false,
                reportsLateDamage: true,
                waitsAfterReturn: true,
                comparesSentinelExactly: true,
                reportsIllFormedBytes: true,
                readsEventNames: false,
                reportsCutAnswers: true,
                readsWholeItems: true
            ),
            Policy(testDescription: "hurried", dispatchesUnfinishedBlock: false, stopsAtFinish: true),
        ]
    }

    let policy: Policy
    private let api: InferenceAPI
    var text: [UInt16] = []
    var calls: [Int: (name: String, id: String?, arguments: [UInt16])] = [:]
    var isFinished = false
    var isStopped = false

    private init(api: InferenceAPI, policy: Policy) {
        self.api = api
        self.policy = policy
    }

    static func answer(to tape: Tape, api: InferenceAPI = .chat, _ policy: Policy = .all[0]) throws -> ExpectedAnswer {
        var client = ReferenceClient(api: api, policy: policy)
        return try client.read(tape)
    }

    private mutating func read(_ tape: Tape) throws -> ExpectedAnswer {
        guard let head = tape.head else { throw Failure(description: "no head") }
        guard head.status.code < 400 else { throw Failure(description: "status \(head.status.code)") }
        let allowed =
            policy.insistsOnMediaType ? ["text/event-stream"] : ["text/event-stream", "application/json", nil]
        guard allowed.contains(head.mediaType) else { throw Failure(description: "not a stream") }
        let body = tape.frames.flatMap { Array($0.bytes.readableBytesView) }
        if policy.reportsIllFormedBytes, String(validating: body, as: UTF8.self) == nil, tape.ending == .complete {
            throw Failure(description: "no UTF-8")
        }
        var parser = EventStreamParser()
        var held = false
        for (number, frame) in tape.frames.enumerated() where !isStopped {
            var bytes = Array(frame.bytes.readableBytesView)
            if held { bytes.insert(0x0D, at: 0) }
            held = policy.waitsAfterReturn && bytes.last == 0x0D && number < tape.frames.count
            if held { bytes.removeLast() }
            try handle(parser.parse(bytes[...]))
        }
        if isStopped { return try result() }
        guard tape.endsWell else {
            guard isFinished, !policy.reportsLateDamage, tape.ending != .stall else {
                throw Failure(description: "lost")
            }
            return try result()
        }
        if held { try handle(parser.parse([0x0D])) }
        if policy.dispatchesUnfinishedBlock, let rest = parser.finish()?.event { try handle([.event(rest)]) }
        guard isFinished else { throw Failure(description: "cut") }
        return try result()
    }

    private mutating func handle(_ items: [EventStreamItem]) throws {
        for case .event(let event) in items where !isStopped {
            if event.data.trimmingBlanks().isEmpty { continue }
            if policy.comparesSentinelExactly ? event.data == "[DONE]" : event.data.trimmingBlanks() == "[DONE]" {
                isFinished = true
                isStopped = true
            } else {
                let object = try JSONDocument(parsing: Array(event.data.utf8)).root
                guard object.kind == .object else { throw Failure(description: "no object") }
                switch api {
                case .chat: try handleChunk(object, named: event.type)
                case .responses: try handleResponsesEvent(object)
                case .messages: try handleMessagesEvent(object, named: event.type)
                }
                if policy.stopsAtFinish, isFinished { isStopped = true }
            }
        }
    }

    private mutating func handleChunk(_ chunk: JSONValue, named name: String) throws {
        guard chunk["error"] == nil, name != "error" || !policy.readsEventNames else {
            throw Failure(description: "error")
        }
        for choice in chunk["choices"]?.elements.map({ $0 }) ?? [] {
            if let content = choice["delta"]?["content"], !content.isNull {
                guard content.kind == .string else { throw Failure(description: "content is no text") }
                text += Self.units(content)
            }
            for fragment in choice["delta"]?["tool_calls"]?.elements.map({ $0 }) ?? [] {
                let id = fragment["id"]?.string.flatMap { $0.isEmpty ? nil : $0 }
                let index = try index(of: fragment, id)
                var call = calls[index] ?? ("", id, [])
                if let id, id != call.id { throw Failure(description: "two calls under one index") }
                if let name = fragment["function"]?["name"]?.string, !name.isEmpty { call.name = name }
                if let arguments = fragment["function"]?["arguments"], !arguments.isNull {
                    call.arguments += Self.units(arguments)
                }
                calls[index] = call
            }
            if let reason = choice["finish_reason"]?.string {
                guard reason != "error" else { throw Failure(description: "finish error") }
                guard !policy.reportsCutAnswers || ["stop", "tool_calls"].contains(reason) else {
                    throw Failure(description: "finish reason")
                }
                isFinished = true
            }
        }
    }

    private func index(of fragment: JSONValue, _ id: String?) throws -> Int {
        guard let index = fragment["index"] else {
            if let known = calls.first(where: { $0.value.id == id }) { return known.key }
            if id == nil, calls.count < 2 || policy.guessesIndices { return calls.keys.max() ?? 0 }
            guard calls.isEmpty || policy.guessesIndices else { throw Failure(description: "no index") }
            return calls.count
        }
        if let integer = index.int { return integer }
        guard policy.guessesIndices, let number = index.double ?? index.string.flatMap(Double.init) else {
            throw Failure(description: "index")
        }
        return Int(number)
    }

    /// UTF-16, in which halves of pairs from two deltas meet.
    static func units(_ value: JSONValue) -> [UInt16] {
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

extension Tape {
    /// Whether a client can tell that the whole body has come.
    fileprivate var endsWell: Bool {
        guard let head else { return false }
        switch ending {
        case .complete: return true
        case .close: return head.fields[.transferEncoding] == nil && head.fields[.contentLength] == nil
        case .reset, .stall: return false
        }
    }
}

extension ReferenceClient {
    /// Expects that clients of every habit do what the case's verdict says.
    static func confirm(_ fuzzCase: FuzzCase, sourceLocation: SourceLocation = #_sourceLocation) throws {
        guard let draft = fuzzCase.draft(timeout: .seconds(10)) else { return }
        var tape = draft.rendered(offersGzip: false).tape
        // What is below a message: a chunk size that is none comes where the third frame would.
        if fuzzCase.uses.contains(where: { $0.mutation == "bad-chunk" }) {
            let marker = draft.blocks.firstIndex { [.finish, .usage, .sentinel].contains($0.role) } ?? 0
            tape.frames = Array(tape.frames.prefix(min(2, marker)))
            tape.ending = .reset
        }
        for policy in Policy.all {
            let outcome = Result { try answer(to: tape, api: fuzzCase.api, policy) }
            let place: Comment = "\(fuzzCase.name) on \(fuzzCase.base.name): a \(policy.testDescription) client"
            switch (draft.verdict, outcome) {
            case (.fails, .success):
                Issue.record("\(place) takes it for an answer", sourceLocation: sourceLocation)
            case (.exact, .failure(let error)):
                Issue.record("\(place) reports \(error)", sourceLocation: sourceLocation)
            case (.exact, .success(let answer)), (.either, .success(let answer)):
                #expect(
                    answer.text.utf8.elementsEqual(draft.expected.text.utf8)
                        && answer.toolCalls == draft.expected.toolCalls,
                    place,
                    sourceLocation: sourceLocation
                )
            default: break
            }
        }
    }
}
