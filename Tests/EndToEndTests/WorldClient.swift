import Foundation
import OpenRouterAPI
import TestSupport
import Testing

/// A client of one world of a server process, with its control API.
struct WorldClient {
    static let question = #"{"model":"openai/gpt-4o-mini","messages":[{"role":"user","content":"Hi"}]}"#
    static let streamed = #"{"model":"openai/gpt-4o-mini","stream":true,"messages":[{"role":"user","content":"Hi"}]}"#

    let server: SimulatorProcess
    var world: String
    /// What the path names; nil for none.
    var scenario: String?

    private var prefix: String { "/w/\(world)" + (scenario.map { "/s/\($0)" } ?? "") }

    func ask(_ method: String, _ path: String, _ body: String = "") throws -> HTTPExchange {
        try HTTPExchange(method, prefix + "/api/v1" + path, body: body, port: server.port)
    }

    /// The text of an answer that is not streamed.
    func text() throws -> String {
        let answer = try ask("POST", "/chat/completions", Self.question)
        try #require(answer.status == 200, "\(answer.head)\(answer.body)")
        let root = try JSONDocument(parsing: answer.body.utf8).root
        return try #require(root["choices"].flatMap { Array($0.elements).first }?["message"]?["content"]?.string)
    }

    /// Asks for a stream and leaves it unread.
    func openStream() throws -> RawConnection {
        let connection = try RawConnection(port: server.port)
        connection.send(
            "POST \(prefix)/api/v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer sk-or-v1-test\r\n"
                + "Content-Length: \(Self.streamed.utf8.count)\r\n\r\n\(Self.streamed)"
        )
        return connection
    }

    /// An endpoint of the control API; the world is named in the query.
    @discardableResult
    func control(_ method: String, _ path: String, _ body: String = "", query: String = "") throws -> String {
        let answer = try HTTPExchange(method, "/_sim\(path)?world=\(world)\(query)", body: body, port: server.port)
        try #require((200...201).contains(answer.status), "\(method) \(path): \(answer.body)")
        return answer.body
    }
}
