import HTTPTypes
import Logging
import NIOCore
import Synchronization
import Tapes
import TestSupport
import Testing

@testable import Recording

/// The recorder against an upstream by hand, with a sink in memory.
@Suite("Recorder")
struct RecorderTests {
    /// Keeps what it is given, in the order of the calls.
    final class MemorySink: InteractionSink {
        private let stored = Mutex<[(interaction: Interaction, replacing: Int64?)]>([])

        var calls: [(interaction: Interaction, replacing: Int64?)] { stored.withLock { $0 } }

        func store(_ interaction: Interaction, replacing earlier: Int64?) async throws -> Int64 {
            stored.withLock { calls in
                calls.append((interaction, earlier))
                return earlier ?? Int64(calls.count)
            }
        }
    }

    /// A client that leaves when it has seen a text; nil never leaves.
    final class Client: LiveStage {
        private let received = Mutex(ByteBuffer())
        private let leavesAfter: String?
        private let onReceive: @Sendable (String, Frame.Chunk) -> Void

        init(leavesAfter: String? = nil, onReceive: @escaping @Sendable (String, Frame.Chunk) -> Void = { _, _ in }) {
            self.leavesAfter = leavesAfter
            self.onReceive = onReceive
        }

        var text: String { received.withLock { String(buffer: $0) } }

        func send(_ bytes: ByteBuffer, _ chunk: Frame.Chunk) async throws(ClientGoneError) {
            received.withLock { _ = $0.writeImmutableBuffer(bytes) }
            onReceive(text, chunk)
            if let leavesAfter, text.contains(leavesAfter) { throw ClientGoneError() }
        }

        func end(_ ending: Ending, trailers: HTTPFields) async {}
    }

    /// Runs a body with a recorder whose upstream is handled as given.
    private func withRecorder(
        _ handle: @escaping @Sendable (RawConnection) -> Void,
        _ body: (Recorder, MemorySink) async throws -> Void
    ) async throws {
        let server = try RawServer { client in
            while client.receiveRequest() != nil { handle(client) }
        }
        let upstream = try Upstream(UpstreamConfiguration(url: "http://127.0.0.1:\(server.port)/api/v1"))
        let sink = MemorySink()
        let recorder = Recorder(
            upstream: upstream,
            sink: sink,
            microsecondsSince1970: { 1_000_000 },
            logger: Logger(label: "test")
        )
        try await body(recorder, sink)
        try await upstream.shutdown()
    }

    private let request = Request(
        method: .post,
        target: RequestTarget("/api/v1/chat/completions"),
        fields: [.authorization: "Bearer secret", .connection: "close", .expect: "100-continue"],
        body: ByteBuffer(string: "{}")
    )

    @Test("stores a stream with its marker before the client has it, and again at its end")
    func storesBeforePassingOn() async throws {
        try await withRecorder { client in
            client.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n")
            for event in ["data: a\n\n", "data: [DONE]\n\n"] {
                client.send("\(String(event.utf8.count, radix: 16))\r\n\(event)\r\n")
                client.pause(milliseconds: 5)
            }
            client.send("0\r\n\r\n")
        } _: { recorder, sink in
            let live = try await recorder.answer(request)
            #expect(live.head.status.code == 200)
            let client = Client { text, chunk in
                #expect(chunk == .whole)
                // What completes the answer is stored by the time it gets here.
                if text.contains("[DONE]") { #expect(!sink.calls.isEmpty) }
            }
            await live.play(client)
            #expect(client.text == "data: a\n\ndata: [DONE]\n\n")
            let calls = sink.calls
            #expect(calls.count == 2)
            #expect(calls.last?.replacing == 1)
            #expect(calls.last?.interaction.tape.ending == .complete)
            #expect(calls.last?.interaction.completion == .finished)
            #expect(calls.last?.interaction.tape.frames.count == 2)
        }
    }

    @Test("keeps what came until the client left, marked so")
    func clientLeaves() async throws {
        try await withRecorder { client in
            client.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n")
            client.send("9\r\ndata: a\n\n\r\n")
            // Stays open until the recorder, whose client has left, closes.
            _ = client.receive()
        } _: { recorder, sink in
            try await recorder.answer(request).play(Client(leavesAfter: "data: a"))
            #expect(sink.calls.first?.interaction.completion == .clientLeft)
            #expect(sink.calls.first?.interaction.tape.body == ByteBuffer(string: "data: a\n\n"))
        }
    }

    @Test("takes a stream that the client closes after its marker for whole")
    func clientLeavesAfterMarker() async throws {
        try await withRecorder { client in
            client.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n")
            client.send("e\r\ndata: [DONE]\n\n\r\n")
            _ = client.receive()
        } _: { recorder, sink in
            try await recorder.answer(request).play(Client(leavesAfter: "[DONE]"))
            #expect(sink.calls.last?.interaction.completion == .finished)
            #expect(sink.calls.last?.interaction.tape.ending == .complete)
        }
    }

    @Test("stores nothing when the upstream gives no answer")
    func noAnswer() async throws {
        try await withRecorder { client in
            client.resetOnClose()
            client.finishSending()
        } _: { recorder, sink in
            await #expect(throws: UpstreamFailure.self) { try await recorder.answer(request) }
            #expect(sink.calls.isEmpty)
        }
    }
}
