internal import Faults
internal import HTTPTypes
internal import NIOCore
internal import OpenRouterAPI
internal import ServerSentEvents
internal import Tapes
internal import Testing

/// Faults after which a correct client shows exactly the same.
@Suite("Faults that keep the meaning")
struct KeepingFaultTests {
    static let names = [
        "line_endings", "bom", "slicer", "comments", "multi_line_data", "field_spacing", "unknown_fields",
        "unknown_members", "blank_lines", "framing", "chunk_syntax", "jitter", "latency", "bandwidth", "empty_data",
        "pause", "early_response",
    ]

    /// What keeps the meaning only with some values.
    private static func keeps(_ name: String, _ parameter: String, _ value: FaultValue) -> Bool {
        !(name == "bom" && parameter == "where" && value == "later")
            && !(name == "early_response" && parameter == "status")
    }

    /// Each with its defaults and with each boundary value.
    private static func faults(_ name: String) throws -> [any Fault] {
        let type = try #require(FaultTable.fault(named: name))
        var faults = [try type.init(FaultArguments())]
        for parameter in type.parameters {
            for value in parameter.boundaryValues where keeps(name, parameter.name, value) {
                faults.append(try type.init(FaultArguments([parameter.name: value])))
            }
        }
        return faults
    }

    @Test("A keeping fault leaves the events of any stream as they are", arguments: names)
    func single(name: String) throws {
        for fault in try Self.faults(name) {
            for seed in 1...6 {
                var generator = SeededGenerator(seed: UInt64(seed))
                let tape = RandomTape.stream(using: &generator)
                try Self.expectSameMeaning([fault], tape, using: &generator)
            }
        }
    }

    @Test("Keeping faults can be combined in any order", arguments: 1...60)
    func combined(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let tape = RandomTape.stream(using: &generator)
        let faults = try (0..<generator.integer(in: 2...6)).map { _ in
            // The largest counts are for single faults; three of them together are megabytes.
            let name = generator.choice(of: Self.names) ?? ""
            let choices = try Self.faults(name).filter { fault in
                fault.arguments.values.values.allSatisfy {
                    if case .integer(let number) = $0 { number < 1_000 } else { true }
                }
            }
            return choices[generator.below(choices.count)]
        }
        try Self.expectSameMeaning(faults, tape, using: &generator)
    }

    private static func expectSameMeaning(
        _ faults: [any Fault],
        _ tape: Tape,
        using generator: inout SeededGenerator
    ) throws {
        let words = faults.map { "\(type(of: $0).name) \($0.arguments.values)" }.joined(separator: ", ")
        var answer = AlteredTape(tape)
        faults.alter(&answer, using: &generator)
        let expected = try meaning(of: Array(tape.body.readableBytesView))
        let body = Array(answer.tape.body.readableBytesView)
        #expect(try meaning(of: body) == expected, "\(words)")
        let message = try #require(HTTPMessage(answer.wireBytes), "\(words)")
        #expect(message.body == body, "\(words)")
        #expect(message.isComplete, "\(words)")
        if body.count < 4_096 {
            #expect(try meaning(of: body, pieces: body.map { [$0] }) == expected, "\(words), byte by byte")
        }
        if body.count < 400 {
            for split in 0...body.count {
                let pieces = [Array(body[..<split]), Array(body[split...])]
                #expect(try meaning(of: body, pieces: pieces) == expected, "\(words), split at \(split)")
            }
        }
    }

    private struct Meaning: Hashable {
        var type: String
        var data: String
    }

    /// The events that carry something, their JSON written one way and without members that no client knows.
    private static func meaning(of body: [UInt8], pieces: [[UInt8]]? = nil) throws -> [Meaning] {
        var parser = EventStreamParser()
        var items: [EventStreamItem] = []
        for piece in pieces ?? [body] { try parser.parse(piece, into: &items) }
        #expect(parser.finish() == nil)
        return items.compactMap { item in
            guard case .event(let event) = item, !event.data.isEmpty else { return nil }
            return Meaning(type: event.type, data: canonical(event.data))
        }
    }

    private static func canonical(_ data: String) -> String {
        guard let document = try? JSONDocument(parsing: data.utf8) else { return data }
        return String(decoding: JSON(document.root).withoutUnknownMembers.serialized(), as: UTF8.self)
    }
}

extension JSON {
    fileprivate var withoutUnknownMembers: JSON {
        switch self {
        case .object(let object):
            .object(
                JSONObject(
                    object.members.filter { $0.key != "x_unknown" }.map { ($0.key, $0.value.withoutUnknownMembers) }
                )
            )
        case .array(let elements): .array(elements.map(\.withoutUnknownMembers))
        default: self
        }
    }
}
