/// `service_tier` of a request, and the tier that an endpoint belongs to (reference: platform §1.14).
package enum ServiceTier: String, Sendable, CaseIterable {
    case auto, `default`, fast, flex, priority, scale

    /// The tier of the endpoint with this tag; its last segment says so, as in `openai/priority`.
    init(ofTag tag: String) {
        switch tag.utf8.lastIndex(of: UInt8(ascii: "/")).map({ tag[tag.index(after: $0)...] }) {
        case "priority": self = .priority
        case "flex": self = .flex
        default: self = .default
        }
    }

    /// Whether a request of this tier wants priority endpoints; `fast` is another name for it.
    var isPriority: Bool { self == .priority || self == .fast }
}
