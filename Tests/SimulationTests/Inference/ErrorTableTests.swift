internal import HTTPTypes
internal import NIOCore
internal import OpenRouterAPI
internal import Tapes
internal import TestSupport
internal import Testing

@testable internal import Simulation

/// Every failure in every skin, before the stream, inside it and in a 200 body, as files under `Snapshots/`.
@Suite("Errors in each skin")
struct ErrorTableTests {
    enum Skin: String, CaseIterable {
        case chat, completions, responses, messages

        func request(model: String, isStreamed: Bool) -> Request {
            let stream = isStreamed ? #","stream":true"# : ""
            let model = #""model":"\#(model)""#
            return switch self {
            case .chat: .chat(#"{\#(model),"messages":[{"role":"user","content":"Hi"}]\#(stream)}"#)
            case .completions: .completion(#"{\#(model),"prompt":"Hi"\#(stream)}"#)
            case .responses: .make(.post, "/responses", body: #"{\#(model),"input":"Hi"\#(stream)}"#)
            case .messages:
                .make(
                    .post,
                    "/messages",
                    body: #"{\#(model),"max_tokens":99,"messages":[{"role":"user","content":"Hi"}]\#(stream)}"#
                )
            }
        }
    }

    /// One failure of each stable type, with what providers say beside it.
    static let failures = ErrorType.allCases.map { type in
        ProviderFailure(
            type,
            raw: type == .rateLimitExceeded ? #"{"error":"slow down"}"# : nil,
            providerCode: type == .providerUnavailable ? "upstream_reset" : nil,
            retryAfter: type == .rateLimitExceeded || type == .providerOverloaded ? 17 : nil
        )
    }

    /// One provider serves it, so that the failure is the last.
    private static let model = "mistralai/mistral-large"

    @Test("A provider's failure before the first token has its status", arguments: Skin.allCases)
    func before(skin: Skin) throws {
        let sections = Self.failures.map { failure -> String in
            let request = skin.request(model: Self.model, isStreamed: false)
            let exchange = Exchange(request, attempts: ScriptedAttempts.failing(failure))
            let streamed = Exchange(
                skin.request(model: Self.model, isStreamed: true),
                attempts: ScriptedAttempts.failing(failure)
            )
            // A stream that has not begun is refused like an answer that is not streamed; but `/responses` tells what
            // is too long as an incomplete answer (reference: inference §4.9).
            #expect(streamed.status == exchange.status, "\(failure.type)")
            let isIncomplete = skin == .responses && failure.type.isLengthOnResponses
            #expect((streamed.fields[.contentType] == exchange.fields[.contentType]) != isIncomplete)
            return Self.section(failure, exchange)
        }
        try expectSnapshot(sections.joined(separator: "\n"), "errors-before-\(skin.rawValue).txt")
    }

    @Test("A provider's failure after the first token is told in the stream", arguments: Skin.allCases)
    func inside(skin: Skin) throws {
        let sections = Self.failures.map { failure -> String in
            let request = skin.request(model: Self.model, isStreamed: true)
            let exchange = Exchange(request, attempts: ScriptedAttempts.breakingOff(failure))
            #expect(exchange.status == 200)
            return Self.section(failure, exchange)
        }
        try expectSnapshot(sections.joined(separator: "\n"), "errors-inside-\(skin.rawValue).txt")
    }

    @Test("A provider's failure in an unstreamed answer comes in its body", arguments: Skin.allCases)
    func body(skin: Skin) throws {
        let request = skin.request(model: Self.model, isStreamed: false)
        let sections = Self.failures.map { failure -> String in
            let half = Exchange(request, attempts: ScriptedAttempts.breakingOff(failure))
            let whole = Exchange(request, attempts: ScriptedAttempts(others: .failedInBody(failure)))
            #expect(whole.status == 200)
            return Self.section(failure, half) + Self.section(failure, whole)
        }
        try expectSnapshot(sections.joined(separator: "\n"), "errors-body-\(skin.rawValue).txt")
    }

    @Test("A failure of the account or the router is told in the skin's envelope", arguments: Skin.allCases)
    func account(skin: Skin) throws {
        let rows: [(String, Request)] = [
            ("no key", skin.request(model: Self.model, isStreamed: false).without(.authorization)),
            ("unknown model", skin.request(model: "acme/nope-1", isStreamed: false)),
            ("wrong endpoint", skin.request(model: "openai/text-embedding-3-small", isStreamed: true)),
            ("no JSON", skin.request(model: Self.model, isStreamed: false).withBody("{")),
            ("no object", skin.request(model: Self.model, isStreamed: false).withBody("[]")),
        ]
        let sections = rows.map { name, request in "## \(name)\n" + Self.text(Exchange(request)) }
        try expectSnapshot(sections.joined(separator: "\n"), "errors-account-\(skin.rawValue).txt")
    }

    private static func section(_ failure: ProviderFailure, _ exchange: Exchange) -> String {
        "## \(failure.type.rawValue)\n" + text(exchange)
    }

    private static func text(_ exchange: Exchange) -> String {
        var lines = ["\(exchange.status)"]
        if let hint = exchange.fields[.retryAfter] { lines.append("Retry-After: \(hint)") }
        return (lines + [exchange.body.replacing(#/gen-1790000000-\w+/#, with: "gen-ID")]).joined(separator: "\n")
            + "\n"
    }
}

extension Request {
    fileprivate func without(_ name: HTTPField.Name) -> Request {
        var copy = self
        copy.fields[name] = nil
        return copy
    }

    fileprivate func withBody(_ text: String) -> Request {
        var copy = self
        copy.body.clear()
        copy.body.writeString(text)
        return copy
    }
}
