package import HTTPTypes
package import NIOCore

/// A whole request, as every source of answers sees it.
package struct Request: Sendable, Hashable {
    package var method: HTTPRequest.Method

    /// Where it goes: the part of the target before `?`, and after it.
    package var target: RequestTarget

    /// Header fields in the order and letter case in which they came.
    package var fields: HTTPFields {
        didSet { fieldNotes = nil }
    }

    /// Shared by the requests that come with the same fields; see ``noted(_:)``.
    package var fieldNotes: FieldNotes?

    /// The body without transfer and content coding.
    package var body: ByteBuffer

    package init(
        method: HTTPRequest.Method,
        target: RequestTarget,
        fields: HTTPFields = [:],
        body: ByteBuffer = ByteBuffer()
    ) {
        self.method = method
        self.target = target
        self.fields = fields
        self.body = body
    }
}

/// Notes are no part of what a request is.
extension Request {
    package static func == (left: Request, right: Request) -> Bool {
        left.method == right.method && left.target == right.target && left.fields == right.fields
            && left.body == right.body
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(method)
        hasher.combine(target)
        hasher.combine(fields)
        hasher.combine(body)
    }
}

extension Request {
    /// The token of `Authorization: Bearer …` (RFC 6750 §2.1); nil for another scheme and for an empty token.
    package var bearerToken: String? {
        fields[.authorization].flatMap(Self.bearerToken(in:))
    }

    /// The token of a value of `Authorization`, likewise.
    package static func bearerToken(in authorization: String) -> String? {
        guard let blank = authorization.utf8.firstIndex(of: UInt8(ascii: " ")),
            authorization[..<blank].utf8.elementsEqual("bearer".utf8, by: { $0 | 0x20 == $1 })
        else { return nil }
        let token = authorization[blank...].trimmingBlanks()
        return token.isEmpty ? nil : token
    }

    /// See ``HTTPFields/mediaType``.
    package var mediaType: String? { fields.mediaType }
}
