import Foundation
import TestSupport
import Testing

/// Every fault as a raw client socket sees it, switched on by the control API of a real server.
@Suite("Faults on the wire")
struct FaultWireTests {
    enum Transport: String, CaseIterable, Sendable {
        case plain, tls
    }

    /// What the client reports of one row.
    struct Seen: Decodable {
        var name: String
        /// Why the fault was not switched on.
        var refused: String?
        var bytes: Data?
        /// A compressed body as zlib reads it.
        var decoded: Data?
        var endedAtMs: Double?
        var end: String?
        var faults: [String]?
        var writeCount: Int?
    }

    private struct Request: Encodable {
        var name: String
        var faults: [JSONFragment]
        var stallsAfter: Int?
    }

    private static let scenario = """
        name: wire
        description: Four events that the table of rows knows by heart.
        rules:
          - respond:
              frames:
                - data: { choices: [{ delta: { content: Grüße } }] }
                - data: { choices: [{ delta: { content: " an alle" } }] }
                - data: { choices: [{ delta: {}, finish_reason: stop }], usage: { total_tokens: 7 } }
                - data: "[DONE]"
        """

    @Test("are what they say, by the byte, by their time and by their ending", arguments: Transport.allCases)
    func everyFault(transport: Transport) throws {
        let folder = try TemporaryFolder()
        try Self.scenario.write(toFile: folder.path("wire.yaml"), atomically: true, encoding: .utf8)
        var arguments = ["serve", folder.path("wire.yaml")]
        if transport == .tls {
            try folder.makeCertificates()
            arguments += ["--tls-cert", folder.path("leaf.pem"), "--tls-key", folder.path("leaf.key")]
        }
        let server = try SimulatorProcess(arguments)
        defer { server.stop() }
        let seen = try Self.ask(server, transport, in: folder)
        #expect(seen.count == FaultWireRow.all.count)
        for row in FaultWireRow.all {
            let seen = try #require(seen[row.faults], "\(row.faults): nothing was reported")
            row.check(seen, transport)
        }
    }

    @Test("have a row for each of them, with and without arguments")
    func complete() throws {
        let server = try SimulatorProcess(["serve"])
        defer { server.stop() }
        let answer = try HTTPExchange("GET", "/_sim/faults", port: server.port)
        struct Listing: Decodable {
            var available: [String]
        }
        let listing = try JSONDecoder().decode(Listing.self, from: Data(answer.body.utf8))
        #expect(listing.available.count > 40)
        // Those two take none.
        let plainOnly: Set = ["empty_response", "refuse", "empty_choices"]
        for name in listing.available {
            let rows = FaultWireRow.all.map(\.faults)
            #expect(rows.contains("\"\(name)\""), "\(name) has no row with its defaults")
            guard !plainOnly.contains(name) else { continue }
            #expect(rows.contains { $0.contains("\"\(name)\":") }, "\(name) has no row with an argument")
        }
    }

    /// What came for each row, by its faults.
    private static func ask(
        _ server: SimulatorProcess,
        _ transport: Transport,
        in folder: TemporaryFolder
    ) throws -> [String: Seen] {
        let requests = try FaultWireRow.all.map { row in
            let faults = try JSONDecoder().decode([JSONFragment].self, from: Data("[\(row.faults)]".utf8))
            return Request(name: row.faults, faults: faults, stallsAfter: row.end == .stalls ? row.byteCount : nil)
        }
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        try encoder.encode(requests).write(to: URL(fileURLWithPath: folder.path("table.json")))
        let client = PythonClient("raw_exchanges")
        let outcome =
            switch transport {
            case .plain: try client.run([folder.path("table.json")], baseURL: server.baseURL)
            case .tls:
                try client.run(
                    [folder.path("table.json"), folder.path("ca.pem")],
                    baseURL: "https://127.0.0.1:\(server.port)/api/v1"
                )
            }
        try #require(outcome.status == 0, "\(outcome.errors)\(server.errors)")
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let seen = try outcome.output.split(separator: "\n").map { try decoder.decode(Seen.self, from: Data($0.utf8)) }
        return Dictionary(seen.map { ($0.name, $0) }) { first, _ in first }
    }
}

/// Any JSON, to be passed on.
private enum JSONFragment: Codable {
    case text(String)
    case integer(Int)
    case object([String: JSONFragment])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let integer = try? container.decode(Int.self) {
            self = .integer(integer)
        } else {
            self = .object(try container.decode([String: JSONFragment].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .text(let text): try container.encode(text)
        case .integer(let integer): try container.encode(integer)
        case .object(let members): try container.encode(members)
        }
    }
}
