package import HTTPTypes

extension HTTPResponse.Status {
    /// The registered reason phrase, or nothing where none is registered.
    package static func phrase(for code: Int) -> String {
        registeredPhrases[code] ?? ""
    }

    /// The status with its registered reason phrase; 524 and 529 are known from Cloudflare and Anthropic.
    package init(registered code: Int) {
        self.init(code: code, reasonPhrase: Self.phrase(for: code))
    }

    private static let registeredPhrases: [Int: String] = [
        100: "Continue", 103: "Early Hints",
        200: "OK", 201: "Created", 202: "Accepted", 204: "No Content",
        301: "Moved Permanently", 302: "Found", 304: "Not Modified", 307: "Temporary Redirect",
        400: "Bad Request", 401: "Unauthorized", 402: "Payment Required", 403: "Forbidden", 404: "Not Found",
        405: "Method Not Allowed", 408: "Request Timeout", 409: "Conflict", 410: "Gone", 412: "Precondition Failed",
        413: "Payload Too Large", 415: "Unsupported Media Type", 422: "Unprocessable Entity",
        429: "Too Many Requests", 431: "Request Header Fields Too Large",
        500: "Internal Server Error", 501: "Not Implemented", 502: "Bad Gateway", 503: "Service Unavailable",
        504: "Gateway Timeout", 505: "HTTP Version Not Supported",
    ]
}
