internal import HTTPTypes
internal import NIOCore
package import OpenRouterAPI
package import Simulation
package import Tapes

/// A request that is over, with what a log says of it.
package struct LoggedRequest: Sendable, Hashable {
    package var method: String
    /// As the client wrote it, without the query.
    package var path: String
    package var world = "main"
    /// As answered, or else as asked for; nil where no model is involved.
    package var model: String?
    /// Nil for what ends before any head.
    package var status: Int?
    /// Nil when the client left before there was an answer.
    package var origin: Origin?
    /// The scenario's rule, as `name:line`.
    package var rule: String?
    /// How the answer was to end.
    package var ending: Ending?
    /// How playing it ended: `played`, `cancelled` and others; nil for what was not played through.
    package var outcome: String?
    /// From the end of the request to the first and the last byte.
    package var firstByte: Duration?
    package var duration: Duration?
    package var byteCount = 0
    package var isMiss = false
    package var generationID: String?
    package var usage: TokenUsage?
    package var cost: USD?

    package init(method: String, path: String) {
        self.method = method
        self.path = path
    }
}

extension LoggedRequest {
    /// - Parameters:
    ///   - entry: the journal's, played.
    ///   - world: whose journal that is.
    init(_ entry: Journal.Entry, in world: World) {
        self.init(method: entry.request.method.rawValue, path: entry.request.target.path)
        self.world = world.name
        model = entry.model ?? entry.modelAskedFor
        status = entry.status
        origin = entry.origin
        rule = entry.rule
        ending = entry.ending
        outcome = entry.played?.outcome
        firstByte = entry.played?.sends.first?.at
        duration = entry.played?.duration
        byteCount = entry.played?.sends.reduce(0) { $0 + $1.byteCount } ?? 0
        isMiss = entry.miss != nil
        generationID = entry.generationID
        guard let record = entry.generationID.flatMap(world.generation(id:)) else { return }
        usage = record.usage
        cost = record.cost
    }
}

extension Journal.Entry {
    /// Nil for a body that names none or is not kept whole.
    fileprivate var modelAskedFor: String? {
        let body = request.body.readableBytesView
        guard body.first == UInt8(ascii: "{"), body.count == bodyByteCount else { return nil }
        return (try? JSONDocument(parsing: body))?.root["model"]?.string
    }
}
