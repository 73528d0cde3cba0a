import Foundation
import TestSupport
import Testing

@testable import SimulatorCommands

@Suite("Command line with its configuration")
struct ConfiguredCommandLineTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var file = ""
        var variables: [String: String] = [:]
        var given: [String]
        /// `{}` stands for the file's folder.
        var expected: [String]

        var testDescription: String { "\(file) \(variables) \(given)" }
    }

    @Test(
        "has what the flags leave open from variables, and what those leave from the file",
        arguments: [
            Row(file: "port: 1", given: ["serve"], expected: ["serve", "--port=1"]),
            Row(file: "port: 1", given: ["serve", "--port", "2"], expected: ["serve", "--port", "2"]),
            Row(file: "port: 1", given: ["serve", "--port=2"], expected: ["serve", "--port=2"]),
            Row(
                file: "port: 1",
                variables: ["OPENROUTER_SIM_PORT": "3"],
                given: ["serve"],
                expected: ["serve", "--port=3"]
            ),
            Row(variables: ["OPENROUTER_SIM_PORT": ""], given: ["serve"], expected: ["serve"]),
            Row(
                variables: ["OPENROUTER_SIM_PORT": "3", "OPENROUTER_SIM_SERVE_PORT": "4"],
                given: ["serve"],
                expected: ["serve", "--port=4"]
            ),
            Row(file: "port: 1\nserve: { port: 5 }", given: ["serve"], expected: ["serve", "--port=5"]),
            Row(file: "port: 1\nrecord: { port: 5 }", given: ["serve"], expected: ["serve", "--port=1"]),
            Row(file: "seed: 1", given: ["fuzz", "--", "x"], expected: ["fuzz", "--", "x"]),
            Row(
                file: "fuzz: { seed: 1 }",
                variables: ["OPENROUTER_SIM_FUZZ_CASES": "9"],
                given: ["fuzz", "--", "x", "--seed=2"],
                expected: ["fuzz", "--cases=9", "--seed=1", "--", "x", "--seed=2"]
            ),
            Row(
                file: "serve: { paths: [a, -b] }",
                given: ["serve", "--key", "k"],
                expected: ["serve", "{}a", "{}-b", "--key", "k"]
            ),
            Row(
                file: "serve: { paths: a }",
                given: ["serve", "--key", "k", "c"],
                expected: ["serve", "--key", "k", "c"]
            ),
            Row(
                file: "cassette: [a, b]",
                given: ["run", "--", "x"],
                expected: ["run", "--cassette={}a", "--cassette={}b", "--", "x"]
            ),
            Row(
                variables: ["OPENROUTER_SIM_CASSETTE": "a\nb"],
                given: ["replay"],
                expected: ["replay", "--cassette=a", "--cassette=b"]
            ),
            Row(
                variables: ["OPENROUTER_SIM_REDACT": #"["a,b", "c"]"#],
                given: ["serve"],
                expected: ["serve", "--redact=a,b", "--redact=c"]
            ),
            Row(
                variables: ["OPENROUTER_SIM_REDACT": "[ab]c"],
                given: ["serve"],
                expected: ["serve", "--redact=[ab]c"]
            ),
            Row(file: "parent-watch: true", given: ["serve"], expected: ["serve", "--parent-watch"]),
            Row(
                file: "parent-watch: true",
                variables: ["OPENROUTER_SIM_PARENT_WATCH": "0"],
                given: ["serve"],
                expected: ["serve"]
            ),
            Row(file: "http2: off", given: ["replay"], expected: ["replay", "--http2=off"]),
            Row(
                file: "http2: off",
                variables: ["OPENROUTER_SIM_HTTP2": "on"],
                given: ["serve"],
                expected: ["serve", "--http2=on"]
            ),
            Row(file: "port: 1", given: ["serve", "--help"], expected: ["serve", "--help"]),
            Row(file: "port: 1", given: ["scenario", "list"], expected: ["scenario", "list"]),
        ]
    )
    func merging(_ row: Row) throws {
        let folder = try TemporaryFolder()
        let path = folder.path("sim.yaml")
        try row.file.write(toFile: path, atomically: true, encoding: .utf8)
        var variables = row.variables
        variables["OPENROUTER_SIM_CONFIG"] = path
        let line = try ConfiguredCommandLine(row.given, environment: variables)
        #expect(line.arguments == row.expected.map { $0.replacing("{}", with: folder.url.path + "/") })
    }

    @Test("finds the file by its flag before the variable, and says when it is not there")
    func file() throws {
        let folder = try TemporaryFolder()
        try "port: 1".write(toFile: folder.path("a.yaml"), atomically: true, encoding: .utf8)
        let line = try ConfiguredCommandLine(
            ["serve", "--config", folder.path("a.yaml")],
            environment: ["OPENROUTER_SIM_CONFIG": "nowhere.yaml"]
        )
        #expect(line.arguments.last == "--port=1")
        #expect(
            throws: ConfigurationError(problems: [
                "nowhere.yaml: cannot be read. Expected a configuration file, see docs/configuration.md."
            ])
        ) {
            try ConfiguredCommandLine(["serve"], environment: ["OPENROUTER_SIM_CONFIG": "nowhere.yaml"])
        }
    }

    @Test(
        "refuses variables with values that are none",
        arguments: [
            ("OPENROUTER_SIM_PORT", "x", "'x' is not valid for 'port'. Port to listen on; 0 for any free one."),
            (
                "OPENROUTER_SIM_ON_MISS", "synthesise",
                "'synthesise' is not valid for 'on-miss'. Did you mean 'synthesize'? Valid: synthesize, fail, forward"
            ),
            ("OPENROUTER_SIM_PARENT_WATCH", "yes", "'yes' is not valid for 'parent-watch'. Valid: 1, true, 0, false"),
        ]
    )
    func badVariables(_ name: String, _ value: String, _ problem: String) {
        #expect(throws: ConfigurationError(problems: ["\(name): \(problem)"])) {
            try ConfiguredCommandLine(["serve", "--config", "/dev/null"], environment: [name: value])
        }
    }

    @Test("says where an option is set when the command finds fault with it")
    func places() throws {
        let line = try ConfiguredCommandLine(
            ["serve", "--config", "/dev/null"],
            environment: ["OPENROUTER_SIM_PORT": "99999"]
        )
        #expect(line.placed("The value of '--port' is bad") == "OPENROUTER_SIM_PORT: The value of '--port' is bad")
        #expect(line.placed("'--port-range' is bad") == "'--port-range' is bad")
        #expect(line.placed("'--host' is bad") == "'--host' is bad")
    }

    @Test("knows variables that set nothing")
    func unknown() {
        let options = EnvironmentOptions(["OPENROUTER_SIM_PROT": "1", "OPENROUTER_SIM_URL": "x", "HOME": "/"])
        let unknown = options.unknownNames(commands: CommandShape.root.subcommands)
        #expect(unknown.map(\.name) == ["OPENROUTER_SIM_PROT"])
        #expect(unknown.first?.nearest == "OPENROUTER_SIM_PORT")
    }
}
