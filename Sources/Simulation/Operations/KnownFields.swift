internal import HTTPTypes
package import Tapes

/// The header fields of a request that the simulation reads, found in one pass.
///
/// Each lookup by name goes through all fields and compares texts, and clients send sixteen of them and more.
package final class KnownFields: Sendable {
    private let values: FieldValues
    /// See ``Request/bearerToken``.
    package let bearerToken: String?
    /// The app that the request says it comes from; nil where it says nothing.
    package let app: AppAttribution?

    fileprivate init(_ fields: HTTPFields) {
        var values = FieldValues()
        for field in fields { values.note(field) }
        self.values = values
        bearerToken = values.authorization.flatMap(Request.bearerToken(in:))
        app = AppAttribution(
            title: values.title ?? values.olderTitle,
            origin: (values.httpReferer ?? values.plainReferer).map(AppAttribution.origin)
        )
    }
}

extension Request {
    /// What its header fields say.
    package var knownFields: KnownFields { noted(KnownFields.init) }
}

private struct FieldValues: Sendable, Equatable {
    var authorization: String?
    var apiKey: String?
    var contentEncoding: String?
    var sessionID: String?
    var cache: String?
    var cacheTTL: String?
    var cacheClear: String?
    var userAgent: String?
    var plainReferer: String?
    var httpReferer: String?
    var title: String?
    var olderTitle: String?
    var metadata: String?
    var olderMetadata: String?

    /// Lengths are compared before texts: most names are of another length than any that counts.
    mutating func note(_ field: HTTPField) {
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

extension KnownFields: Equatable {
    package static func == (left: KnownFields, right: KnownFields) -> Bool {
        left === right || left.values == right.values
    }
}

extension KnownFields {
    var authorization: String? { values.authorization }
    var apiKey: String? { values.apiKey }
    var contentEncoding: String? { values.contentEncoding }
    var sessionID: String? { values.sessionID }
    var cache: String? { values.cache }
    var cacheTTL: String? { values.cacheTTL }
    var cacheClear: String? { values.cacheClear }
    package var userAgent: String? { values.userAgent }

    /// The `Referer` as sent.
    package var referer: String? { values.plainReferer ?? values.httpReferer }

    /// Whether the client asks for `openrouter_metadata` (reference: inference §1.3); any other value than `enabled`
    /// means no.
    var wantsRouterMetadata: Bool { (values.metadata ?? values.olderMetadata)?.lowercased() == "enabled" }
}
