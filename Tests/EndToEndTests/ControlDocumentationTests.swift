import Foundation
import OpenRouterAPI
import TestSupport
import Testing

/// The page of the control API, held against a real server; ``GuideTests`` runs its examples.
@Suite("Documentation of the control API")
struct ControlDocumentationTests {
    @Test("names every endpoint")
    func endpoints() throws {
        let server = try SimulatorProcess(["serve"])
        defer { server.stop() }
        let url = SimulatorProcess.packageFolder.appendingPathComponent("docs/control-api.md")
        let page = try String(contentsOf: url, encoding: .utf8)
        let ready = try HTTPExchange("GET", "/_sim/ready", port: server.port)
        let endpoints = try JSONDocument(parsing: ready.body.utf8).root["control"]?.elements.compactMap(\.string) ?? []
        #expect(endpoints.count > 20)
        for endpoint in endpoints {
            // Without its parameters, as the rows have them.
            #expect(page.contains("`\(endpoint)`"), "\(endpoint)")
        }
    }
}
