import HTTPTypes
import Logging
import NIOCore
import OpenRouterAPI
import Simulation
import Tapes
import TestSupport
import Testing

@testable import SimulatorServer

/// Traces as a program on this machine receives them.
@Suite("Broadcast", .timeLimit(.minutes(1)))
struct BroadcastTests {
    @Test("A webhook and a collector on this machine get a connection test and then the trace of each generation")
    func delivery() async throws {
        let (requests, input) = AsyncStream.makeStream(of: RawConnection.ReceivedRequest.self)
        let receiver = try RawServer { connection in
            while let request = connection.receiveRequest() {
                input.yield(request)
                connection.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
            }
        }
        defer { receiver.stop() }
        let world = World(clock: .fixed(1_790_000_000_000_000), systemTime: { 0 })
        let simulator = Simulator()
        func call(_ path: String, _ body: String) -> Simulator.Answered {
            let request = Request(
                method: .post,
                target: RequestTarget("/api/v1" + path),
                fields: [.authorization: "Bearer sk-or-v1-test"],
                body: ByteBuffer(string: body)
            )
            return simulator.answer(request, in: world)
        }
        let address = "http://127.0.0.1:\(receiver.port)"
        for config in [
            #""type":"webhook","config":{"url":"\#(address)/hook?a=1","method":"PUT","headers":{"X-Key":"s"}}"#,
            #""type":"otel-collector","config":{"endpoint":"\#(address)"}"#,
        ] {
            #expect(call("/observability/destinations", #"{"name":"a",\#(config)}"#).tape.head?.status.code == 201)
        }

        let service = CallbackService(worlds: { [world] }, logger: Logger(label: "test"))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await service.run() }
            var received = requests.makeAsyncIterator()
            var tests: [RawConnection.ReceivedRequest] = []
            for _ in 0..<2 { tests.append(try #require(await received.next())) }
            #expect(Set(tests.map(\.path)) == ["/hook?a=1", "/v1/traces"])
            for test in tests {
                #expect(test.head.lowercased().contains("x-test-connection: true\r\n"))
                #expect(test.bodyText == #"{"resourceSpans":[]}"#)
            }

            let body = #"{"model":"openai/gpt-4o-mini","messages":[{"role":"user","content":"Hi"}]}"#
            let id = try #require(call("/chat/completions", body).generationID)
            var traces: [RawConnection.ReceivedRequest] = []
            for _ in 0..<2 { traces.append(try #require(await received.next())) }
            let hook = try #require(traces.first { $0.path == "/hook?a=1" })
            #expect(hook.head.hasPrefix("PUT "))
            #expect(hook.head.lowercased().contains("content-type: application/json\r\n"))
            #expect(hook.head.contains("X-Key: s\r\n"))
            #expect(!hook.head.lowercased().contains("x-test-connection"))
            let collector = try #require(traces.first { $0.path == "/v1/traces" })
            #expect(collector.head.hasPrefix("POST "))
            #expect(collector.body == hook.body)
            let span = try JSONDocument(parsing: hook.body).root["resourceSpans"]?[0]?["scopeSpans"]?[0]?["spans"]?[0]
            let answerID = span?["attributes"]?.elements.first { $0["key"]?.string == "gen_ai.response.id" }
            #expect(answerID?["value"]?["stringValue"]?.string == id)
            group.cancelAll()
        }
    }

    @Test(
        "A connection test is sent once, and a client that refuses its empty body is there too",
        arguments: [400, 500]
    )
    func connectionTest(status: Int) async throws {
        var callback = Callback(url: try #require(AbsoluteURL("http://127.0.0.1:9/")), fields: [:], body: [])
        callback.isConnectionTest = true
        let world = World(clock: .fixed(0), systemTime: { 0 })
        let service = CallbackService(worlds: { [world] }, logger: Logger(label: "test"), pauses: [.zero, .zero])
        await confirmation { sent in
            await service.deliver(callback) { _ in
                sent()
                return status
            }
        }
    }
}
