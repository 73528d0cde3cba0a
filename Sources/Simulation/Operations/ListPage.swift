internal import OpenRouterAPI

/// Which part of a listing is asked for (reference: platform §5, conventions).
struct ListPage: Sendable {
    private let offset: Int
    private let limit: Int

    /// - Throws: ``APIError`` 400 for a value that is no number, or out of range.
    init(_ items: [(name: String, value: String)]) throws(APIError) {
        let query = QueryReader(items: items)
        offset = try query.integer("offset", in: 0...Int.max) ?? 0
        limit = try query.integer("limit", in: 1...100) ?? 50
    }

    /// The page in its envelope.
    func answer<Element>(_ all: [Element], json: (Element) -> JSON) -> OperationAnswer {
        .json(["data": .array(all.dropFirst(offset).prefix(limit).map(json)), "total_count": .integer(all.count)])
    }
}
