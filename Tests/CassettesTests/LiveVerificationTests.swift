import HTTPTypes
import NIOCore
import OpenRouterAPI
import Tapes
import Testing

@testable import Cassettes

@Suite("Recordings and what a live API says today")
struct LiveVerificationTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    static func tape(_ body: String, type: String = "application/json", status: HTTPResponse.Status = .ok) -> Tape {
        Tape(
            head: ResponseHead(status: status, fields: [.contentType: type]),
            frames: [Frame(body)],
            origin: Origin(.upstream(url: "https://openrouter.ai/api/v1"))
        )
    }

    static func stream(_ events: String...) -> Tape {
        tape(events.map { $0 + "\n\n" }.joined(), type: "text/event-stream")
    }

    struct Row: Sendable, CustomTestStringConvertible {
        var name: String
        var recorded: Tape
        var live: Tape
        var drift: [String]

        var testDescription: String { name }
    }

    static let rows: [Row] = [
        Row(
            name: "values",
            recorded: tape(#"{"id":"a","usage":{"cost":0.1,"n":1}}"#),
            live: tape(#"{"usage":{"n":2.5,"cost":1},"id":"b"}"#),
            drift: []
        ),
        Row(
            name: "a member that is gone",
            recorded: tape(#"{"id":"a","usage":{"cost":0.1}}"#),
            live: tape(#"{"id":"a"}"#),
            drift: ["breaking /usage: object → none"]
        ),
        Row(
            name: "another type",
            recorded: tape(#"{"data":[{"price":"0.1"},{"price":"1"}]}"#),
            live: tape(#"{"data":[{"price":0.1}]}"#),
            drift: ["breaking /data/*/price: string → number"]
        ),
        Row(
            name: "a new member",
            recorded: tape(#"{"id":"a"}"#),
            live: tape(#"{"id":"a","more":{"x":1}}"#),
            drift: ["info /more: none → object"]
        ),
        Row(
            name: "null in place of a value, and a value in place of null",
            recorded: tape(#"{"a":"x","b":null}"#),
            live: tape(#"{"a":null,"b":"x"}"#),
            drift: ["warning /a: string → null", "warning /b: null → string"]
        ),
        Row(
            name: "what not every object had",
            recorded: tape(#"{"data":[{"id":1,"note":"x"},{"id":2}]}"#),
            live: tape(#"{"data":[{"id":1}]}"#),
            drift: ["warning /data/*/note: string → none"]
        ),
        Row(
            name: "an empty list, of which nothing can be told",
            recorded: tape(#"{"data":[{"id":1}]}"#),
            live: tape(#"{"data":[]}"#),
            drift: []
        ),
        Row(
            name: "a failure in the place of an answer",
            recorded: tape(#"{"id":"a"}"#),
            live: tape(#"{"error":{"code":502}}"#),
            drift: ["breaking /id: string → none", "breaking /error: none → object"]
        ),
        Row(
            name: "status and type",
            recorded: tape(#"{"id":"a"}"#),
            live: tape("<html>", type: "text/html", status: .badRequest),
            drift: [
                "breaking status: 200 → 400", "breaking content-type: application/json → text/html",
                "breaking body: JSON → none",
            ]
        ),
        Row(
            name: "another number of events, and comments between them",
            recorded: stream(#"data: {"delta":"a"}"#, #"data: {"delta":"b"}"#, #"data: {"usage":1}"#, "data: [DONE]"),
            live: stream(": OPENROUTER PROCESSING", #"data: {"delta":"a"}"#, #"data: {"usage":1}"#, "data: [DONE]"),
            drift: []
        ),
        Row(
            name: "a stream without its last words",
            recorded: stream(#"data: {"delta":"a"}"#, #"data: {"delta":"","usage":{}}"#, "data: [DONE]"),
            live: stream(#"data: {"delta":"a"}"#, #"data: {"delta":""}"#),
            drift: ["breaking last event /usage: object → none", "breaking event '[DONE]': JSON → none"]
        ),
        Row(
            name: "types of events that are gone, new, changed and a sign of life",
            recorded: stream(
                #"data: {"type":"start","a":1}"#,
                "event: delta\ndata: {\"type\":\"delta\",\"text\":\"x\"}",
                #"data: {"type":"stop"}"#
            ),
            live: stream(
                #"data: {"type":"ping"}"#,
                #"data: {"type":"start","a":"1"}"#,
                #"data: {"type":"more"}"#,
                #"data: {"type":"stop"}"#
            ),
            drift: [
                "breaking event 'start' /a: number → string", "breaking event 'delta': JSON → none",
                "info event 'more': none → JSON",
            ]
        ),
        Row(
            name: "another order of events",
            recorded: stream(#"data: {"type":"a"}"#, #"data: {"type":"b"}"#),
            live: stream(#"data: {"type":"b"}"#, #"data: {"type":"a"}"#),
            drift: ["breaking order of events: event 'a', event 'b' → event 'b', event 'a'"]
        ),
    ]

    @Test("Shapes are compared, values are not:", arguments: rows)
    func shapes(_ row: Row) {
        let drift = AnswerShape(row.recorded).drift(to: AnswerShape(row.live))
        #expect(drift.map { "\($0.severity.rawValue) \($0)" } == row.drift)
    }

    @Test("Another ending is breaking")
    func ending() {
        var live = Self.tape("{}")
        live.ending = .reset
        let drift = AnswerShape(Self.tape("{}")).drift(to: AnswerShape(live))
        #expect(drift.map(\.description) == ["ending: complete → reset"])
        #expect(drift.map(\.severity) == [.breaking])
    }

    /// An interaction of a request that is told by its text.
    static func recording(_ text: String, cost: String? = "0.1", status: HTTPResponse.Status = .ok) -> Interaction {
        let usage = cost.map { #","usage":{"cost":\#($0)}"# } ?? ""
        var interaction = Interaction.chat(text)
        interaction.tape = tape(#"{"id":"x"\#(usage)}"#, status: status)
        return interaction
    }

    func verification(
        _ interactions: [Interaction],
        _ change: (inout LiveBudget) -> Void = { _ in },
        live: (Request) -> Tape = { _ in tape(#"{"id":"x","usage":{"cost":0.1}}"#) }
    ) async throws -> LiveVerification {
        let path = folder.file("a.cassette")
        try folder.remove("a.cassette")
        let writer = try CassetteWriter(path: path)
        for interaction in interactions { _ = try await writer.append(Redactor().redact(interaction)) }
        try await writer.close()
        return try answered(path, change, live)
    }

    private func answered(
        _ path: String,
        _ change: (inout LiveBudget) -> Void,
        _ live: (Request) -> Tape
    ) throws -> LiveVerification {
        var budget = LiveBudget(requestCount: 10, cost: USD.dollars(1))
        change(&budget)
        let found = try LiveVerification(of: try Cassette(path: path), key: "sk-live", budget: budget)
        while let request = try found.nextRequest() { try found.note(live(request)) }
        return found
    }

    @Test("Requests are sent as recorded, with the key of today, each once")
    func sent() async throws {
        var chat = Self.recording("hello")
        chat.request.fields[.acceptEncoding] = "gzip"
        chat.request.fields[.userAgent] = "client/1"
        chat.request.fields[.authorization] = "Bearer sk-old"
        var sent: [Request] = []
        let found = try await verification(
            [chat, chat],
            live: { request in
                sent.append(request)
                return Self.tape(#"{"id":"y","usage":{"cost":0.25}}"#)
            }
        )
        #expect(
            sent.map(\.fields.lines) == [
                ["Content-Type: application/json", "User-Agent: client/1", "Authorization: Bearer sk-live"]
            ]
        )
        #expect(sent.map(\.body) == [chat.request.body])
        #expect(found.cost == USD("0.25"))
        #expect(
            found.text == """
                matches  #1, #2  POST /api/v1/chat/completions (openai/gpt-4o)
                1 request sent, 0.25 USD: 1 matches
                """
        )
    }

    @Test("What cannot or should not be asked is left out, with the reason")
    func skipped() async throws {
        let secret = "sk-or-v1-" + "0e6f44a47a05f1dad2ad7e88c4c1d6b77688157716fb1a5271146f7464951c96"
        var cut = Self.recording("cut")
        cut.tape.ending = .reset
        var left = Self.recording("left")
        left.completion = .clientLeft
        var key = Self.recording("key")
        key.request.target = RequestTarget("/api/v1/keys")
        var deletion = Interaction.make(request: .make("", method: .delete, target: "/api/v1/keys/abc"))
        deletion.tape = Self.tape("{}")
        let found = try await verification(
            [
                cut, left, key, deletion, Self.recording("the key \(secret)"),
                Self.recording("no cost", cost: nil), Self.recording("limit", status: .tooManyRequests),
                Self.recording("bad", cost: nil, status: .badRequest),
            ],
            live: { _ in Self.tape(#"{"id":"x"}"#, status: .badRequest) }
        )
        let reasons = found.cases.map { found in
            if case .skipped(let reason) = found.verdict { reason } else { "asked" }
        }
        #expect(
            reasons == [
                "its recorded answer broke off", "its recording is not whole",
                "it may change the account; --include-changes sends it",
                "it may change the account; --include-changes sends it",
                "it held a secret, which the cassette does not have",
                "its recording does not say what it cost; --include-unpriced sends it",
                "its recorded answer is a failure of the moment (429)", "asked",
            ]
        )
        #expect(!found.isBreaking)
        let all = try await verification([key, Self.recording("no cost", cost: nil)]) { budget in
            budget.includesChanges = true
            budget.includesUnpriced = true
        }
        #expect(all.requestCount == 2)
    }

    @Test("The budget ends the questions, by their number and by what they cost")
    func budget() async throws {
        let chats = ["a", "b", "c"].map { Self.recording($0) }
        let two = try await verification(chats) { $0.requestCount = 2 }
        #expect(two.requestCount == 2)
        #expect(two.cases.last?.verdict == .skipped("the budget of 2 requests is used up"))
        let cheap = try await verification(chats) { $0.cost = USD("0.15") ?? .zero }
        #expect(cheap.requestCount == 1)
        #expect(cheap.cases[1].verdict == .skipped("it cost 0.1 USD, and 0.05 of the budget are left"))
        #expect(cheap.text.hasSuffix("1 request sent, 0.1 USD: 1 matches, 2 skipped"))
    }

    @Test("A refused key and an empty account end it; a limited rate is no drift, nor is a thing of another account")
    func refusals() async throws {
        for (status, refusal) in [
            (HTTPResponse.Status.unauthorized, LiveRefusal.unauthorized), (.init(code: 402), .outOfCredits),
        ] {
            await #expect(throws: refusal) {
                try await verification([Self.recording("a")], live: { _ in Self.tape("{}", status: status) })
            }
        }
        let limited = try await verification(
            [Self.recording("a")],
            live: { _ in Self.tape("{}", status: .tooManyRequests) }
        )
        #expect(limited.text.contains("the upstream limits the rate (429); --delay asks more slowly"))
        let generation = Interaction.make(request: .make("", method: .get, target: "/api/v1/generation?id=gen-1"))
        let models = Interaction.make(request: .make("", method: .get, target: "/api/v1/models"))
        let gone = try await verification([generation, models], live: { _ in Self.tape("{}", status: .notFound) })
        #expect(
            gone.text == """
                drifts  #1  GET /api/v1/generation?id=gen-1
                    warning  status: found → 404, which another account would get too
                breaks  #2  GET /api/v1/models
                    breaking  status: 200 → 404
                    breaking  /id: string → none
                    breaking  /choices: array → none
                2 requests sent, 0 USD: 1 breaks, 1 drifts
                """
        )
        #expect(gone.isBreaking)
        #expect(
            gone.json.text.contains(
                #"{"interactions":[2],"request":"GET /api/v1/models","verdict":"breaks","drift":[{"severity":"breaking","#
            )
        )
    }

    @Test("Of several recordings the one counts that the live answer is most like")
    func nearest() async throws {
        var refused = Self.recording("a")
        refused.tape = Self.tape(#"{"error":{}}"#, status: .badRequest)
        let found = try await verification([refused, Self.recording("a")])
        #expect(found.cases.map(\.verdict) == [.answered([])])
    }

    @Test("A compressed answer is compared by what it says")
    func compressed() async throws {
        let plain = Self.tape(#"{"id":"x"}"#)
        let gzip: [UInt8] = [
            0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xAB, 0x56, 0xCA, 0x4C, 0x51, 0xB2, 0x52, 0xAA,
            0x50, 0xAA, 0x05, 0x00, 0xBC, 0x7E, 0x53, 0x89, 0x0A, 0x00, 0x00, 0x00,
        ]
        var packed = plain
        packed.frames = [Frame(bytes: ByteBuffer(bytes: gzip))]
        packed.head?.fields[.contentEncoding] = "gzip"
        #expect(AnswerShape(packed).drift(to: AnswerShape(plain)).isEmpty)
    }
}
