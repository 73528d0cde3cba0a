internal import OpenRouterAPI
internal import Tapes

/// Which page of the files is asked for (reference: platform §5.9).
struct FilesQuery {
    struct Page {
        var files: [StoredFile]
        var hasMore: Bool
        /// For the next page; nil on the last.
        var cursor: String?
    }

    /// Where no limit is asked for; our own choice.
    private static let defaultLimit = 100

    private let limit: Int
    /// The name of the parameter and the id of the file before the page; nil for the first page.
    private let start: (parameter: String, id: String)?

    /// - Throws: ``APIError`` 400 naming the parameter.
    init(_ target: RequestTarget) throws(APIError) {
        if let order = target.queryValue("order"), order != "asc" {
            throw .invalidField("order", expected: "asc, as this storage has no other order", found: Self.quoted(order))
        }
        if let id = target.queryValue("before_id") {
            throw .invalidField("before_id", expected: "nothing; this storage pages forward", found: Self.quoted(id))
        }
        if let text = target.queryValue("limit") {
            guard let limit = Int(text), (1...1000).contains(limit) else {
                throw .invalidField("limit", expected: "an integer from 1 to 1000", found: Self.quoted(text))
            }
            self.limit = limit
        } else {
            limit = Self.defaultLimit
        }
        var starts: [(parameter: String, id: String)] = []
        for parameter in ["cursor", "after", "after_id"] {
            guard let value = target.queryValue(parameter) else { continue }
            guard let id = parameter == "cursor" ? Self.id(inCursor: value) : value else {
                throw .invalidField("cursor", expected: "the cursor of a previous page", found: Self.quoted(value))
            }
            starts.append((parameter, id))
        }
        guard starts.count <= 1 else {
            throw .invalidField(starts[1].parameter, expected: "one cursor", found: "\(starts.count)")
        }
        start = starts.first
    }

    /// - Parameter files: all of the account's, the oldest first.
    /// - Returns: the page that was asked for.
    /// - Throws: ``APIError`` 400 for a cursor that points at none of them.
    func page(of files: [StoredFile]) throws(APIError) -> Page {
        var rest = files[...]
        if let start {
            guard let index = files.firstIndex(where: { $0.id == start.id }) else {
                throw .invalidField(start.parameter, expected: "the id of a file", found: Self.quoted(start.id))
            }
            rest = files[(index + 1)...]
        }
        let page = Array(rest.prefix(limit))
        let hasMore = rest.count > limit
        return Page(files: page, hasMore: hasMore, cursor: hasMore ? page.last.map { Self.cursor(after: $0.id) } : nil)
    }

    /// Base64 of `{"cursor": id}`, as in the schema's example.
    private static func cursor(after id: String) -> String {
        Base64.encoded(JSON.object(["cursor": .string(id)]).serialized())
    }

    private static func id(inCursor text: String) -> String? {
        Base64.decoded(text).flatMap { try? JSONDocument(parsing: $0) }?.root["cursor"]?.string
    }

    private static func quoted(_ text: String) -> String {
        JSON.string(text).text
    }
}
