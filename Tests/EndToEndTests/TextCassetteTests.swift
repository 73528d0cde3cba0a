import Foundation
import TestSupport
import Testing

/// A folder of texts where a cassette is asked for.
@Suite("Cassettes in text form")
struct TextCassetteTests {
    private static let chat =
        #"{"model":"openai/gpt-4o-mini","messages":[{"role":"user","content":"Hi"}],"stream":true}"#

    private static func ask(_ port: Int) throws -> HTTPExchange {
        try HTTPExchange("POST", "/api/v1/chat/completions", body: chat, port: port)
    }

    @Test("Recorded into a folder, exported, imported and replayed, a stream is the same to the chunk")
    func folder() throws {
        let folder = try TemporaryFolder()
        let upstream = try SimulatorProcess(["serve"])
        defer { upstream.stop() }
        let text = folder.path("recordings")
        let recorder = try SimulatorProcess(["record", "--cassette", text + "/", "--upstream", upstream.baseURL])
        let recorded = try Self.ask(recorder.port)
        #expect(recorded.status == 200)
        #expect(recorder.stop().status == 0)
        let names = try FileManager.default.contentsOfDirectory(atPath: text).sorted()
        #expect(names.count == 2)
        #expect(names.first?.wholeMatch(of: /0001-[0-9a-f]{16}\.yaml/) != nil, "\(names)")
        #expect(names.last == "cassette.yaml")

        let file = folder.path("a.cassette")
        for arguments in [["import", text, file], ["export", file, "--format", "yaml", text], ["ls", text]] {
            let outcome = try SimulatorProcess.run(["cassette"] + arguments)
            #expect(outcome.status == 0, "\(outcome.errors)")
            if arguments[0] == "export" { #expect(outcome.output.contains("0 files written, 1 unchanged, 0 removed")) }
        }
        for cassette in [text, file] {
            let server = try SimulatorProcess(["replay", "--cassette", cassette])
            defer { server.stop() }
            let replayed = try Self.ask(server.port)
            #expect(replayed.chunks == recorded.chunks)
            #expect(replayed.head == recorded.head)
        }
        #expect(try SimulatorProcess.run(["cassette", "diff", text, file]).status == 0)
        try Data("format: 1\nrequest: [\n".utf8).write(to: URL(filePath: text + "/0002-edited.yaml"))
        let outcome = try SimulatorProcess.run(["replay", "--cassette", text])
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("0002-edited.yaml:3:1: "), "\(outcome.errors)")
    }
}
