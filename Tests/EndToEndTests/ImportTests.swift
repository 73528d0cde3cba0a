import Foundation
import TestSupport
import Testing

/// Recordings that vcrpy and mitmproxy make of the simulator, imported and replayed.
@Suite("Recordings of other tools", .timeLimit(.minutes(3)))
struct ImportTests {
    private static let recorded = Result { () throws -> (folder: TemporaryFolder, answers: [String: [[JSONText]]]) in
        let folder = try TemporaryFolder()
        let server = try SimulatorProcess(["serve"])
        defer { server.stop() }
        let client = PythonClient("record_elsewhere", in: .recorders)
        let outcome = try client.run([folder.url.path], baseURL: server.baseURL)
        try #require(outcome.status == 0, "\(outcome.errors)")
        return (folder, try JSONDecoder().decode([String: [[JSONText]]].self, from: Data(outcome.output.utf8)))
    }

    @Test(
        "What a client got while another tool recorded, it gets in replay",
        arguments: ["vcrpy.yaml", "mitmproxy.har"]
    )
    func replay(_ name: String) throws {
        let (folder, answers) = try Self.recorded.get()
        let cassette = folder.path(name + ".cassette")
        let imported = try SimulatorProcess.run(["cassette", "import", folder.path(name), cassette])
        #expect(imported.status == 0, "\(imported.errors)")
        #expect(imported.output.contains("4 recordings imported from"))
        #expect(imported.output.contains("chunks and their times: the file has none"))
        let bytes = try Data(contentsOf: URL(filePath: cassette))
        #expect(bytes.range(of: Data("sk-or-v1-5eed".utf8)) == nil, "the client's key is not in the cassette")

        let server = try SimulatorProcess(["replay", "--cassette", cassette])
        defer { server.stop() }
        for answer in try #require(answers[name]) {
            let texts = answer.map(\.text)
            let exchange = try HTTPExchange(texts[0], "/api/v1" + texts[1], body: texts[2], port: server.port)
            #expect("\(exchange.status)" == texts[3])
            #expect(Array(exchange.body.utf8) == Array(texts[4].utf8), "\(texts[1])")
        }
    }
}

/// A string or number of the script's output.
private struct JSONText: Decodable, Sendable {
    let text: String

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let string = try? container.decode(String.self) {
            text = string
        } else {
            text = String(try container.decode(Int.self))
        }
    }
}
