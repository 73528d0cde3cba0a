internal import Cassettes
internal import HTTPTypes
internal import NIOCore
internal import OpenRouterAPI
internal import Playback
internal import Simulation
internal import Tapes

/// The journal: what was received and what was played.
enum JournalControl {
    static let operations: [ControlOperation] = [
        listOperation,
        ControlOperation(
            method: .get,
            path: "/journal/{id}",
            summary: "One entry, with what was answered.",
            query: [.world],
            respond: show
        ),
        ControlOperation(
            method: .delete,
            path: "/journal",
            summary: "Forgets the entries of a world.",
            query: [.world],
            respond: clear
        ),
        ControlOperation(
            method: .get,
            path: "/misses",
            summary: "The requests that no recording answered, each with its explanation.",
            query: [.world],
            respond: misses
        ),
    ]

    static let listOperation = ControlOperation(
        method: .get,
        path: "/journal",
        summary: "The entries of a world, oldest first; with follow=1 as an event stream that goes on.",
        query: [
            .world,
            ControlOperation.Parameter(
                name: "limit",
                summary: "The latest so many.",
                schema: ["type": "integer", "minimum": 0]
            ),
            ControlOperation.Parameter(
                name: "after",
                summary: "Those with a greater id.",
                schema: ["type": "integer", "minimum": 0]
            ),
            ControlOperation.Parameter(name: "method", summary: "Of this method."),
            ControlOperation.Parameter(name: "path", summary: "Whose path begins so."),
            ControlOperation.Parameter(name: "model", summary: "Answered by this model, or asked for it."),
            ControlOperation.Parameter(name: "status", summary: "With this status, or a class such as 4xx."),
            ControlOperation.Parameter(
                name: "origin",
                summary: "Answered by it: \(Origin.Kind.allCases.map(\.rawValue).joined(separator: ", "))."
            ),
            ControlOperation.Parameter(name: "rule", summary: "For which a rule of this scenario matched."),
            ControlOperation.Parameter(
                name: "outcome",
                summary: "Played so: \(PlaybackReport.Outcome.allCases.map(\.rawValue).joined(separator: ", "))."
            ),
            ControlOperation.Parameter(name: "miss", summary: "Whether only misses are meant."),
            ControlOperation.Parameter(name: "follow", summary: "Whether to go on as an event stream."),
            ControlOperation.Parameter(
                name: "brief",
                summary: "Whether header fields, bodies and single sends are left out."
            ),
        ],
        respond: list
    )

    private static func list(_ call: ControlCall) throws(APIError) -> ControlAnswer {
        let world = try call.world().world
        let filter = try JournalFilter(call)
        let limit = try call.queryCount("limit")
        let listing = JournalListing(world, call.services.redactor)
        let matching = listing.entries.filter(filter.matches)
        let shown = limit.map { matching.suffix($0) } ?? matching[...]
        let detail: Journal.Entry.Detail = call.queryFlag("brief") ? .brief : .usual
        return .json([
            "world": .string(world.name),
            "entries": .array(shown.map { listing.json($0, detail) }),
            "total": .integer(world.journal.total),
        ])
    }

    private static func show(_ call: ControlCall) throws(APIError) -> ControlAnswer {
        let world = try call.world().world
        let listing = JournalListing(world, call.services.redactor)
        let id = call.parameter("id")
        guard let entry = listing.entries.first(where: { String($0.id) == id }) else {
            throw APIError(status: 404, message: "The journal of world '\(world.name)' has no entry \(id)")
        }
        return .json(listing.json(entry, .full))
    }

    private static func clear(_ call: ControlCall) throws(APIError) -> ControlAnswer {
        .json(["forgotten": .integer(try call.world().world.journal.clear())])
    }

    private static func misses(_ call: ControlCall) throws(APIError) -> ControlAnswer {
        let world = try call.world().world
        let listing = JournalListing(world, call.services.redactor)
        let missed = listing.entries.filter { $0.miss != nil }
        return .json([
            "world": .string(world.name), "count": .integer(missed.count),
            "misses": .array(missed.map { listing.json($0, .usual) }),
        ])
    }
}

/// Which entries of a journal are asked for.
struct JournalFilter: Sendable {
    private var after: Int?
    private var texts: [String: String] = [:]
    private var isMiss: Bool

    /// - Throws: ``APIError`` 400 for what no entry can have.
    init(_ call: ControlCall) throws(APIError) {
        after = try call.queryCount("after")
        isMiss = call.queryFlag("miss")
        for name in ["method", "path", "model", "status", "origin", "rule", "outcome"] {
            texts[name] = call.query(name)
        }
        if let status = texts["status"], status.wholeMatch(of: /[1-5](?:xx|[0-9]{2})/) == nil {
            throw Self.invalid("status", expected: "a status such as 429, or a class such as 4xx", status)
        }
        try check("origin", among: Origin.Kind.allCases)
        try check("outcome", among: PlaybackReport.Outcome.allCases)
    }

    private func check(_ name: String, among words: [some RawRepresentable<String>]) throws(APIError) {
        guard let text = texts[name], !words.contains(where: { $0.rawValue == text }) else { return }
        throw Self.invalid(name, expected: "one of \(words.map(\.rawValue).joined(separator: ", "))", text)
    }

    private static func invalid(_ name: String, expected: String, _ text: String) -> APIError {
        .invalidField(name, expected: expected, found: JSON.string(text).text)
    }

    func matches(_ entry: Journal.Entry) -> Bool {
        if let after, entry.id <= after { return false }
        if isMiss, entry.miss == nil { return false }
        return texts.allSatisfy { name, text in
            switch name {
            case "method": entry.request.method.rawValue == text.uppercased()
            case "path": entry.request.target.path.hasPrefix(text)
            case "model": entry.model == text || entry.requestedModel == text
            case "status": entry.status.map { "\($0)" == text || "\($0 / 100)xx" == text } ?? false
            case "origin": entry.origin?.kind.rawValue == text
            case "rule": entry.rule.map { $0 == text || $0.hasPrefix(text + ":") } ?? false
            default: entry.played?.outcome == text
            }
        }
    }
}

extension Journal.Entry {
    /// Also known where no model answers, as where a scenario refuses; nil for a body without one.
    fileprivate var requestedModel: String? {
        (try? JSONDocument(parsing: request.body.readableBytesView).root)?["model"]?.string
    }
}

/// The entries of a journal as they are shown.
struct JournalListing: Sendable {
    let entries: [Journal.Entry]
    private let retries: [Int: JournalRetry]
    private let isFixed: Bool
    private let redactor: Redactor

    init(_ world: World, _ redactor: Redactor) {
        self.redactor = redactor
        entries = world.journal.entries
        retries = JournalRetry.all(in: entries)
        isFixed = world.clock.isFixed
    }

    /// Where the clock stands still, times are those that the answer wanted, so that two runs agree.
    func json(_ entry: Journal.Entry, _ detail: Journal.Entry.Detail) -> JSON {
        entry.json(redactor, detail, retry: retries[entry.id], isPlanned: isFixed)
    }
}
