internal import Crypto
internal import Tapes

/// Where an app waits for its authorization code.
struct CallbackURL: Sendable, Codable {
    static let expectation = "an https URL, or an http URL of localhost, 127.0.0.1 or [::1]"

    private let url: AbsoluteURL

    /// Reads a callback; nil for one that no code may be sent to.
    ///
    /// - Parameters:
    ///   - text: an absolute URL.
    ///   - era: older rules want port 443 or 3000 (reference: platform §4.1).
    init?(_ text: String, era: SimulationSettings.Era) {
        guard let url = AbsoluteURL(text) else { return nil }
        let isLocal = Self.localHosts.contains(url.host)
        guard url.scheme == .https || isLocal else { return nil }
        if era == .legacy {
            let port = url.port ?? (url.scheme == .https ? 443 : 80)
            guard port == 443 || port == 3000, url.host != "::1" else { return nil }
        }
        self.url = url
    }

    private static let localHosts: Set<String> = ["localhost", "127.0.0.1", "::1"]

    var text: String { url.text }

    /// What the app is called where it has not said: by its host, on this machine by its port.
    var appName: String {
        guard Self.localHosts.contains(url.host) else { return url.host }
        return "localhost:\(url.port ?? (url.scheme == .https ? 443 : 80))"
    }

    /// A number for the app; the same one each time.
    var appID: Int {
        SHA256.hash(data: Array("app \(appName)".utf8)).prefix(3).reduce(0) { $0 << 8 | Int($1) }
    }

    /// The URL with more items in its query; a fragment stays behind them.
    func adding(_ items: [(name: String, value: String)]) -> String {
        let beforeFragment = url.text.prefix { $0 != "#" }
        let fragment = url.text[beforeFragment.endIndex...]
        let isReady = beforeFragment.hasSuffix("?") || beforeFragment.hasSuffix("&")
        let separator = isReady ? "" : beforeFragment.contains("?") ? "&" : "?"
        let added = items.map { "\($0.name)=\(Self.encoded($0.value))" }.joined(separator: "&")
        return beforeFragment + separator + added + fragment
    }

    /// Percent-encoded but for unreserved characters (RFC 3986 §2.3).
    private static func encoded(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                bytes.append(byte)
            default:
                bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
