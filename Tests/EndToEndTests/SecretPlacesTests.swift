import Foundation
import Synchronization
import TestSupport
import Testing

/// Sixty shapes of secrets in every place of a request, and a hostile upstream that says them back in every place of an
/// answer, cut over chunks: no file and no stream of the real program has a trace of one.
@Suite("Secrets in every place")
struct SecretPlacesTests {
    /// What a client sends, and how the upstream is to answer.
    struct Exchange: Sendable {
        var target: String
        var fields: [String] = []
        var mediaType = "application/json"
        var body: String
        var answer: Answer
    }

    enum Answer: Sendable {
        /// Two chunks, cut so many bytes behind the start of the secret.
        case stream(cut: Int)
        case json, error, page
    }

    static let chatPath = "/api/v1/chat/completions"

    static func escaped(_ secret: String, _ spelling: String) -> String {
        secret.utf8.map { spelling + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    static func encoded(_ secret: String) -> String {
        Data("the key is \(secret), keep it".utf8).base64EncodedString()
    }

    /// Header fields, query, JSON and JSON in it, `\u`, data URLs, forms of both kinds, plain text.
    static func exchanges(of secret: String) -> [Exchange] {
        let percent = escaped(secret, "%")
        let json =
            #"{"model":"m","messages":[{"role":"user","content":"key \#(secret)."},"#
            + #"{"role":"tool","content":"{\"key\":\"\#(secret)\"}"},"#
            + #"{"role":"user","content":"\#(escaped(secret, "\\u00"))"},{"role":"user","content":[{"type":"file","#
            + #""file":{"file_data":"data:text/plain;base64,\#(encoded(secret))"}}]}]}"#
        let parts =
            "--b\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\n\(secret)\r\n--b\r\n"
            + "Content-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\n\(json)\r\n--b--\r\n"
        return [
            Exchange(
                target: chatPath + "?api_key=\(secret)&b=\(percent)",
                fields: [
                    "Authorization: Bearer \(secret)", "Cookie: a=\(secret)", "X-Api-Key: \(secret)",
                    "User-Agent: client/1 (\(secret))", "Referer: https://a.test/?key=\(percent)", "X-Title: \(secret)",
                ],
                body: json,
                answer: .stream(cut: secret.utf8.count / 2)
            ),
            Exchange(
                target: "/api/v1/files",
                mediaType: "multipart/form-data; boundary=b",
                body: parts,
                answer: .json
            ),
            Exchange(
                target: "/api/v1/x",
                mediaType: "application/x-www-form-urlencoded",
                body: "client_secret=\(percent)&text=\(secret)",
                answer: .error
            ),
            Exchange(target: "/api/v1/x", mediaType: "text/plain", body: "token \(secret) here", answer: .page),
        ]
    }

    /// One stream for each place where the secret can be cut.
    static func cuts(of secret: String) -> [Exchange] {
        (0...secret.utf8.count).map {
            Exchange(target: chatPath, body: "{\"cut\":\($0),\"key\":\"\(secret)\"}", answer: .stream(cut: $0))
        }
    }

    static func ask(_ exchange: Exchange, port: Int) throws -> HTTPExchange {
        let connection = try RawConnection(port: port)
        let credential =
            exchange.fields.contains { $0.hasPrefix("Authorization") } ? [] : ["Authorization: Bearer sk-x"]
        let fields =
            exchange.fields + credential + [
                "Host: 127.0.0.1", "Content-Type: \(exchange.mediaType)", "Content-Length: \(exchange.body.utf8.count)",
            ]
        let head = "POST \(exchange.target) HTTP/1.1\r\n" + fields.joined(separator: "\r\n") + "\r\n\r\n"
        connection.send(head + exchange.body)
        return HTTPExchange(connection.read(silenceLimit: .seconds(30), until: HTTPExchange.isComplete))
    }

    /// What the upstream says next; the test asks one thing after the other.
    final class Hostility: Sendable {
        private let next = Mutex<(secret: String, answer: Answer)>(("", .json))

        func set(_ secret: String, _ answer: Answer) { next.withLock { $0 = (secret, answer) } }

        func bytes() -> String {
            let (secret, answer) = next.withLock { $0 }
            let fields =
                "X-Echo: \(secret)\r\nX-Auth-Token: \(secret)\r\nSet-Cookie: s=\(secret); Path=/\r\n"
                + "Location: /x?code=\(secret)\r\nX-Request-Id: \(secret)\r\n"
            let sized = { (start: String, type: String, body: String) in
                "HTTP/1.1 \(start)\r\nContent-Type: \(type)\r\n\(fields)Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
            }
            switch answer {
            case .stream(let cut):
                let start = #"data: {"choices":[{"index":0,"delta":{"content":"key "#
                let rest =
                    ".\"}}]}\n\ndata: {\"a\":\"\(escaped(secret, "\\u00"))\"}\n\n: \(secret)\n\n"
                    + "data: \(encoded(secret))\n\ndata: [DONE]\n\n"
                let chunks = [start + String(secret.prefix(cut)), String(secret.dropFirst(cut)) + rest]
                return
                    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\(fields)Transfer-Encoding: chunked\r\n\r\n"
                    + chunks.map { "\(String($0.utf8.count, radix: 16))\r\n\($0)\r\n" }.joined()
                    + "0\r\nX-Trailer: \(secret)\r\n\r\n"
            case .json:
                let url = "data:text/plain;base64,\(encoded(secret))"
                let texts = [
                    secret, escaped(secret, "\\u00"), escaped(secret, "%"), url, "{\\\"key\\\":\\\"\(secret)\\\"}",
                ]
                return sized("200 OK", "application/json", "[" + texts.map { "\"\($0)\"" }.joined(separator: ",") + "]")
            case .error:
                let body = #"{"error":{"code":401,"message":"bad key \#(secret)","metadata":{"raw":"\#(secret)"}}}"#
                return sized("401 No \(secret)", "application/json", body)
            case .page:
                return sized("502 Bad Gateway", "text/html", "<p>\(secret) <a href=\"/?key=\(secret)\">")
            }
        }
    }

    let folder: TestSupport.TemporaryFolder
    let traces = SecretTraces(SecretShapes.all)

    init() throws {
        folder = try TemporaryFolder()
        for name in ["files", "temporary"] {
            try FileManager.default.createDirectory(atPath: folder.path(name), withIntermediateDirectories: true)
        }
    }

    /// All files of a folder, and in folders in it.
    private func expectNone(in name: String, _ moment: String) throws {
        let root = folder.path(name)
        for path in try FileManager.default.subpathsOfDirectory(atPath: root) {
            guard let data = FileManager.default.contents(atPath: root + "/" + path) else { continue }
            #expect(traces.count(in: Array(data)) == 0, "\(path) \(moment)")
        }
    }

    private func expectNone(_ text: String, _ place: String) {
        #expect(traces.count(in: Array(text.utf8)) == 0, "\(place)")
    }

    @Test("none is in a file, a log, a journal, a report or an export, and each recording is found again")
    func nowhere() throws {
        #expect(SecretShapes.all.count >= 60)
        let hostility = Hostility()
        let upstream = try RawServer { client in
            while client.receiveRequest() != nil { client.send(hostility.bytes()) }
        }
        defer { upstream.stop() }
        let asked = SecretShapes.all.flatMap { secret in
            let cuts = secret.hasPrefix("sk-or-v1-") || secret.hasPrefix("AKIA") ? Self.cuts(of: secret) : []
            return (Self.exchanges(of: secret) + cuts).map { (secret, $0) }
        }
        let cassette = folder.path("files/a.cassette")
        let recorder = try SimulatorProcess(
            ["record", "--cassette", cassette, "--upstream", "http://127.0.0.1:\(upstream.port)/api/v1"],
            environment: ["TMPDIR": folder.path("temporary")]
        )
        defer { recorder.stop() }
        for (number, (secret, exchange)) in asked.enumerated() {
            hostility.set(secret, exchange.answer)
            let answer = try Self.ask(exchange, port: recorder.port)
            #expect(answer.body.contains(secret), "what the client gets is not changed")
            if number % 100 == 0 { try expectNone(in: "files", "after \(number) requests") }
        }
        try expectStreams(of: recorder)
        try expectNone(in: ".", "after recording")
        try expectReports(on: cassette)
        try expectReplay(of: cassette, asked)
    }

    private func expectStreams(of server: SimulatorProcess) throws {
        for path in ["journal", "misses", "metrics", "verify"] {
            expectNone(try HTTPExchange("GET", "/_sim/" + path, port: server.port).body, path)
        }
        expectNone(server.stop().errors, "stderr")
    }

    private func expectReports(on cassette: String) throws {
        let files = folder.path("files")
        for arguments in [
            ["export", cassette, files + "/text"], ["export", cassette, files + "/a.har", "--format", "har"],
            ["show", cassette], ["show", cassette, "--json"], ["ls", cassette], ["stats", cassette],
            ["verify", cassette], ["scan", files],
        ] {
            let outcome = try SimulatorProcess.run(["cassette"] + arguments)
            #expect(outcome.status == 0, "\(arguments[0]): \(outcome.output.suffix(500))\(outcome.errors)")
            expectNone(outcome.output + outcome.errors, arguments[0])
        }
        try expectNone(in: ".", "after exports")
    }

    private func expectReplay(of cassette: String, _ asked: [(String, Exchange)]) throws {
        let replayer = try SimulatorProcess(["replay", "--cassette", cassette])
        defer { replayer.stop() }
        for (_, exchange) in asked {
            let answer = try Self.ask(exchange, port: replayer.port)
            #expect(answer.field("X-Sim-Miss") == nil, "\(exchange.target) \(exchange.mediaType)")
            expectNone(String(decoding: answer.reading.bytes, as: UTF8.self), "a replayed answer")
        }
        for secret in SecretShapes.all.prefix(10) {
            let body = #"{"model":"m","messages":[{"role":"user","content":"another key \#(secret)"}]}"#
            let miss = try Self.ask(Exchange(target: Self.chatPath, body: body, answer: .json), port: replayer.port)
            #expect(miss.field("X-Sim-Miss") == "true")
            expectNone(miss.body, "a miss")
        }
        try expectStreams(of: replayer)
    }
}
