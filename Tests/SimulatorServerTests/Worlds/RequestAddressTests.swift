import HTTPTypes
import OpenRouterAPI
import Tapes
import Testing

@testable import SimulatorServer

@Suite("Request addresses")
struct RequestAddressTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var path: String
        var fields: [(String, String)] = []
        var world: String?
        var scenario: String?
        var target: String

        var testDescription: String { "\(path) \(fields)" }
    }

    static let rows: [Row] = [
        Row(path: "/api/v1/models", target: "/api/v1/models"),
        Row(path: "/w/a/api/v1/models?x=1", world: "a", target: "/api/v1/models?x=1"),
        Row(path: "/w/a-b_c.9", world: "a-b_c.9", target: "/"),
        Row(path: "/s/ok/chat/completions", scenario: "ok", target: "/chat/completions"),
        Row(path: "/w/a/s/ok/v1/key", world: "a", scenario: "ok", target: "/v1/key"),
        Row(path: "/s/ok/w/a/v1/key", world: "a", scenario: "ok", target: "/v1/key"),
        Row(path: "/w/a/_sim/journal", world: "a", target: "/_sim/journal"),
        Row(path: "/w/%61/key", world: "a", target: "/key"),
        Row(
            path: "/key",
            fields: [("X-Sim-World", "h"), ("x-sim-scenario", "ok")],
            world: "h",
            scenario: "ok",
            target: "/key"
        ),
        Row(path: "/w/p/key", fields: [("X-Sim-World", "h")], world: "p", target: "/key"),
        Row(path: "/s/p/key", fields: [("X-Sim-Scenario", "h")], scenario: "p", target: "/key"),
        Row(path: "/key", fields: [("Authorization", "Bearer sk-or-v1-world-k-1")], world: "k", target: "/key"),
        Row(path: "/key", fields: [("Authorization", "Bearer sk-or-v1-world-a-b-1")], world: "a-b", target: "/key"),
        Row(path: "/key", fields: [("Authorization", "Bearer sk-or-v1-world-k")], world: "k", target: "/key"),
        Row(path: "/key", fields: [("x-api-key", "sk-or-v1-world-k-1")], world: "k", target: "/key"),
        Row(
            path: "/key",
            fields: [("Authorization", "Bearer sk-or-v1-world-k-1"), ("X-Sim-World", "h")],
            world: "h",
            target: "/key"
        ),
        Row(path: "/key", fields: [("Authorization", "Bearer sk-or-v1-other")], target: "/key"),
    ]

    @Test("The path names world and scenario, then the header, then the key", arguments: rows)
    func reading(row: Row) throws {
        var fields = HTTPFields()
        for (name, value) in row.fields { fields.append(HTTPField(name: .init(name)!, value: value)) }
        let address = try RequestAddress(Request(method: .get, target: RequestTarget(row.path), fields: fields))
        #expect(address.world == row.world)
        #expect(address.scenario == row.scenario)
        #expect(address.target.raw == row.target)
    }

    @Test(
        "A name that none can have is told, with what one is made of",
        arguments: [
            "/w//key", "/w/a%2Fb/key", "/w/ä/key", "/s/a%20b/key", "/w/\(String(repeating: "x", count: 129))/key",
        ]
    )
    func badNames(path: String) {
        do throws(APIError) {
            _ = try RequestAddress(Request(method: .get, target: RequestTarget(path)))
            Issue.record("\(path) was taken")
        } catch {
            #expect(error.status == 400)
            #expect(error.message.contains("expected 1 to 128 letters, digits, '.', '_' or '-'"))
        }
    }
}
