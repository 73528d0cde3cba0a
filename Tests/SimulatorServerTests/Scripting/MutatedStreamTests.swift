import HTTPTypes
import NIOCore
import OpenRouterAPI
import Scenarios
import Tapes
import Testing

@testable import Fuzzing
@testable import SimulatorServer

/// `/s/sse-NAME/api/v1`, and saved findings played as scenarios.
@Suite("Streams of the fuzzer by name")
struct MutatedStreamTests {
    /// Writes with their times, and the ending.
    private static func sent(_ altered: AlteredTape) -> [String] {
        let wire = altered.lowered(for: .usual)
        return wire.writes.map { "\($0.gap.text) \(String(buffer: $0.bytes).debugDescription)" } + ["\(wire.ending)"]
    }

    private static func path(_ scenario: String, _ api: InferenceAPI) -> String { "/s/\(scenario)/api/v1\(api.path)" }

    @Test("Every tape and mutation is played by its name on every API that has it", arguments: InferenceAPI.allCases)
    func names(_ api: InferenceAPI) async throws {
        let station = Station()
        let cases = FuzzCase.single(of: api)
        #expect(cases.count > 150)
        for fuzzCase in cases {
            let exchange = await station.ask(Self.path("sse-\(fuzzCase.pathName)", api), Station.chat(stream: true))
            let expected = try #require(fuzzCase.answer())
            #expect(Self.sent(exchange.altered) == Self.sent(expected), "\(fuzzCase.pathName)")
        }
    }

    @Test("Several mutations are joined by two dots, a tape comes before them, and a value can be left out")
    func several() async throws {
        let station = Station()
        let exchange = await station.ask(
            Self.path("sse-short..line-end-crlf..usage..comment", .chat),
            Station.chat(stream: true)
        )
        #expect(exchange.text.contains("Grü") && exchange.text.contains("\r\n\r\n:"))
        for fuzzCase in FuzzCase.combinations(30, of: .chat, hasTools: true, seed: 4) {
            #expect(FuzzCase(named: fuzzCase.pathName, api: .chat) == fuzzCase)
        }
    }

    static let wrongNames: [(String, InferenceAPI, String)] = [
        ("line-end-crfl", .chat, "The mutation 'line-end' has no value 'crfl'. Values: crlf, cr, mixed."),
        ("lin-end-crlf", .chat, "There is no mutation 'lin-end-crlf'. Did you mean 'sse-line-end-crlf'?"),
        ("comments", .chat, "There is no mutation 'comments'. Did you mean 'sse-comment"),
        ("xyzzy", .chat, "There is no mutation 'xyzzy'. 'openrouter-sim fuzz --list' lists them"),
        ("", .chat, "There is no mutation ''."),
        ("usage-no-choices", .messages, "'usage-no-choices' cannot be played on the messages API, but on chat."),
    ]

    @Test("A name that there is not gets the nearest ones", arguments: wrongNames)
    func wrongName(_ name: String, _ api: InferenceAPI, _ message: String) async throws {
        let exchange = await Station().ask(Self.path("sse-\(name)", api), Station.chat(stream: true))
        #expect(exchange.status == 404)
        let told = try exchange.json()["error"]?["message"]?.string ?? ""
        #expect(told.hasPrefix(message), "\(told)")
    }

    @Test("A client that offers gzip gets what is compressed")
    func compressed() async throws {
        let path = Self.path("sse-coding-event", .chat)
        let plain = await Station().ask(path, Station.chat(stream: true))
        let coded = await Station().ask(path, Station.chat(stream: true), fields: [.acceptEncoding: "gzip, br"])
        #expect(plain.altered.codingChanges.isEmpty)
        #expect(!coded.altered.codingChanges.isEmpty)
    }

    /// A finding as a run of the fuzzer makes it.
    private static func finding(_ fuzzCase: FuzzCase) throws -> Finding {
        let expectation = try #require(fuzzCase.expectation)
        return Finding(
            cause: expectation.cause,
            fuzzCase: fuzzCase,
            failing: .wrongOutput,
            expected: expectation.answer,
            verdict: "\(expectation.verdict)",
            observation: Observation(status: 0, output: []),
            diagram: "",
            tapeLines: [],
            file: nil,
            caseNames: [fuzzCase.name],
            extraRuns: 2,
            confirmations: (2, 2)
        )
    }

    @Test("A saved finding is the same case again, and played as a scenario it sends the same bytes")
    func saved() async throws {
        for fuzzCase in FuzzCase.single(of: .chat) + FuzzCase.combinations(60, of: .chat, hasTools: true, seed: 1) {
            let yaml = SavedFinding.yaml(try Self.finding(fuzzCase))
            #expect(SavedFinding.fuzzCase(in: yaml) == fuzzCase)
            let scenario: Scenario
            do {
                scenario = try Scenario(reading: Array(yaml.utf8), file: "finding.yaml")
            } catch {
                Issue.record("\(fuzzCase.pathName): \(error)")
                continue
            }
            let station = Station()
            station.library.replaceFiles([scenario])
            let expected = try #require(fuzzCase.answer())
            for path in [Self.path(scenario.name, .chat), "/api/v1/chat/completions"] {
                let exchange = await station.ask(path, Station.chat(stream: true))
                #expect(Self.sent(exchange.altered) == Self.sent(expected), "\(fuzzCase.pathName)")
            }
        }
    }
}
