internal import HTTPTypes
internal import NIOCore
internal import Tapes

extension Request {
    static let mockKey = "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"

    /// A request whose `path` is below `/api/v1`, with the query.
    static func make(
        _ method: HTTPRequest.Method,
        _ path: String,
        body: String = "",
        key: String? = mockKey,
        fields: HTTPFields = [:]
    ) -> Request {
        var all = fields
        if let key { all[.authorization] = "Bearer \(key)" }
        return Request(
            method: method,
            target: RequestTarget("/api/v1" + path),
            fields: all,
            body: ByteBuffer(string: body)
        )
    }

    static func get(_ path: String, key: String? = mockKey, fields: HTTPFields = [:]) -> Request {
        make(.get, path, key: key, fields: fields)
    }

    static func chat(_ body: String, key: String? = mockKey, fields: HTTPFields = [:]) -> Request {
        make(.post, "/chat/completions", body: body, key: key, fields: fields)
    }

    static func completion(_ body: String, key: String? = mockKey) -> Request {
        make(.post, "/completions", body: body, key: key)
    }
}
