import Testing

@testable import SimulatorCommands

@Suite("Configuration file")
struct ConfigurationFileTests {
    struct Mistake: Sendable, CustomTestStringConvertible {
        var text: String
        var problem: String

        var testDescription: String { problem }
    }

    private static func read(_ text: String, path: String = "sim.yaml") throws(ConfigurationError) -> ConfigurationFile
    {
        try ConfigurationFile(parsing: Array(text.utf8), path: path, root: .root)
    }

    @Test(
        "says of each mistake where it is and which word was meant",
        arguments: [
            Mistake(text: "prot: 1", problem: "sim.yaml:1:1: unknown key 'prot'. Did you mean 'port'?"),
            Mistake(text: "server: {}", problem: "sim.yaml:1:1: unknown key 'server'. Did you mean 'serve'?"),
            Mistake(
                text: "serve:\n  scenari: ok",
                problem: "sim.yaml:2:3: unknown key 'scenari' of 'serve'. Did you mean 'scenario'?"
            ),
            Mistake(
                text: "on-miss: synthesise",
                problem: "sim.yaml:1:10: 'synthesise' is not valid for 'on-miss'. "
                    + "Did you mean 'synthesize'? Valid: synthesize, fail, forward"
            ),
            Mistake(
                text: "timing: fast",
                problem: "sim.yaml:1:9: 'fast' is not valid for 'timing'. "
                    + "How gaps are played: instant, recorded, 2x, max:200ms."
            ),
            Mistake(
                text: "port: http",
                problem: "sim.yaml:1:7: 'http' is not valid for 'port'. Port to listen on; 0 for any free one."
            ),
            Mistake(
                text: "http2: false",
                problem: "sim.yaml:1:8: 'false' is not valid for 'http2'. Valid: on, off"
            ),
            Mistake(
                text: "parent-watch: 1",
                problem: "sim.yaml:1:15: 'parent-watch' takes true or false, found '1'"
            ),
            Mistake(
                text: "record:\n  cassette: [a, b]",
                problem: "sim.yaml:2:13: 'cassette' takes one value, found a sequence"
            ),
            Mistake(text: "host: {}", problem: "sim.yaml:1:7: 'host' takes a value, found a mapping"),
            Mistake(text: "host:", problem: "sim.yaml:1:6: 'host' takes a value, found null"),
            Mistake(
                text: "key: [[a]]",
                problem: "sim.yaml:1:7: 'key' takes a value or a sequence of values, found a sequence"
            ),
            Mistake(
                text: "serve: [1]",
                problem: "sim.yaml:1:8: expected options under their names, such as 'port: 6464', found a sequence"
            ),
            Mistake(text: "config: other.yaml", problem: "sim.yaml:1:1: unknown key 'config'. "),
            Mistake(text: "port: 1\nport: 2", problem: "sim.yaml:1:1: the key 'port' occurs again"),
        ]
    )
    func mistakes(_ mistake: Mistake) throws {
        let error = try #require(throws: ConfigurationError.self) { try Self.read(mistake.text) }
        #expect(error.problems.count == 1)
        #expect(error.description.hasPrefix(mistake.problem), "\(error)")
    }

    @Test("tells all mistakes at once")
    func all() throws {
        let error = try #require(throws: ConfigurationError.self) {
            try Self.read("prot: 1\nserve: { timing: fast }\nfuzz: { cases: many }")
        }
        #expect(error.problems.map { String($0.prefix(14)) } == ["sim.yaml:1:1: ", "sim.yaml:2:18:", "sim.yaml:3:16:"])
    }

    @Test("may be empty, and may be JSON")
    func forms() throws {
        #expect(try Self.read("").common.isEmpty)
        #expect(try Self.read("# nothing\n").common.isEmpty)
        let file = try Self.read(#"{"port": 7000, "serve": {"paths": ["a", "b"]}}"#, path: "sim.json")
        #expect(file.common.map(\.name) == ["port"])
        #expect(file.sections[["serve"]]?.first?.values.map(\.text) == ["a", "b"])
    }

    @Test("has relative paths start at its folder, and nothing else")
    func paths() throws {
        let text = """
            host: localhost
            state: state.db
            redact: a/b
            tls-cert: /etc/cert.pem
            scenario: ok
            serve: { paths: [scenarios, ../cassettes/], scenario: mine.yaml }
            """
        let file = try Self.read(text, path: "deploy/sim.yaml")
        let values = Dictionary(uniqueKeysWithValues: file.common.map { ($0.name, $0.values[0].text) })
        #expect(
            values == [
                "host": "localhost", "state": "deploy/state.db", "redact": "a/b", "tls-cert": "/etc/cert.pem",
                "scenario": "ok",
            ]
        )
        let serve = try #require(file.sections[["serve"]])
        #expect(
            serve.flatMap(\.values).map(\.text) == ["deploy/scenarios", "deploy/../cassettes/", "deploy/mine.yaml"]
        )
    }
}
