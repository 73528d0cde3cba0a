package import HTTPTypes
internal import Tapes

/// The header fields of a request that the simulation reads, found in one pass.
///
/// Each lookup by name goes through all fields and compares texts, and clients send sixteen of them and more.
package struct KnownFields: Sendable {
    private(set) var authorization: String?
    private(set) var apiKey: String?
    private(set) var contentEncoding: String?
    private(set) var sessionID: String?
    private(set) var cache: String?
    private(set) var cacheTTL: String?
    private(set) var cacheClear: String?
    package private(set) var userAgent: String?
    private var plainReferer: String?
    private var httpReferer: String?
    private var title: String?
    private var olderTitle: String?
    private var metadata: String?
    private var olderMetadata: String?

    package init(_ fields: HTTPFields) {
        for field in fields { note(field) }
    }

    /// Lengths are compared before texts: most names are of another length than any that counts.
    private mutating func note(_ field: HTTPField) {
        let name = field.name.canonicalName
        switch name.utf8.count {
        case 7 where name == "referer": Self.add(field, to: &plainReferer)
        case 7 where name == "x-title": Self.add(field, to: &olderTitle)
        case 9 where name == "x-api-key": Self.add(field, to: &apiKey)
        case 10 where name == "user-agent": Self.add(field, to: &userAgent)
        case 12 where name == "http-referer": Self.add(field, to: &httpReferer)
        case 12 where name == "x-session-id": Self.add(field, to: &sessionID)
        case 13 where name == "authorization": Self.add(field, to: &authorization)
        case 16 where name == "content-encoding": Self.add(field, to: &contentEncoding)
        case 18 where name == "x-openrouter-title": Self.add(field, to: &title)
        case 18 where name == "x-openrouter-cache": Self.add(field, to: &cache)
        case 21 where name == "x-openrouter-metadata": Self.add(field, to: &metadata)
        case 22 where name == "x-openrouter-cache-ttl": Self.add(field, to: &cacheTTL)
        case 24 where name == "x-openrouter-cache-clear": Self.add(field, to: &cacheClear)
        case 34 where name == "x-openrouter-experimental-metadata": Self.add(field, to: &olderMetadata)
        default: break
        }
    }

    /// Joins fields of one name, as the subscript of `HTTPFields` does.
    private static func add(_ field: HTTPField, to value: inout String?) {
        value = value.map { "\($0), \(field.value)" } ?? field.value
    }
}

extension KnownFields {
    /// See ``Request/bearerToken``.
    package var bearerToken: String? { authorization.flatMap(Request.bearerToken(in:)) }

    /// The `Referer` as sent.
    package var referer: String? { plainReferer ?? httpReferer }

    /// The app that the request says it comes from; nil where it says nothing.
    package var app: AppAttribution? {
        AppAttribution(title: title ?? olderTitle, origin: (httpReferer ?? plainReferer).map(AppAttribution.origin))
    }

    /// Whether the client asks for `openrouter_metadata` (reference: inference §1.3); any other value than `enabled`
    /// means no.
    var wantsRouterMetadata: Bool { (metadata ?? olderMetadata)?.lowercased() == "enabled" }
}
