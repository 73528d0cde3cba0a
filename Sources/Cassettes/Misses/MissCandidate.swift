internal import Foundation
internal import GRDB
internal import HTTPTypes
internal import NIOCore
internal import OpenRouterAPI
internal import Tapes

/// A recording as far as its columns tell, with how far it is from a request.
struct MissCandidate {
    /// Smaller is nearer; the parts weigh in this order.
    struct Distance: Comparable {
        var path: Int
        var method: Int
        var model: Int
        var messageCount: Int
        var byteCount: Int

        private var parts: [Int] { [path, method, model, messageCount, byteCount] }

        static func < (left: Distance, right: Distance) -> Bool {
            left.parts.lexicographicallyPrecedes(right.parts)
        }
    }

    var cassette: Cassette
    var id: Int64
    var fingerprint: Hash128
    var method: String
    var target: String
    var path: String
    var bodyID: Int64
    var byteCount: Int
    var distance: Distance
    /// The cassette's.
    var rules = MatchingRules.none

    /// Whether it is worth telling about: something else on the same path, or the same body elsewhere.
    var isSimilar: Bool { distance.path == 0 || distance.model == 0 }
}

/// What a request is compared by.
struct MissSubject {
    let request: Request
    let document: JSONDocument?
    let outline: RequestOutline
    let toolNames: Set<String>

    /// - Parameter request: A redacted one.
    init(_ request: Request) {
        self.request = request
        document = JSONDocument(bodyOf: request)
        outline = RequestOutline(document: document)
        toolNames = Self.toolNames(in: document)
    }

    /// Of all APIs: `tools[].function.name`, `tools[].name`, or the `type` of a tool of the provider's.
    private static func toolNames(in document: JSONDocument?) -> Set<String> {
        let tools = document?.root["tools"]?.elements.map { tool in
            (tool["function"]?["name"] ?? tool["name"] ?? tool["type"])?.string ?? ""
        }
        return Set(tools ?? [])
    }

    func distance(
        method: String,
        path: String,
        model: String?,
        messageCount: Int?,
        byteCount: Int
    ) -> MissCandidate.Distance {
        MissCandidate.Distance(
            path: path == request.target.path ? 0 : 1,
            method: method == request.method.rawValue ? 0 : 1,
            // No model on either side is no likeness.
            model: outline.model != nil && model == outline.model ? 0 : 1,
            messageCount: abs((messageCount ?? 0) - (outline.messageCount ?? 0)),
            byteCount: abs(byteCount - request.body.readableBytes)
        )
    }
}

extension Cassette {
    /// The request of a candidate, or nil if it cannot be read: a report is no place for other errors.
    func request(of candidate: MissCandidate) -> Request? {
        try? read { db in
            let sql = "SELECT request_fields FROM interaction WHERE id = ?"
            let fields = try Data.fetchOne(db, sql: sql, arguments: [candidate.id]).flatMap {
                FieldList.decode(Array($0))
            }
            guard let method = HTTPRequest.Method(candidate.method), let fields else {
                throw RecordDamage.fields("method")
            }
            let body = try body(candidate.bodyID, hash: nil, in: db)
            return Request(method: method, target: RequestTarget(candidate.target), fields: fields, body: body)
        }
    }

    /// How many recordings of a request there are of each completion.
    func completions(of fingerprint: Fingerprint) throws(CassetteError) -> [Interaction.Completion: Int] {
        let sql = "SELECT completion FROM interaction WHERE fingerprint = ?"
        let names = try read { try String.fetchAll($0, sql: sql, arguments: [Data(fingerprint.hash.bytes)]) }
        return Dictionary(
            names.compactMap { Interaction.Completion(rawValue: $0) }.map { ($0, 1) },
            uniquingKeysWith: +
        )
    }
}
