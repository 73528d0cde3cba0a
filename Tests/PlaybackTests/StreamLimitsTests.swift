internal import HTTPTypes
internal import NIOCore
internal import NIOHPACK
internal import NIOHTTP2
internal import Playback
internal import Tapes
internal import Testing

@Suite("Limits and ends of HTTP/2", .timeLimit(.minutes(2)))
struct StreamLimitsTests {
    private static func big(_ byteCount: Int, ending: Ending = .complete) -> Tape {
        .chunked([Frame(bytes: ByteBuffer(bytes: Tape.pattern(byteCount: byteCount)))], ending: ending)
    }

    @Test("A client's window is kept to, and its opening goes on with the answer")
    func backPressure() async throws {
        let observer = StubObserver()
        let responder = StubResponder.tape(Self.big(1 << 20), observer: observer)
        try await PlaybackServer.run(responder) { server in
            let client = try await StreamClient(port: server.port, windowByteCount: 40_000)
            try await client.request(1)
            #expect(await client.receiveSum(byteCount: 40_000) == ["1 200", "40000 bytes"])
            try await client.openWindow(0, by: 1 << 20)
            try await client.openWindow(1, by: 1 << 20)
            #expect(await client.receiveSum() == ["\((1 << 20) - 40_000) bytes", "1 end"])
        }
        let report = await observer.report()
        #expect(report?.outcome == .played)
        #expect(report?.byteCount == 1 << 20)
        #expect(report?.tapeByteCount == 1 << 20)
    }

    @Test("A stream that is full holds up no other", .timeLimit(.minutes(1)))
    func fullStream() async throws {
        let responder = StubResponder { request in
            Reply(.now(.tape(request.target.path == "/big" ? Self.big(1 << 20) : .echo(request))))
        }
        try await PlaybackServer.run(responder) { server in
            let client = try await StreamClient(port: server.port, windowByteCount: 10)
            try await client.request(1, "GET", "/big")
            #expect(await client.receive(count: 2).count == 2)
            try await client.request(3, "GET", "/b")
            #expect(await client.receive(count: 3) == ["3 200 content-length=6", "3 data GET /b", "3 end"])
        }
    }

    @Test("A client that resets its stream has left, with what it was sent by then; the connection goes on")
    func cancelled() async throws {
        let observer = StubObserver()
        let responder = StubResponder { request in
            guard request.target.path == "/big" else { return Reply(.now(.tape(.echo(request)))) }
            return Reply(.now(.tape(Self.big(1 << 20))), observer: observer)
        }
        try await PlaybackServer.run(responder) { server in
            let client = try await StreamClient(port: server.port, windowByteCount: 40_000)
            try await client.request(1, "GET", "/big")
            #expect(await client.receiveSum(byteCount: 40_000) == ["1 200", "40000 bytes"])
            try await client.reset(1)
            let report = try #require(await observer.report())
            #expect(report.outcome == .cancelled)
            // The window, and what waited behind it.
            #expect(report.byteCount >= 40_000 && report.byteCount <= 40_000 + 48 * 1024)
            try await client.request(3, "GET", "/b")
            #expect(await client.receive(until: "end").last == "3 end")
        }
    }

    @Test("A client that leaves while its answer is paced, silent or in the making is noticed at once")
    func leftEarly() async throws {
        let gate = Gate()
        let answers: [Reply.Content] = [
            .now(.tape(.chunked([Frame("a"), Frame(gap: .seconds(100), "b")]))),
            .now(.tape(.chunked([Frame("a")], ending: .stall))),
            .later {
                await gate.wait()
                return .tape(.sized("late"))
            },
        ]
        for (index, content) in answers.enumerated() {
            let observer = StubObserver()
            let responder = StubResponder { request in
                guard request.target.path == "/a" else { return Reply(.now(.tape(.echo(request)))) }
                return Reply(content, observer: observer)
            }
            try await PlaybackServer.run(responder) { server in
                let client = try await StreamClient(port: server.port)
                try await client.request(1)
                await responder.asked()
                if index < 2 { #expect(await client.receive(count: 2) == ["1 200", "1 data a"]) }
                try await client.reset(1)
                // The server has seen the reset when it answers what came after it.
                try await client.request(3, "GET", "/b")
                #expect(await client.receive(until: "end").last == "3 end")
                if index == 2 { gate.open() }
                let report = try #require(await observer.report())
                #expect(report.outcome == .cancelled)
                #expect(report.byteCount == (index < 2 ? 1 : 0))
            }
        }
    }

    @Test(
        "A connection that breaks, or whose client closes its half, leaves all its streams",
        arguments: [false, true]
    )
    func brokenConnection(isReset: Bool) async throws {
        let observer = StubObserver()
        let responder = StubResponder.tape(.chunked([Frame("a")], ending: .stall), observer: observer)
        try await PlaybackServer.run(responder) { server in
            let raw = try server.connect()
            try await raw.beginHTTP2()
            try await raw.request(streams: [1, 3])
            for _ in 1...2 { _ = try await raw.receiveFrame { $0.type == 0 } }
            if isReset { raw.reset() } else { raw.finishSending() }
            for _ in 1...2 {
                let report = await observer.report()
                #expect(report?.outcome == .cancelled)
                #expect(report?.byteCount == 1)
            }
            try await server.connectionIsClosed()
        }
    }

    @Test("A hundred streams of one connection are open side by side, and get each its own answer")
    func manyStreams() async throws {
        let gate = Gate()
        let responder = StubResponder { request in
            Reply(
                .later {
                    await gate.wait()
                    return .tape(.echo(request))
                }
            )
        }
        try await PlaybackServer.run(responder) { server in
            let client = try await StreamClient(port: server.port)
            for index in 0..<100 { try await client.request(2 * index + 1, "GET", "/\(index)") }
            // All have come, none is answered.
            await responder.asked(count: 100)
            gate.open()
            let lines = await client.receive(count: 300)
            for index in 0..<100 {
                let stream = 2 * index + 1
                let body = "GET /\(index)"
                let own = lines.filter { $0.hasPrefix("\(stream) ") }
                #expect(
                    own == ["\(stream) 200 content-length=\(body.count)", "\(stream) data \(body)", "\(stream) end"]
                )
            }
        }
    }

    @Test("Refusals are answered with their status, and the client need not send the rest")
    func refusals() async throws {
        var configuration = PlaybackConfiguration()
        configuration.bodyByteLimit = 10
        configuration.headByteLimit = 1000
        let large = String(repeating: "x", count: 1200)
        for (fields, body, endsStream, expected) in [
            ([("content-length", "11")], "1", false, ["1 413", "1 data over 10", "1 end", "1 reset NO_ERROR"]),
            ([], "12345678901", false, ["1 413", "1 data over 10", "1 end", "1 reset NO_ERROR"]),
            ([("x", large)], nil, true, ["1 431", "1 data head", "1 end"]),
            ([], "12", false, ["1 408", "1 data timeout", "1 end", "1 reset NO_ERROR"]),
            (
                [("content-length", "5")], "123", true,
                ["1 400", "1 data the body has 3 bytes, Content-Length says 5", "1 end"]
            ),
        ] as [([(String, String)], String?, Bool, [String])] {
            configuration.bodyTimeout = expected[0] == "1 408" ? .milliseconds(30) : .seconds(60)
            try await PlaybackServer.run(configuration: configuration) { server in
                let client = try await StreamClient(port: server.port)
                try await client.request(1, "POST", "/a", fields, body: body, endsStream: endsStream)
                let lines = await client.receive(count: expected.count)
                #expect(lines.map { $0.contains(" content-length") ? String($0.prefix(5)) : $0 } == expected)
            }
        }
    }

    @Test("Illegal fields end their stream only")
    func illegalFields() async throws {
        try await PlaybackServer.run { server in
            let client = try await StreamClient(port: server.port)
            try await client.request(1, "GET", "/a", [("connection", "close")])
            #expect(await client.receive(count: 1) == ["1 reset PROTOCOL_ERROR"])
            try await client.request(3)
            #expect(await client.receive(until: "end").last == "3 end")
        }
    }

    @Test("Streams beyond the limit end the connection once the client knows the limit")
    func streamLimit() async throws {
        var configuration = PlaybackConfiguration()
        configuration.streamLimit = 2
        let responder = StubResponder.tape(.chunked([Frame("a")], ending: .stall))
        try await PlaybackServer.run(responder, configuration: configuration) { server in
            let raw = try server.connect()
            try await raw.beginHTTP2()
            try await raw.request(streams: [1, 3, 5])
            let (frames, end) = try await raw.receiveFramesToEnd()
            #expect(frames.last?.type == 7)
            #expect(frames.last?.payload.suffix(4) == [0, 0, 0, 1])
            #expect(end == .endOfFile)
            #expect(responder.requests.count == 2)
        }
    }

    @Test("Rapid resets and floods of pings end the connection (CVE-2023-44487)")
    func floods() async throws {
        var configuration = PlaybackConfiguration()
        configuration.streamResetLimit = 20
        configuration.controlFrameLimit = 20
        let tape = Tape.chunked([Frame("a")], ending: .stall)
        try await PlaybackServer.run(StubResponder.tape(tape), configuration: configuration) { server in
            let client = try await StreamClient(port: server.port)
            for index in 0..<30 {
                guard (try? await client.request(2 * index + 1)) != nil else { break }
                try? await client.reset(2 * index + 1)
            }
            let lines = await client.receive(until: "closed")
            #expect(lines.contains("goaway ENHANCE_YOUR_CALM"), "\(lines)")
            #expect(lines.last == "closed", "\(lines)")
        }
        try await PlaybackServer.run(configuration: configuration) { server in
            let client = try await StreamClient(port: server.port)
            for _ in 0..<30 { try? await client.send(0, .ping(HTTP2PingData(withInteger: 1), ack: false)) }
            let lines = await client.receive(until: "closed")
            #expect(lines == ["goaway ENHANCE_YOUR_CALM", "closed"])
        }
    }

    @Test("What is no frame ends the connection")
    func brokenFraming() async throws {
        try await PlaybackServer.run { server in
            let raw = try server.connect()
            try await raw.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\nGET / HTTP/1.1\r\n\r\n")
            let frame = try await raw.receiveFrame { $0.type == 7 }
            #expect(frame.payload.suffix(4) != [0, 0, 0, 0])
            #expect(try await raw.receiveToEnd().end == .endOfFile)
        }
    }

    @Test("A connection without streams is closed when idle, also one that never had any", arguments: [false, true])
    func idle(isUsed: Bool) async throws {
        var configuration = PlaybackConfiguration()
        // A client on a busy machine takes its time: to its request, and below to acknowledge.
        configuration.idleTimeout = isUsed ? .seconds(15) : .seconds(2)
        configuration.lingerLimit = .seconds(60)
        try await PlaybackServer.run(configuration: configuration) { server in
            let client = try await StreamClient(port: server.port)
            if isUsed {
                try await client.request(1)
                #expect(await client.receive(until: "end").last == "1 end")
            }
            // A friendly goodbye, in two steps as the client hears the first.
            let lines = await client.receive(until: "closed")
            #expect(lines == ["goaway NO_ERROR", "goaway NO_ERROR", "closed"])
        }
    }

    @Test("A client that does not acknowledge a goodbye is left after a while")
    func silentGoodbye() async throws {
        var configuration = PlaybackConfiguration()
        configuration.lingerLimit = .milliseconds(50)
        try await PlaybackServer.run(configuration: configuration) { server in
            let raw = try server.connect()
            try await raw.beginHTTP2()
            try await raw.request(streams: [1])
            _ = try await raw.receiveFrame { $0.stream == 1 && $0.flags & 1 == 1 }
            await server.drain()
            let (frames, end) = try await raw.receiveFramesToEnd()
            let goodbyes = frames.filter { $0.type == 7 }
            #expect(goodbyes.count == 1)
            #expect(goodbyes.first?.payload.suffix(4) == [0, 0, 0, 0])
            #expect(end == .endOfFile)
            try await server.connectionIsClosed()
        }
    }

    @Test("What a client had sent before it heard the goodbye is no error")
    func lateFrames() async throws {
        try await PlaybackServer.run { server in
            let raw = try server.connect()
            try await raw.beginHTTP2()
            try await raw.request(streams: [1])
            _ = try await raw.receiveFrame { $0.stream == 1 && $0.flags & 1 == 1 }
            await server.drain()
            _ = try await raw.receiveFrame { $0.type == 7 }
            // WINDOW_UPDATE of the connection.
            try await raw.send(bytes: [0, 0, 4, 8, 0, 0, 0, 0, 0, 0, 0, 0, 9])
            let (frames, end) = try await raw.receiveFramesToEnd()
            // The last stream that was answered, no error.
            let goodbyes = frames.filter { $0.type == 7 }
            #expect(goodbyes.count == 1)
            #expect(goodbyes.first?.payload == [0, 0, 0, 1, 0, 0, 0, 0])
            #expect(end == .endOfFile)
        }
    }

    @Test("A preface that does not go on is answered as an unfinished head is")
    func slowPreface() async throws {
        var configuration = PlaybackConfiguration()
        configuration.headTimeout = .milliseconds(40)
        try await PlaybackServer.run(configuration: configuration) { server in
            let raw = try server.connect()
            try await raw.send("PRI * HTT")
            #expect(try await raw.receiveResponse().status == 408)
        }
    }

    @Test("Draining says GOAWAY, plays what is under way, ends silence, and closes")
    func drain() async throws {
        let gate = Gate()
        let responder = StubResponder { request in
            guard request.target.path != "/stall" else {
                return Reply(.now(.tape(.chunked([Frame("s")], ending: .stall))))
            }
            return Reply(
                .later {
                    await gate.wait()
                    return .tape(.chunked([Frame("a"), Frame(gap: .milliseconds(1), "b")]))
                }
            )
        }
        try await PlaybackServer.run(responder) { server in
            let client = try await StreamClient(port: server.port)
            try await client.request(1, "GET", "/stall")
            #expect(await client.receive(count: 2) == ["1 200", "1 data s"])
            try await client.request(3)
            await responder.asked(count: 2)
            await server.drain()
            #expect(Set(await client.receive(count: 2)) == ["1 reset CANCEL", "goaway NO_ERROR"])
            gate.open()
            let lines = await client.receive(until: "closed")
            #expect(lines.filter { $0.hasPrefix("3") } == ["3 200", "3 data a", "3 data b", "3 end"])
            #expect(lines.filter { $0.hasPrefix("goaway") } == ["goaway NO_ERROR"])
            #expect(lines.last == "closed")
        }
    }
}
