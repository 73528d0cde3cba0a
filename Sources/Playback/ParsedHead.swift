internal import HTTPTypes
internal import NIOHTTP1
internal import Tapes

/// A head's fields in our vocabulary, and what assembling needs to know of them, found in one pass.
struct ParsedHead {
    private(set) var fields = HTTPFields()
    private(set) var hostCount = 0
    /// As the parser reads it: it may be more than an `Int` holds.
    private(set) var contentLength: UInt64?
    private(set) var offersUpgrade = false
    private(set) var expectsContinue = false

    init(_ head: HTTPRequestHead) {
        fields.reserveCapacity(head.headers.count)
        var isDecompressed = false
        for (rawName, value) in head.headers {
            guard let name = Self.commonNames[rawName] ?? HTTPField.Name(rawName) else { continue }
            switch name.canonicalName {
            case "host":
                hostCount += 1
            case "content-length":
                contentLength = UInt64(value)
            case "connection":
                offersUpgrade = offersUpgrade || value.containsIgnoringCase("upgrade")
            case "expect":
                expectsContinue = value.lowercased() == "100-continue"
            case "content-encoding" where ["gzip", "deflate"].contains(value.lowercased()):
                // The decompressor has undone these codings.
                isDecompressed = true
                continue
            default:
                break
            }
            fields.append(HTTPField(name: name, value: value))
        }
        if isDecompressed { fields[.contentLength] = nil }
    }

    /// Names as common clients write them: making one anew for each field of each request costs an allocation and more.
    private static let commonNames: [String: HTTPField.Name] = {
        let spellings = [
            "Accept", "Accept-Encoding", "Accept-Language", "Authorization", "Cache-Control", "Connection",
            "Content-Encoding", "Content-Length", "Content-Type", "Cookie", "Expect", "Host", "HTTP-Referer", "Origin",
            "Referer", "Transfer-Encoding", "User-Agent", "X-Api-Key", "X-OpenRouter-Title", "X-Stainless-Arch",
            "X-Stainless-Async", "X-Stainless-Helper-Method", "X-Stainless-Lang", "X-Stainless-OS",
            "X-Stainless-Package-Version", "X-Stainless-Read-Timeout", "X-Stainless-Retry-Count", "X-Stainless-Runtime",
            "X-Stainless-Runtime-Version", "X-Stainless-Timeout", "X-Title",
        ]
        var names: [String: HTTPField.Name] = [:]
        for spelling in spellings + spellings.map({ $0.lowercased() }) {
            names[spelling] = HTTPField.Name(spelling)
        }
        return names
    }()
}
