internal import OpenRouterAPI
internal import Tapes

/// The app that a request says it comes from (reference: platform §6.3).
package struct AppAttribution: Sendable, Hashable, Codable {
    /// `X-OpenRouter-Title`, or the older `X-Title`.
    package let title: String?
    /// Scheme and host of `HTTP-Referer`.
    package let origin: String?

    /// Longer texts are cut: a client chooses them.
    private static let lengthLimit = 200

    /// Nil for a request that says neither.
    init?(title: String?, origin: String?) {
        func known(_ text: String?) -> String? {
            text.flatMap { $0.isEmpty ? nil : String($0.prefix(Self.lengthLimit)) }
        }
        self.title = known(title)
        self.origin = known(origin)
        if self.title == nil, self.origin == nil { return nil }
    }

    /// Scheme and host of a URL; what is none is left as it is.
    static func origin(of url: String) -> String {
        guard let scheme = url.firstRange(of: "://") else { return url }
        let end = url[scheme.upperBound...].firstIndex(of: "/") ?? url.endIndex
        return String(url[..<end])
    }

    /// A number that the same app always has: an app is its site, or its title where it names none.
    package var id: Int {
        var generator = SeededGenerator(seed: 0)
        var ofApp = generator.branch(mixing: origin?.lowercased() ?? title ?? "")
        return ofApp.integer(in: 100_000...2_000_000_000)
    }

    /// The title, or else the host.
    package var name: String {
        if let title { return title }
        let origin = origin ?? ""
        return origin.firstRange(of: "://").map { String(origin[$0.upperBound...]) } ?? origin
    }
}
