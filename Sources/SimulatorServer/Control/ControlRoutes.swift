internal import Cassettes
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import OpenRouterAPI
internal import Simulation
internal import Tapes

/// The endpoints of the control API.
struct ControlRoutes: Sendable {
    let world: World
    let metrics: Metrics
    let status: ServerStatus
    let redactor: Redactor

    func add(to group: RouterGroup<ControlContext>) {
        group.get("health") { _, _ in json(["status": "ok"]) }
        group.get("ready") { _, _ in json(status.json(endpoints: Self.endpoints)) }
        group.get("journal") { request, _ in
            json(journal(limit: request.uri.queryParameters["limit"].flatMap { Int($0) }))
        }
        group.get("misses") { _, _ in json(misses) }
        group.get("metrics") { _, _ in
            Response(
                status: .ok,
                headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: metrics.text))
            )
        }
        group.post("reset") { _, _ in json(reset()) }
    }

    private static let endpoints = [
        "GET /_sim/health", "GET /_sim/ready", "GET /_sim/journal", "GET /_sim/misses", "GET /_sim/metrics",
        "POST /_sim/reset",
    ]

    private func json(_ json: JSON) -> Response {
        Response(
            status: .ok,
            headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: json.serialized()))
        )
    }

    /// - Parameter limit: the latest so many entries; nil for all that are kept.
    /// - Returns: the answer's body.
    private func journal(limit: Int?) -> JSON {
        let entries = world.journal.entries
        let shown = limit.map { entries.suffix(max(0, $0)) } ?? entries[...]
        return [
            "world": .string(world.name), "entries": .array(shown.map { $0.json(redactor) }),
            "total": .integer(entries.count),
        ]
    }

    private var misses: JSON {
        let missed = world.journal.entries.filter { $0.miss != nil }
        return [
            "world": .string(world.name), "count": .integer(missed.count),
            "misses": .array(missed.map { $0.json(redactor) }),
        ]
    }

    private func reset() -> JSON {
        let summary = world.reset()
        return [
            "world": .string(world.name),
            "reset": [
                "accounts": .integer(summary.accounts),
                "generations": .integer(summary.generations),
                "journal_entries": .integer(summary.journalEntries),
                "recording_cursors": .integer(summary.recordingCursors),
            ],
        ]
    }
}
