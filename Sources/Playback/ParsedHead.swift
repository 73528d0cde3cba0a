internal import HTTPTypes
internal import NIOHTTP1
internal import Tapes

/// A head's fields in our vocabulary, and what assembling needs to know of them, found in one pass.
struct ParsedHead {
    private(set) var fields = HTTPFields()
    private(set) var hostCount = 0
    /// As the parser reads it: it may be more than an `Int` holds.
    private(set) var contentLength: UInt64?
    /// Which of ``fields`` that is.
    private(set) var lengthPlace: Int?
    private(set) var offersUpgrade = false
    private(set) var expectsContinue = false
    private(set) var isTransferCoded = false
    private(set) var isContentCoded = false

    init(_ head: HTTPRequestHead) {
        fields.reserveCapacity(head.headers.count)
        var isDecompressed = false
        for (rawName, value) in head.headers {
            guard let name = Self.commonNames[rawName] ?? FieldName(rawName) else { continue }
            switch name.role {
            case .none:
                break
            case .host:
                hostCount += 1
            case .contentLength:
                contentLength = UInt64(value)
                lengthPlace = fields.count
            case .connection:
                offersUpgrade = offersUpgrade || value.containsIgnoringCase("upgrade")
            case .expect:
                expectsContinue = value.lowercased() == "100-continue"
            case .transferEncoding:
                isTransferCoded = true
            case .contentEncoding:
                isContentCoded = true
                // The decompressor has undone these codings.
                guard !["gzip", "deflate"].contains(value.lowercased()) else {
                    isDecompressed = true
                    continue
                }
            }
            fields.append(HTTPField(name: name.name, value: value))
        }
        if isDecompressed {
            fields[.contentLength] = nil
            lengthPlace = nil
        }
    }

    /// A name with what it means to assembling, which is looked up for common names and not compared for each field.
    private struct FieldName {
        enum Role: String {
            case host
            case contentLength = "content-length"
            case connection
            case expect
            case transferEncoding = "transfer-encoding"
            case contentEncoding = "content-encoding"
        }

        let name: HTTPField.Name
        let role: Role?

        init?(_ rawName: String) {
            guard let name = HTTPField.Name(rawName) else { return nil }
            self.name = name
            role = Role(rawValue: name.canonicalName)
        }
    }

    /// Names as common clients write them: making one anew for each field of each request costs an allocation and more.
    private static let commonNames: [String: FieldName] = {
        let spellings = [
            "Accept", "Accept-Encoding", "Accept-Language", "Authorization", "Cache-Control", "Connection",
            "Content-Encoding", "Content-Length", "Content-Type", "Cookie", "Expect", "Host", "HTTP-Referer", "Origin",
            "Referer", "Transfer-Encoding", "User-Agent", "X-Api-Key", "X-OpenRouter-Title", "X-Stainless-Arch",
            "X-Stainless-Async", "X-Stainless-Helper-Method", "X-Stainless-Lang", "X-Stainless-OS",
            "X-Stainless-Package-Version", "X-Stainless-Read-Timeout", "X-Stainless-Retry-Count", "X-Stainless-Runtime",
            "X-Stainless-Runtime-Version", "X-Stainless-Timeout", "X-Title",
        ]
        var names: [String: FieldName] = [:]
        for spelling in spellings + spellings.map({ $0.lowercased() }) {
            names[spelling] = FieldName(spelling)
        }
        return names
    }()
}
