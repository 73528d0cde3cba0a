internal import Faults
internal import HTTPTypes
internal import NIOCore
internal import Tapes
internal import Testing

extension FaultValue: ExpressibleByIntegerLiteral, ExpressibleByStringLiteral, ExpressibleByBooleanLiteral {
    package init(integerLiteral value: Int) { self = .integer(value) }
    package init(stringLiteral value: String) { self = .text(value) }
    package init(booleanLiteral value: Bool) { self = .bool(value) }

    static func milliseconds(_ count: Int) -> FaultValue { .duration(.milliseconds(count)) }
}

extension FaultTable {
    /// A fault by the words of a scenario file.
    static func make(_ name: String, _ arguments: [String: FaultValue] = [:]) throws -> any Fault {
        try #require(fault(named: name)).init(FaultArguments(arguments))
    }
}

extension Tape {
    static let tick = Duration.milliseconds(10)

    /// An event stream from a diagram.
    static func stream(_ diagram: String) throws -> Tape {
        try make(diagram, type: "text/event-stream")
    }

    static func make(_ diagram: String, type: String) throws -> Tape {
        var tape = try Tape(diagram: diagram, tick: tick)
        tape.head?.fields[.contentType] = type
        return tape
    }

    /// With faults, in the words of a scenario file.
    func altered(_ faults: [(String, [String: FaultValue])], seed: UInt64 = 1) throws -> AlteredTape {
        var generator = SeededGenerator(seed: seed)
        var answer = AlteredTape(self)
        try faults.map { try FaultTable.make($0.0, $0.1) }.alter(&answer, using: &generator)
        return answer
    }

    func altered(_ name: String, _ arguments: [String: FaultValue] = [:], seed: UInt64 = 1) throws -> AlteredTape {
        try altered([(name, arguments)], seed: seed)
    }

    /// With one fault, as a diagram.
    func diagram(_ name: String, _ arguments: [String: FaultValue] = [:], seed: UInt64 = 1) throws -> String {
        try altered(name, arguments, seed: seed).tape.diagram(tick: Self.tick)
    }
}

extension AlteredTape {
    /// The lowered bytes for the usual exchange.
    var wireText: String {
        String(decoding: wireBytes, as: UTF8.self)
    }

    var wireBytes: [UInt8] {
        lowered(for: .usual).writes.flatMap { Array($0.bytes.readableBytesView) }
    }
}
