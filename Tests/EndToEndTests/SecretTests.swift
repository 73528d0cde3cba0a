import Foundation
import TestSupport
import Testing

/// Secrets in requests, and an upstream that says them back: nothing of them is in any file or stream.
@Suite("Secrets through a recorder")
struct SecretTests {
    /// Made up from parts, so that no scanner takes this file for a leak; the last eight bytes of each are looked for.
    static let secrets = [
        "sk-or-v1-" + "0e6f44a47a05f1dad2ad7e88c4c1d6b77688157716fb1a5271146f7464951c96",
        "sk-ant-api03-" + "Zx9aBcD3eF4gH5iJ6kL7mN8oP9qR0sT", "ghp_" + "abcdefghijklmnopqrstuvwxyz0123456789",
        "AKIA" + "IOSFODNN7EXAMPLE", "glpat-" + "abcDEF123456789abcDEF", "hf_" + "abcdefghijklmnopqrstuvwxyz01234567",
    ]

    /// Says the request's body and its key back in events, cut into chunks of three bytes, with the key in fields too.
    static func echo() throws -> RawServer {
        try RawServer { client in
            while let request = client.receiveRequest() {
                let key =
                    request.head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("authorization:") }
                    .map { String($0.split(separator: " ").last ?? "") } ?? ""
                client.send(
                    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nSet-Cookie: k=\(key)\r\nX-Echo: \(key)\r\n"
                        + "Location: /x?code=\(key)\r\nTransfer-Encoding: chunked\r\n\r\n"
                )
                let halves = [key.prefix(key.count / 2), key.dropFirst(key.count / 2)]
                let deltas = halves.map { "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\($0)\"}}]}\n\n" }
                let encoded = Data("key: \(key)".utf8).base64EncodedString()
                let text = "data: \(request.bodyText)\n\n" + deltas.joined() + ": \(encoded)\n\ndata: [DONE]\n\n"
                let bytes = Array(text.utf8)
                for start in stride(from: 0, to: bytes.count, by: 3) {
                    let piece = bytes[start..<min(start + 3, bytes.count)]
                    guard client.send(Array("\(piece.count)\r\n".utf8) + piece + Array("\r\n".utf8)) else { return }
                }
                client.send("0\r\n\r\n")
            }
        }
    }

    static func body(_ secret: String) -> String {
        let encoded = Data("the key \(secret)".utf8).base64EncodedString()
        return #"{"model":"m","stream":true,"messages":[{"role":"user","content":"key \#(secret), \#(encoded)"},"#
            + #"{"role":"tool","content":"{\"password\":\"\#(secret)\"}"}]}"#
    }

    static func ask(_ secret: String, port: Int) throws -> HTTPExchange {
        try HTTPExchange(
            "POST",
            "/api/v1/chat/completions?api_key=\(secret)",
            body: body(secret),
            fields: ["Authorization: Bearer \(secret)", "Cookie: session=\(secret)", "X-Title: \(secret)"],
            port: port
        )
    }

    @Test("clients get them, files and streams do not, and replay still matches")
    func nowhere() throws {
        let upstream = try Self.echo()
        defer { upstream.stop() }
        let folder = try TemporaryFolder()
        let cassette = folder.path("a.cassette")
        let recorder = try SimulatorProcess([
            "record", "--cassette", cassette, "--upstream", "http://127.0.0.1:\(upstream.port)/api/v1",
            "--redact-pointer", "/messages/*/name",
        ])
        for secret in Self.secrets {
            let answer = try Self.ask(secret, port: recorder.port)
            #expect(answer.body.contains("key \(secret), "), "what the client gets is not changed")
            try expectNone(in: folder, "while recording")
        }
        let journal = try HTTPExchange("GET", "/_sim/journal", port: recorder.port).body
        let errors = recorder.stop().errors
        try expectNone(in: folder, "after recording")

        let replayer = try SimulatorProcess(["replay", "--cassette", cassette])
        defer { replayer.stop() }
        for secret in Self.secrets {
            let answer = try Self.ask(secret, port: replayer.port)
            #expect(answer.status == 200 && answer.field("X-Sim-Miss") == nil)
            #expect(answer.body.contains("redacted-") && answer.body.hasSuffix("data: [DONE]\n\n"))
        }
        let miss = try HTTPExchange("POST", "/api/v1/chat/completions", body: Self.body("x"), port: replayer.port).body
        let scan = try SimulatorProcess.run(["cassette", "scan", folder.path("."), "--json"])
        #expect(scan.status == 0, "\(scan.output)")
        for secret in Self.secrets {
            for text in [journal, errors, miss, replayer.errors, scan.output, scan.errors] {
                #expect(!text.contains(secret.suffix(8)))
            }
        }
    }

    @Test("scan finds them, masked, exits 1, fixes, exits 0, and says what it cannot read")
    func scan() throws {
        let folder = try TemporaryFolder()
        let file = folder.path("a.har")
        try #"{"log":{"comment":"\#(Self.secrets[0])"}}"#.write(toFile: file, atomically: true, encoding: .utf8)
        let found = try SimulatorProcess.run(["cassette", "scan", file])
        #expect(found.status == 1)
        #expect(found.output == "\(file):1:20: OpenRouter key, sk-or-… (73 bytes)\n1 secrets in 1 of 1 files\n")
        #expect(try SimulatorProcess.run(["cassette", "scan", "--fix", file]).status == 0)
        let again = try SimulatorProcess.run(["cassette", "scan", "--json", file])
        #expect(again.status == 0)
        #expect(again.output == #"{"files":1,"findings":[],"fixed":[],"renamed":0,"unreadable":[]}"# + "\n")
        #expect(try SimulatorProcess.run(["cassette", "scan", folder.path("none")]).status == 2)
        #expect(try SimulatorProcess.run(["cassette", "scan", "--redact-pointer", "x", file]).status == 2)
    }

    private func expectNone(in folder: TestSupport.TemporaryFolder, _ moment: String) throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path(".")) {
            let data = try Data(contentsOf: URL(fileURLWithPath: folder.path(name)))
            for secret in Self.secrets {
                #expect(data.range(of: Data(secret.suffix(8).utf8)) == nil, "\(name) \(moment)")
            }
        }
    }
}
