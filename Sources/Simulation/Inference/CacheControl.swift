internal import Crypto
internal import OpenRouterAPI
internal import Tapes

/// What a request says about the response cache (reference: platform §1.12).
struct CacheControl: Sendable {
    private static let defaultSeconds = 300
    private static let secondsRange = 1...86_400

    let seconds: Int
    /// The entry is dropped and filled anew.
    let clears: Bool

    /// Nil where the cache is off.
    ///
    /// - Parameters:
    ///   - fields: the request's header.
    ///   - preset: what the request's preset says.
    init?(_ fields: KnownFields, preset: PresetCache? = nil) {
        guard preset?.isEnabled != false else { return nil }
        switch fields.cache?.lowercased() {
        case "true": break
        case "false": return nil
        default: guard preset?.isEnabled == true else { return nil }
        }
        let seconds = fields.cacheTTL.flatMap(Self.leadingNumber) ?? preset?.seconds ?? Self.defaultSeconds
        self.seconds = min(max(seconds, Self.secondsRange.lowerBound), Self.secondsRange.upperBound)
        clears = fields.cacheClear?.lowercased() == "true"
    }

    /// The digits that a text begins with, in reach of an `Int`; nil when there is none.
    private static func leadingNumber(of text: String) -> Int? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        return digits.isEmpty ? nil : Int(digits) ?? .max
    }

    /// Key, model, endpoint, streaming flag and body; white space in the body does not count, the order of its members
    /// does.
    static func key(_ call: Call, _ body: JSONValue) -> [UInt8] {
        var hash = SHA256()
        hash.update(data: Array("\(call.caller.key.hash)\n\(call.request.target.path)\n".utf8))
        hash.update(data: JSON(body).serialized())
        return Array(hash.finalize())
    }
}

/// The cache as a preset sets it.
package struct PresetCache: Sendable, Hashable {
    package var isEnabled: Bool?
    package var seconds: Int?

    package init(isEnabled: Bool?, seconds: Int?) {
        self.isEnabled = isEnabled
        self.seconds = seconds
    }
}
