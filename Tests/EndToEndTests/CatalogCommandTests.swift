import Foundation
import OpenRouterAPI
import TestSupport
import Testing

/// `catalog show` and `catalog update`, with a simulator as the API that is asked.
@Suite("Catalog commands")
struct CatalogCommandTests {
    private static let id = "openai/gpt-4o-mini"

    @Test("show lists models and tells of one")
    func show() throws {
        let list = try SimulatorProcess.run(["catalog", "show"])
        #expect(list.status == 0)
        #expect(list.output.contains("\n\(Self.id) "))
        let one = try SimulatorProcess.run(["catalog", "show", Self.id, "--json"])
        let root = try JSONDocument(parsing: one.output.utf8).root
        #expect(root["id"]?.string == Self.id)
        #expect(root["endpoints"]?[0]?["provider_name"]?.string != nil)
        let wrong = try SimulatorProcess.run(["catalog", "show", "openai/gpt-4o-mimi"])
        #expect(wrong.status == 2)
        #expect(wrong.errors.contains("Did you mean 'openai/gpt-4o-mini'?"), "\(wrong.errors)")
    }

    @Test("update takes over prices and new models, and a server answers by them")
    func update() throws {
        let folder = try TemporaryFolder()
        // The API in some months: one price is another, one model is new.
        let first = try SimulatorProcess(["serve"])
        defer { first.stop() }
        let same = folder.path("same.json")
        let unchanged = try SimulatorProcess.run(["catalog", "update", "--from", first.baseURL, "--output", same])
        #expect(unchanged.output == "\(same): 0 new, 0 changed, 0 listed no longer\n", "\(unchanged.errors)")
        var rows = try String(contentsOfFile: same, encoding: .utf8).components(separatedBy: "\n")
        let index = try #require(rows.firstIndex { $0.contains(#""id":"\#(Self.id)","#) })
        let row = rows[index]
        let price = try #require(row.firstMatch(of: #/"prompt":"[0-9.]+"/#)?.0)
        rows[index] = row.replacing(price, with: #""prompt":"0.5""#, maxReplacements: 1)
        rows.insert(
            row.replacing(Self.id, with: "openai/gpt-4o-nano").replacing("gpt-4o-mini-2", with: "gpt-4o-nano-2"),
            at: index
        )
        let later = folder.path("later.json")
        try rows.joined(separator: "\n").write(toFile: later, atomically: true, encoding: .utf8)

        let upstream = try SimulatorProcess(["serve", "--catalog", later])
        defer { upstream.stop() }
        let output = folder.path("catalog.json")
        let updated = try SimulatorProcess.run([
            "catalog", "update", "--from", upstream.baseURL, "--output", output, "--json",
        ])
        #expect(updated.status == 0, "\(updated.errors)")
        let report = try JSONDocument(parsing: updated.output.utf8).root
        #expect(report["added"]?.elements.compactMap(\.string) == ["openai/gpt-4o-nano"])
        #expect(report["changed"]?.elements.compactMap(\.string) == [Self.id])

        let server = try SimulatorProcess(["serve", "--catalog", output])
        defer { server.stop() }
        let model = try HTTPExchange("GET", "/api/v1/model/\(Self.id)", port: server.port)
        #expect(model.body.contains(#""prompt":"0.5""#), "\(model.body)")
        let question = WorldClient.question.replacing(Self.id, with: "openai/gpt-4o-nano")
        let answer = try HTTPExchange("POST", "/api/v1/chat/completions", body: question, port: server.port)
        #expect(answer.status == 200, "\(answer.body)")
    }

    @Test("update keeps the file that is there when the answer is none")
    func invalid() throws {
        let folder = try TemporaryFolder()
        let output = folder.path("catalog.json")
        try "old".write(toFile: output, atomically: true, encoding: .utf8)
        let server = try RawServer { connection in
            _ = connection.read(silenceLimit: .seconds(5)) { $0.suffix(4) == Array("\r\n\r\n".utf8) }
            connection.send(
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 11\r\nConnection: close\r\n\r\n"
                    + #"{"data":[]}"#
            )
        }
        defer { server.stop() }
        let outcome = try SimulatorProcess.run([
            "catalog", "update", "--from", "http://127.0.0.1:\(server.port)/api/v1", "--output", output,
        ])
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("0 models are listed, of "), "\(outcome.errors)")
        #expect(try String(contentsOfFile: output, encoding: .utf8) == "old")
    }

    @Test("a server refuses a catalog that is none")
    func refused() throws {
        let folder = try TemporaryFolder()
        try #"{"models":[{"id":"x"}],"providers":[]}"#.write(
            toFile: folder.path("bad.json"),
            atomically: true,
            encoding: .utf8
        )
        let outcome = try SimulatorProcess.run(["serve", "--port", "0", "--catalog", folder.path("bad.json")])
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("bad.json:1:18: expected an 'id' such as"), "\(outcome.errors)")
    }
}
