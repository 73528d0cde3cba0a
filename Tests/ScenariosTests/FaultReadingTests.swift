internal import Faults
internal import OpenRouterAPI
internal import Scenarios
internal import Tapes
internal import Testing
internal import YAMLDocuments

@Suite("Faults in scenario files")
struct FaultReadingTests {
    private func arguments(_ yaml: String) throws -> [FaultArguments] {
        try Scenario.make("  - faults: \(yaml)").rules[0].faults.map(\.arguments)
    }

    private static func text(_ value: FaultValue) -> String {
        switch value {
        case .duration(let duration): "\(duration.microseconds)us"
        case .integer(let integer): "\(integer)"
        case .bool(let bool): "\(bool)"
        case .text(let text): JSON.string(text).text
        }
    }

    /// A time has parts that a file cannot tell.
    private static func isWritable(_ value: FaultValue) -> Bool {
        if case .duration(let duration) = value { duration == .nanoseconds(duration.microseconds * 1000) } else { true }
    }

    @Test(
        "Each fault can be written by its bare name, and with each value of each parameter",
        arguments: FaultTable.all.map { $0.name }
    )
    func everyFault(name: String) throws {
        let type = try #require(FaultTable.fault(named: name))
        if !type.parameters.contains(where: \.isRequired) {
            #expect(try arguments(name) == [FaultArguments()])
            #expect(try arguments("[ { \(name): } ]") == [FaultArguments()])
            // As the control API lists a fault without arguments.
            #expect(try arguments("[ { \(name): {} } ]") == [FaultArguments()])
        }
        for parameter in type.parameters {
            for value in parameter.boundaryValues where Self.isWritable(value) {
                let expected = try type.init(FaultArguments([parameter.name: value])).arguments
                #expect(try arguments("[ { \(name): { \(parameter.name): \(Self.text(value)) } } ]") == [expected])
                guard parameter.isShorthand else { continue }
                #expect(try arguments("[ { \(name): \(Self.text(value)) } ]") == [expected])
            }
        }
    }

    @Test("Faults keep their order, and bytes have units")
    func order() throws {
        let rule = try Scenario.make("  - faults: [ refuse, { limit_data: 2KiB }, { latency: 250ms } ]").rules[0]
        #expect(rule.faults.map { type(of: $0).name } == ["refuse", "limit_data", "latency"])
        #expect(rule.faults[1].arguments.values.values.contains(.integer(2048)))
    }

    @Test(
        "What is wrong with a fault is told at its place",
        arguments: [
            (
                "[ { cut: { event: 1, byte: 2 } } ]",
                "test.yaml:3:40: 'event' and 'byte' both say where to cut; leave one out"
            ),
            (
                "[ { latency: soon } ]",
                "test.yaml:3:26: 'soon' is no duration; expected numbers with us, ms, s, m, h or d, such as 250ms or 1h30m"
            ),
            (
                "[ { done: mising } ]",
                "test.yaml:3:23: unknown word 'mising'. Did you mean 'missing'? Valid: missing, twice, padded, data_after, linger"
            ),
            (
                "[ { latency: { dely: 1s } } ]",
                "test.yaml:3:28: unknown key 'dely' in what is said about latency. Did you mean 'delay'? Valid: delay"
            ),
        ]
    )
    func wrong(faults: String, expected: String) {
        let file = "name: test\nrules:\n  - faults: \(faults)\n"
        #expect(ScenarioReader.read(Array(file.utf8), file: "test.yaml").errors.map(\.description) == [expected])
    }

    @Test("A misspelled fault leads to the one that was meant, bare or not")
    func misspelled() {
        for faults in ["slcer", "{ slcer: utf8 }"] {
            let file = "name: test\nrules:\n  - faults: [ \(faults) ]\n"
            let errors = ScenarioReader.read(Array(file.utf8), file: "test.yaml").errors
            #expect(errors.count == 1)
            #expect(errors[0].message.hasPrefix("unknown fault 'slcer'. Did you mean 'slicer'? Valid: latency, "))
        }
    }
}
