internal import HTTPTypes
internal import NIOCore
internal import NIOPosix
internal import Playback
internal import Synchronization
package import Tapes

/// A server on a free port of the loopback interface, with an address for each case.
///
/// A client finds its case by the base URL it is given: `http://127.0.0.1:PORT/case-N/api/v1`. What it then appends is
/// its own business: everything that is a POST gets the case's tape.
final class FuzzServer: Sendable {
    /// What the clients of one case have done.
    struct Visit: Sendable {
        /// Requests for an answer.
        var requestCount = 0
        /// The last of them.
        var request: Request?
        /// Any other requests.
        var otherRequestCount = 0
    }

    fileprivate struct Entry {
        var answers: CaseAnswers
        var visit = Visit()
    }

    fileprivate final class Table: Sendable {
        let entries = Mutex<[Int: Entry]>([:])
    }

    private let channel: any Channel
    private let group: MultiThreadedEventLoopGroup
    private let table: Table
    private let counter = Atomic(0)
    let port: Int

    private init(_ channel: any Channel, _ group: MultiThreadedEventLoopGroup, _ table: Table, port: Int) {
        self.channel = channel
        self.group = group
        self.table = table
        self.port = port
    }

    /// - Throws: an error of NIO's when no port can be bound.
    static func start() async throws -> FuzzServer {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let table = Table()
        let channel = try await ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 256)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try PlaybackPipeline.configure(
                        channel,
                        configuration: PlaybackConfiguration(),
                        responder: CaseResponder(answer: { request in table.answer(request) })
                    )
                }
            }
            .bind(host: "127.0.0.1", port: 0)
            .get()
        return FuzzServer(channel, group, table, port: channel.localAddress?.port ?? 0)
    }

    func stop() async {
        try? await channel.close()
        try? await group.shutdownGracefully()
    }

    /// Makes a case answerable.
    ///
    /// - Returns: its number, to ``finish(_:)`` with.
    func begin(_ answers: CaseAnswers) -> Int {
        let number = counter.add(1, ordering: .relaxed).newValue
        table.entries.withLock { $0[number] = Entry(answers: answers) }
        return number
    }

    /// Forgets the case, and says what its client did.
    func finish(_ number: Int) -> Visit {
        table.entries.withLock { $0.removeValue(forKey: number)?.visit ?? Visit() }
    }

    func origin(of number: Int) -> String { "http://127.0.0.1:\(port)/case-\(number)" }
}

extension FuzzServer.Table {
    fileprivate func answer(_ request: Request) -> Answer {
        guard let number = request.caseNumber else { return .tape(.unknownCase) }
        guard request.method == .post else {
            entries.withLock { $0[number]?.visit.otherRequestCount += 1 }
            return .tape(.modelList)
        }
        let answer = entries.withLock { entries -> AlteredTape? in
            guard var entry = entries[number] else { return nil }
            entry.visit.requestCount += 1
            entry.visit.request = request
            entries[number] = entry
            return entry.answers.answer(call: entry.visit.requestCount, offersGzip: request.offersGzip)
        }
        return answer.map { .altered($0) } ?? .tape(.unknownCase)
    }
}

/// Answers by a closure; refuses what is no HTTP.
private struct CaseResponder: Responder {
    let answer: @Sendable (Request) -> Answer

    func respond(to request: Request, on eventLoop: any EventLoop) -> Reply {
        Reply(.now(answer(request)))
    }

    func refuse(_ refusal: Refusal) -> Tape {
        Tape(
            head: ResponseHead(status: .badRequest, fields: [.contentLength: "0", .connection: "close"]),
            origin: .server
        )
    }
}

extension Request {
    /// The number in the first segment of the path, `/case-7/…`.
    fileprivate var caseNumber: Int? {
        let segment = target.path.split(separator: "/").first ?? ""
        return segment.hasPrefix("case-") ? Int(segment.dropFirst(5)) : nil
    }

    /// Whether the client takes an answer that is compressed with gzip.
    package var offersGzip: Bool {
        fields[.acceptEncoding]?.lowercased().contains("gzip") == true
    }
}
