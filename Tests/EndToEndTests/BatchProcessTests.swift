import Foundation
import TestSupport
import Testing

/// A batch over the wire: served, recorded and replayed.
@Suite("Batches of a process")
struct BatchProcessTests {
    private static let path = "/api/beta/batches"
    private static let body = """
        {"endpoint":"/v1/chat/completions","model":"openai/gpt-4o-mini","requests":[\
        {"custom_id":"river","body":{"messages":[{"role":"user","content":"Name a river"}]}},\
        {"custom_id":"none","body":{"messages":[]}}]}
        """

    private struct Batch: Decodable {
        struct Result: Decodable {
            struct Response: Decodable {
                struct Body: Decodable {
                    var id: String
                }

                var body: Body
            }

            struct Failure: Decodable {
                var param: String
            }

            // swift-format-ignore: AlwaysUseLowerCamelCase
            var custom_id: String
            var response: Response?
            var error: Failure?
        }

        struct Usage: Decodable {
            var cost: Double
        }

        var id: String
        var status: String
        var usage: Usage?
        var results: [Result]?

        init(_ exchange: HTTPExchange) throws {
            self = try JSONDecoder().decode(Batch.self, from: Data(exchange.body.utf8))
        }
    }

    /// Submits the batch and polls it to its end.
    ///
    /// - Returns: the bodies of all answers.
    private func run(at path: String = path, port: Int) throws -> [String] {
        let accepted = try HTTPExchange("POST", path, body: Self.body, port: port)
        #expect(accepted.status == 202)
        let id = try Batch(accepted).id
        return try [accepted.body] + (0..<4).map { _ in try HTTPExchange("GET", "\(path)/\(id)", port: port).body }
    }

    @Test("is answered line by line and charged")
    func serves() throws {
        let server = try SimulatorProcess(["serve", "--clock", "fixed:2026-09-21T14:13:20Z"])
        defer { server.stop() }
        let id = try Batch(HTTPExchange("POST", Self.path, body: Self.body, port: server.port)).id
        let batches = try (0..<4).map { _ in
            try Batch(HTTPExchange("GET", "\(Self.path)/\(id)", port: server.port))
        }
        #expect(batches.map(\.status) == ["validating", "in_progress", "finalizing", "completed"])
        let results = try #require(batches[3].results)
        #expect(results.map(\.custom_id) == ["river", "none"])
        #expect(results[1].error?.param == "messages")
        let generation = try #require(results[0].response).body.id
        let cost = try #require(batches[3].usage).cost
        #expect(cost > 0)
        let record = try HTTPExchange("GET", "/api/v1/generation?id=\(generation)", port: server.port)
        #expect(record.body.contains("\"total_cost\":"))
        let credits = try HTTPExchange("GET", "/api/v1/credits", port: server.port).body
        let total = try #require(credits.firstMatch(of: /"total_usage":([0-9.e-]+)/)).1
        #expect(Double(total) == cost)
    }

    @Test("is recorded and replayed, also through a mistyped base URL")
    func replays() throws {
        let upstream = try SimulatorProcess(["serve", "--clock", "fixed:2026-09-21T14:13:20Z"])
        defer { upstream.stop() }
        let folder = try TemporaryFolder()
        let cassette = folder.path("batch.cassette")
        let recorder = try SimulatorProcess([
            "record", "--cassette", cassette, "--upstream", upstream.baseURL, "--record-mode", "all",
        ])
        defer { recorder.stop() }
        let recorded = try run(port: recorder.port)
        recorder.stop()
        #expect(recorded.count == 5)
        let replayer = try SimulatorProcess(["replay", "--cassette", cassette])
        defer { replayer.stop() }
        #expect(try run(at: "/beta/batches", port: replayer.port) == recorded)
    }
}
