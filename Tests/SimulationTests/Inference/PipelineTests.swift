internal import HTTPTypes
internal import OpenRouterAPI
internal import Testing

@testable internal import Simulation

@Suite("Pipeline of router metadata")
struct PipelineTests {
    private static let words = String(repeating: "word ", count: 130_000)
    private static let healing = #""response_format":{"type":"json_object"},"plugins":[{"id":"response-healing"}]"#

    /// Members of a request, and the stages that it tells.
    static let rows: [(members: String, stages: [String])] = [
        ("", []),
        (#","plugins":[{"id":"web"}]"#, ["web-search"]),
        (#","tools":[{"type":"openrouter:datetime"}]"#, ["server-tools"]),
        (#","tools":[{"type":"openrouter:web_fetch"}]"#, []),
        (#","tools":[{"type":"openrouter:datetime"}],"tool_choice":"none""#, []),
        (#","plugins":[{"id":"web"}],"tools":[{"type":"openrouter:datetime"}]"#, ["web-search", "server-tools"]),
        (",\(healing)", []),
        (#",\#(healing),"max_tokens":4"#, ["response-healing"]),
        (#","plugins":[{"id":"context-compression"}]"#, []),
    ]

    private static func stages(_ members: String, content: String = "Hi") throws -> [String] {
        let body = #"{"model":"openai/gpt-4o-mini","messages":[{"role":"user","content":"\#(content)"}]\#(members)}"#
        let answer = try Exchange(.chat(body, fields: [.xOpenRouterMetadata: "enabled"])).json()
        let metadata = try #require(answer["openrouter_metadata"])
        return metadata["pipeline"]?.elements.compactMap { $0["name"]?.string } ?? []
    }

    @Test("Only stages that did something are told", arguments: rows)
    func stages(members: String, stages: [String]) throws {
        #expect(try Self.stages(members) == stages)
    }

    @Test("A prompt that was too long for the window is told as compressed")
    func compression() throws {
        let stages = try Self.stages(#","plugins":[{"id":"context-compression"}]"#, content: Self.words)
        #expect(stages == ["context-compression"])
    }
}
