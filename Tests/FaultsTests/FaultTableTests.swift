internal import Faults
internal import HTTPTypes
internal import NIOCore
internal import Tapes
internal import Testing

@Suite("Fault table")
struct FaultTableTests {
    private static let names = FaultTable.all.map { $0.name }

    @Test("Names are unique, in snake case, and found")
    func uniqueNames() {
        #expect(Set(Self.names).count == Self.names.count)
        let isPlain: (String) -> Bool = { name in
            name.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "_" }
        }
        #expect(Self.names.allSatisfy(isPlain))
        for type in FaultTable.all {
            #expect(FaultTable.fault(named: type.name) == type)
            let parameters = type.parameters.map(\.name)
            #expect(Set(parameters).count == parameters.count, "\(type.name)")
            #expect(parameters.allSatisfy(isPlain), "\(type.name)")
            #expect(type.parameters.count { $0.isShorthand } <= 1, "\(type.name)")
        }
        #expect(FaultTable.fault(named: "no_such") == nil)
    }

    @Test("Documentation is sentences, each with its full stop")
    func sentences() {
        for type in FaultTable.all {
            #expect(type.summary.hasSuffix("."))
            for parameter in type.parameters {
                #expect(parameter.summary.hasSuffix("."), "\(type.name) \(parameter.name)")
            }
        }
    }

    @Test("Each default is of its parameter's kind, and is not noted", arguments: names)
    func defaults(name: String) throws {
        let type = try #require(FaultTable.fault(named: name))
        var defaults = FaultArguments()
        for parameter in type.parameters {
            guard let value = parameter.defaultValue else { continue }
            #expect(parameter.accepts(value), "\(parameter.name)")
            if parameter.name != "which" || !type.parameters.contains(where: { $0.name == "index" }) {
                defaults[parameter.name] = value
            }
        }
        #expect(try type.init(defaults).arguments == FaultArguments())
        #expect(try type.init(FaultArguments()).arguments == FaultArguments())
    }

    @Test("Each boundary value makes a fault that is the same when made from its arguments again", arguments: names)
    func roundTrip(name: String) throws {
        let type = try #require(FaultTable.fault(named: name))
        for parameter in type.parameters {
            for value in parameter.boundaryValues {
                #expect(parameter.accepts(value), "\(parameter.name) \(value)")
                let fault = try type.init(FaultArguments([parameter.name: value]))
                let again = try type.init(fault.arguments)
                #expect(again.arguments == fault.arguments)
                #expect(fault.arguments[parameter.name] == (value == parameter.defaultValue ? nil : value))
                for tape in try Self.tapes() {
                    #expect(Self.outcome(of: fault, on: tape) == Self.outcome(of: again, on: tape))
                }
            }
        }
    }

    @Test("Each word of a choice does something else to some answer", arguments: names)
    func wordsCount(name: String) throws {
        let type = try #require(FaultTable.fault(named: name))
        for parameter in type.parameters {
            guard case .choice(let words) = parameter.kind else { continue }
            var arguments = Self.tellingArguments[name] ?? [:]
            let outcomes = try words.map { word in
                arguments[parameter.name] = .text(word)
                return try Self.tapes().map { Self.outcome(of: try type.init(FaultArguments(arguments)), on: $0) }
            }
            // A random place is one of the others in so short a stream.
            let isPlace = parameter.name == "which"
            #expect(Set(outcomes).count >= words.count - (isPlace ? 1 : 0), "\(parameter.name)")
        }
    }

    /// With which the words differ on answers as small as these.
    private static let tellingArguments: [String: [String: FaultValue]] = [
        "limit_data": ["bytes": 5], "slicer": ["size": 3], "reorder_events": ["count": 3],
        "header": ["name": "content-type"],
    ]

    @Test("A fault leaves other answers as they are", arguments: names)
    func otherAnswers(name: String) throws {
        let silence = try Tape(diagram: "-~", tick: Tape.tick)
        let page = try Tape.make("200 '<p>data: {}</p>'|", type: "text/html")
        let isAboutEvents = name.contains("event") || Self.eventFaults.contains(name)
        let isAboutJSON = Self.jsonFaults.contains(name)
        if isAboutEvents || isAboutJSON {
            for tape in [silence, page] {
                let answer = try tape.altered(name)
                #expect(answer.tape == tape)
                #expect(answer.wireText == AlteredTape(tape).wireText)
            }
        }
        if isAboutEvents {
            let tape = try Tape.make(#"200 '{"data":1}'|"#, type: "application/json")
            #expect(try tape.altered(name).tape == tape)
        }
        if !isAboutEvents, !isAboutJSON, !["latency", "jitter"].contains(name) {
            // What is about messages is nothing to an answer without any.
            let answer = try silence.altered(name)
            let changesSilence = ["empty_response", "refuse", "reset_peer", "timeout"].contains(name)
            #expect((answer.tape == silence) == !changesSilence)
        }
    }

    private static let eventFaults: Set<String> = [
        "done", "line_endings", "bom", "comments", "field_spacing", "multi_line_data", "unknown_fields", "blank_lines",
        "empty_data",
    ]
    private static let jsonFaults: Set<String> = ["unknown_members", "malformed_json", "bad_utf8"]

    @Test("No fault traps on any tape, with any boundary value, and gives the same again", arguments: names)
    func totality(name: String) throws {
        let type = try #require(FaultTable.fault(named: name))
        var generator = SeededGenerator(seed: 7)
        for parameter in [nil] + type.parameters.map(Optional.some) {
            for value in parameter?.boundaryValues ?? [.integer(0)] {
                let fault = try type.init(FaultArguments(parameter.map { [$0.name: value] } ?? [:]))
                for _ in 0..<12 {
                    let tape = RandomTape.hostile(using: &generator)
                    #expect(Self.outcome(of: fault, on: tape) == Self.outcome(of: fault, on: tape))
                }
            }
        }
    }

    @Test("Faults of any kind can follow each other on any tape", arguments: 1...60)
    func anyOrder(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let faults = try (0..<8).compactMap { _ -> (any Fault)? in
            guard let type = generator.choice(of: FaultTable.all) else { return nil }
            guard let parameter = generator.choice(of: type.parameters) else { return try type.init(FaultArguments()) }
            // The largest counts one after the other are gigabytes.
            let values = parameter.boundaryValues.filter {
                if case .integer(let number) = $0 { number < 1_000 } else { true }
            }
            let value = generator.choice(of: values)
            return try type.init(FaultArguments(value.map { [parameter.name: $0] } ?? [:]))
        }
        let tape = RandomTape.hostile(using: &generator)
        var (first, second) = (AlteredTape(tape), AlteredTape(tape))
        var copy = generator
        faults.alter(&first, using: &generator)
        faults.alter(&second, using: &copy)
        #expect(first.tape == second.tape)
        #expect(first.wireBytes == second.wireBytes)
        #expect(first.tape.frames.allSatisfy { $0.gap >= .zero } && first.tape.endingGap >= .zero)
        let names = faults.map { type(of: $0).name }
        #expect(first.tape.origin.faults.allSatisfy(names.contains))
    }

    private static func tapes() throws -> [Tape] {
        [
            try .stream(
                #"-200 'data: {"content":"é"}\n\n'--'data: {"n":{"m":[{}]},"text":"b"}\n\ndata: {"text":"c"}\n\n'-'data: [DONE]\n\n'|"#
            ),
            try .make(#"200 '{"content":"h'-'i","a":{"b":{}}}'|"#, type: "application/json"),
        ]
    }

    /// What a client gets, in all its parts.
    private struct Outcome: Hashable {
        var tape: Tape
        var bytes: [ByteBuffer]
        var gaps: [Duration]
    }

    private static func outcome(of fault: any Fault, on tape: Tape) -> Outcome {
        var answer = AlteredTape(tape)
        var generator = SeededGenerator(seed: 3)
        fault.alter(&answer, using: &generator)
        let wire = answer.lowered(for: .usual)
        return Outcome(tape: answer.tape, bytes: wire.writes.map(\.bytes), gaps: wire.writes.map(\.gap))
    }
}
