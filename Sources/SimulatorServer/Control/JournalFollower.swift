internal import Cassettes
internal import HTTPTypes
internal import NIOCore
internal import OpenRouterAPI
internal import ServerSentEvents
internal import Simulation
internal import Tapes

/// The journal as an event stream: what is there already, then each entry once it was received and again once it was
/// played.
///
/// An event is `received` or `played`, its id the entry's, its data the entry.
struct JournalFollower: Sendable {
    let world: World
    let filter: JournalFilter
    let redactor: Redactor
    let detail: Journal.Entry.Detail

    var answer: Answer {
        .live(
            LiveTape(
                head: ResponseHead(
                    status: HTTPResponse.Status(registered: 200),
                    fields: [
                        .contentType: "text/event-stream", .cacheControl: "no-store", .transferEncoding: "chunked",
                    ]
                ),
                origin: .control
            ) { await play(on: $0) }
        )
    }

    private func play(on stage: any LiveStage) async {
        let (earlier, changes) = world.journal.follow()
        do throws(ClientGoneError) {
            for entry in earlier where filter.matches(entry) { try await send(entry, on: stage) }
            for await entry in changes where filter.matches(entry) { try await send(entry, on: stage) }
            await stage.end(.complete, trailers: [:])
        } catch {
            await stage.end(.close, trailers: [:])
        }
    }

    private func send(_ entry: Journal.Entry, on stage: any LiveStage) async throws(ClientGoneError) {
        let json = entry.json(redactor, detail, retry: nil, isPlanned: world.clock.isFixed)
        var bytes: [UInt8] = Array("id: \(entry.id)\n".utf8)
        EventStreamEncoder().event(entry.played == nil ? "received" : "played", data: json.serialized(), into: &bytes)
        try await stage.send(ByteBuffer(bytes: bytes), .whole)
    }
}
