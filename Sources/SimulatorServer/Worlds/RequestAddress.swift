internal import HTTPTypes
internal import OpenRouterAPI
internal import Tapes

/// Which world a request is for, which scenario it plays, and what is asked there.
///
/// A world is named by path (`/w/NAME/…`), by header (`X-Sim-World`) or by key (`sk-or-v1-world-NAME-…`), a scenario by
/// path (`/s/NAME/…`) or by header (`X-Sim-Scenario`). The path wins over the header, the header over the key.
struct RequestAddress: Sendable, Hashable {
    private(set) var world: String?
    private(set) var scenario: String?
    /// The same where the path names it.
    private(set) var scenarioOfPath: String?
    /// Without what named world and scenario.
    private(set) var target: RequestTarget

    private static let keyPrefixes = ["Bearer ", "bearer ", ""].map { $0 + "sk-or-v1-world-" }

    /// - Throws: ``APIError`` 400 for a name that none can have.
    init(_ request: Request) throws(APIError) {
        target = request.target
        try readPath()
        let named = request.noted(NamedInFields.init)
        if world == nil, let text = named.world {
            world = try Self.name(text, of: "world", in: "the X-Sim-World header")
        }
        if scenario == nil, let text = named.scenario {
            scenario = try Self.name(text, of: "scenario", in: "the X-Sim-Scenario header")
        }
        world = world ?? named.worldOfKey
    }

    /// What header fields name, right or wrong.
    private final class NamedInFields: Sendable {
        let world: String?
        let scenario: String?
        let worldOfKey: String?

        init(_ fields: HTTPFields) {
            var (world, scenario, worldOfKey): (String?, String?, String?)
            for field in fields {
                let name = field.name.canonicalName
                // Lengths first: most names are of another one.
                switch name.utf8.count {
                case 11 where name == "x-sim-world": world = world ?? field.value
                case 14 where name == "x-sim-scenario": scenario = scenario ?? field.value
                case 13 where name == "authorization", 9 where name == "x-api-key":
                    worldOfKey = worldOfKey ?? RequestAddress.world(ofKeyIn: field.value)
                default: continue
                }
            }
            (self.world, self.scenario, self.worldOfKey) = (world, scenario, worldOfKey)
        }
    }

    private mutating func readPath() throws(APIError) {
        while true {
            let path = target.raw
            guard path.hasPrefix("/w/") || path.hasPrefix("/s/") else { return }
            let segment = path.utf8.dropFirst(3).prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") }
            let text = String(decoding: segment, as: UTF8.self).removingPercentEncoding(keepingSlashes: false)
            // Of several names the first counts.
            if path.hasPrefix("/w/") {
                let name = try Self.name(text, of: "world", in: "the path")
                world = world ?? name
            } else {
                let name = try Self.name(text, of: "scenario", in: "the path")
                scenario = scenario ?? name
                scenarioOfPath = scenario
            }
            target = RequestTarget(String(path[segment.endIndex...]))
        }
    }

    private static func world(ofKeyIn credentials: String) -> String? {
        guard let prefix = keyPrefixes.first(where: credentials.hasPrefix) else { return nil }
        let key = credentials.dropFirst(prefix.count).prefix { $0 != " " && $0 != "\t" }
        // The last part of the key tells keys of one world apart.
        let named = key.lastIndex(of: "-").map { key[..<$0] } ?? key
        return isName(named) ? String(named) : nil
    }

    static func name(_ text: String, of kind: String, in place: String) throws(APIError) -> String {
        guard isName(text[...]) else {
            throw APIError(
                status: 400,
                message: "No \(kind) can have the name \(JSON.string(String(text.prefix(80))).text) in \(place): "
                    + "expected 1 to 128 letters, digits, '.', '_' or '-'",
                metadata: ["error_type": "invalid_request"]
            )
        }
        return text
    }

    private static func isName(_ text: Substring) -> Bool {
        (1...128).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }
}
