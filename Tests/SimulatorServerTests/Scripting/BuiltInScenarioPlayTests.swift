import HTTPTypes
import NIOCore
import OpenRouterAPI
import Scenarios
import Tapes
import TestSupport
import Testing

@testable import SimulatorServer

/// What each built-in scenario puts on the wire, on each API that has it, streamed and not.
@Suite("Built-in scenarios")
struct BuiltInScenarioPlayTests {
    private static let skins: [(name: String, path: String, body: String)] = [
        ("chat", "chat/completions", #""messages":[{"role":"user","content":"Hi"}]"#),
        ("completions", "completions", #""prompt":"Hi""#),
        ("responses", "responses", #""input":"Hi""#),
        ("messages", "messages", #""max_tokens":200,"messages":[{"role":"user","content":"Hi"}]"#),
    ]

    private static let tools =
        #","tools":[{"type":"function","function":{"name":"get_weather","parameters":{"type":"object"}}}]"#

    @Test(
        "Bytes and tape diagram on each API",
        arguments: BuiltInScenarios.all.map(\.name)
    )
    func golden(name: String) async throws {
        var sections: [String] = []
        for skin in Self.skins {
            for stream in [true, false] {
                let station = Station()
                // The second call of those whose first one differs is shown as well.
                for call in 1...2 {
                    let models =
                        name == "model-fallback"
                        ? #""models":["openai/gpt-4o-mini","google/gemini-2.5-flash"]"#
                        : #""model":"openai/gpt-4o-mini""#
                    let body = "{\(models),\(skin.body),\"stream\":\(stream)}"
                    let exchange = await station.ask("/s/\(name)/api/v1/\(skin.path)", body)
                    let wire = exchange.altered.lowered(for: .usual)
                    let bytes = wire.writes.map { String(buffer: $0.bytes) }.joined()
                    if call == 2, sections.last?.hasSuffix(Self.shown(exchange, bytes)) == true { continue }
                    sections.append(
                        "==== \(skin.name) \(stream ? "streamed" : "whole") call \(call)\n"
                            + Self.shown(exchange, bytes)
                    )
                    guard name == "rate-limited-then-ok" || name == "tool-call-then-answer" else { break }
                }
            }
        }
        try expectSnapshot(sections.joined(separator: "\n"), "\(name).txt")
    }

    private static func shown(_ exchange: Station.Exchange, _ bytes: String) -> String {
        let diagram = exchange.tape.diagram(tick: .milliseconds(100))
        let short = diagram.count > 200 ? diagram.prefix(100) + " … " + diagram.suffix(60) : diagram[...]
        return "\(short)\n\(bytes.replacing("\r\n", with: "␍\n"))\n"
    }
}
