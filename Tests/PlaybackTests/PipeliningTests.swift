internal import HTTPTypes
internal import NIOCore
internal import Playback
internal import Tapes
internal import Testing

@Suite("Pipelining", .timeLimit(.minutes(2)))
struct PipeliningTests {
    @Test(
        "Pipelined answers keep the order of their requests, also when the first takes long",
        arguments: [false, true]
    )
    func pipelineOrder(isMadeLater: Bool) async throws {
        let gate = Gate()
        let responder = StubResponder { request in
            guard request.target.path == "/slow" else { return Reply(.now(.tape(.echo(request)))) }
            guard !isMadeLater else {
                return Reply(
                    .later {
                        await gate.wait()
                        return .tape(.echo(request))
                    }
                )
            }
            var tape = Tape.echo(request)
            tape.headGap = .milliseconds(30)
            return Reply(.now(.tape(tape)))
        }
        try await PlaybackServer.run(responder) { server in
            let client = try server.connect()
            try await client.send(
                ["/slow", "/b", "/c", "/slow", "/d"].map { "GET \($0) HTTP/1.1\r\nHost: h\r\n\r\n" }.joined()
            )
            if isMadeLater { #expect(try await client.isSilent()) }
            gate.open()
            var answers: [String] = []
            for _ in 0..<5 { answers.append(try await client.receiveResponse().text) }
            #expect(answers == ["GET /slow", "GET /b", "GET /c", "GET /slow", "GET /d"])
        }
    }

    @Test("Thousands of requests waiting behind a slow one are all answered")
    func longPipeline() async throws {
        let gate = Gate()
        let responder = StubResponder { request in
            guard request.target.path == "/slow" else { return Reply(.now(.tape(.echo(request)))) }
            return Reply(
                .later {
                    await gate.wait()
                    return .tape(.echo(request))
                }
            )
        }
        try await PlaybackServer.run(responder) { server in
            let client = try server.connect()
            let count = 5000
            try await client.send("GET /slow HTTP/1.1\r\nHost: h\r\n\r\n")
            try await client.send(String(repeating: "GET / HTTP/1.1\r\nHost:h\r\n\r\n", count: count))
            await responder.asked()
            #expect(try await client.isSilent())
            gate.open()
            #expect(try await client.receiveResponse().text == "GET /slow")
            var answered = 0
            while answered < count, try await client.receiveResponse().text == "GET /" { answered += 1 }
            #expect(answered == count)
        }
    }

    @Test("A client that has closed its half still gets all its answers", arguments: ["now", "paced", "later", "live"])
    func halfClosed(kind: String) async throws {
        let gate = Gate()
        let responder = StubResponder { request in
            switch kind {
            case "paced":
                var tape = Tape.echo(request)
                tape.headGap = .milliseconds(30)
                return Reply(.now(.tape(tape)))
            case "later":
                return Reply(
                    .later {
                        await gate.wait()
                        return .tape(.echo(request))
                    }
                )
            case "live":
                let tape = Tape.echo(request)
                guard let head = tape.head else { return Reply(.now(.tape(tape))) }
                let (events, input) = AsyncStream.makeStream(of: LiveTape.Event.self)
                input.yield(.body(tape.body, .whole))
                input.yield(.end(.complete, trailers: [:]))
                input.finish()
                return Reply(.now(.live(LiveTape(head: head, events: events, origin: .server))))
            default:
                return Reply(.now(.tape(.echo(request))))
            }
        }
        try await PlaybackServer.run(responder) { server in
            let client = try server.connect()
            try await client.send(["/a", "/b", "/c"].map { "GET \($0) HTTP/1.1\r\nHost: h\r\n\r\n" }.joined())
            client.finishSending()
            if kind == "later" { #expect(try await client.isSilent()) }
            gate.open()
            var answers: [String] = []
            for _ in 0..<3 { answers.append(try await client.receiveResponse().text) }
            #expect(answers == ["GET /a", "GET /b", "GET /c"])
            let rest = try await client.receiveToEnd()
            #expect(rest.text.isEmpty)
            #expect(rest.end == .endOfFile)
        }
    }

    @Test("A client that closes its half in the middle of a request still gets the answers before it")
    func halfClosedInsideRequest() async throws {
        let responder = StubResponder { request in
            var tape = Tape.echo(request)
            tape.headGap = .milliseconds(30)
            return Reply(.now(.tape(tape)))
        }
        try await PlaybackServer.run(responder) { server in
            let client = try server.connect()
            try await client.send("GET /a HTTP/1.1\r\nHost: h\r\n\r\nGET /b HTTP/1.1\r\nHo")
            client.finishSending()
            #expect(try await client.receiveResponse().text == "GET /a")
            let rest = try await client.receiveToEnd()
            #expect(rest.text.isEmpty)
            #expect(rest.end == .endOfFile)
        }
    }

    @Test("After an answer that ends the connection, nobody is asked about the requests behind it")
    func nothingBehindTheEnd() async throws {
        for ending in [Ending.close, .reset, .stall] {
            let responder = StubResponder { request in
                var tape = Tape.sized("a", ending: ending)
                tape.headGap = .milliseconds(20)
                return Reply(.now(.tape(tape)))
            }
            try await PlaybackServer.run(responder) { server in
                let client = try server.connect()
                try await client.send(["/a", "/b", "/c"].map { "GET \($0) HTTP/1.1\r\nHost: h\r\n\r\n" }.joined())
                _ = try await client.receiveResponse()
                if ending == .stall {
                    #expect(try await client.isSilent())
                } else {
                    _ = try await client.receiveToEnd()
                }
                #expect(responder.requests.map(\.target.path) == ["/a"], "\(ending)")
            }
        }
    }
}
