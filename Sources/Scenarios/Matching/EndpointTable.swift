/// The endpoints that scenario files know by name.
///
/// A request is looked up once; after that each rule compares bits.
package enum EndpointTable {
    /// A set of endpoints, one bit each.
    typealias Bits = UInt64

    private struct Row {
        var name: String
        /// Below `/api/v1`; a path that ends with `/*` is everything under it.
        var paths: [String]
        var isInference = false
    }

    private static let rows: [Row] = [
        Row(name: "chat", paths: ["/chat/completions"], isInference: true),
        Row(name: "completions", paths: ["/completions"], isInference: true),
        Row(name: "responses", paths: ["/responses"], isInference: true),
        Row(name: "messages", paths: ["/messages"], isInference: true),
        Row(name: "embeddings", paths: ["/embeddings"], isInference: true),
        Row(name: "rerank", paths: ["/rerank"], isInference: true),
        Row(name: "images", paths: ["/images"], isInference: true),
        Row(name: "videos", paths: ["/videos"], isInference: true),
        Row(name: "speech", paths: ["/audio/speech"], isInference: true),
        Row(name: "transcriptions", paths: ["/audio/transcriptions"], isInference: true),
        Row(name: "video-jobs", paths: ["/videos/*"]),
        Row(name: "files", paths: ["/files", "/files/*"]),
        Row(name: "batches", paths: ["/api/beta/batches", "/api/beta/batches/*"]),
        Row(
            name: "models",
            paths: ["/models", "/models/*", "/model/*", "/embeddings/models", "/images/models", "/images/models/*"]
        ),
        Row(name: "generation", paths: ["/generation", "/generation/*"]),
        Row(name: "key", paths: ["/key", "/auth/key"]),
        Row(name: "keys", paths: ["/keys", "/keys/*"]),
        Row(name: "credits", paths: ["/credits", "/credits/*"]),
        Row(name: "providers", paths: ["/providers"]),
        Row(name: "endpoints", paths: ["/endpoints/*"]),
        Row(name: "activity", paths: ["/activity"]),
        Row(name: "analytics", paths: ["/analytics/*"]),
        Row(name: "guardrails", paths: ["/guardrails", "/guardrails/*"]),
        Row(name: "presets", paths: ["/presets", "/presets/*"]),
        Row(name: "workspaces", paths: ["/workspaces", "/workspaces/*"]),
        Row(name: "organization", paths: ["/organization/*"]),
        Row(name: "byok", paths: ["/byok", "/byok/*"]),
        Row(name: "observability", paths: ["/observability/*"]),
        Row(name: "sign-in", paths: ["/auth/*", "/auth"]),
    ]

    /// The four that speak in text, all that call a model, and all others.
    private static let groups = ["text", "inference", "platform", "any"]

    /// Names and groups, in the order of the documentation.
    package static let words = rows.map(\.name) + groups

    private static let exact: [String: Bits] = {
        var exact: [String: Bits] = [:]
        for (index, row) in rows.enumerated() {
            for path in row.paths where !path.hasSuffix("/*") { exact[path] = 1 << Bits(index) }
        }
        return exact
    }()

    private static let prefixes: [(path: String, bits: Bits)] = rows.enumerated().flatMap { index, row in
        row.paths.filter { $0.hasSuffix("/*") }.map { (String($0.dropLast()), 1 << Bits(index)) }
    }

    /// What none of the names stands for; `platform` and `any` hold it.
    private static let unnamed: Bits = 1 << 63

    /// - Returns: the endpoints of a name or a group, or nil for a word that is none.
    static func bits(named word: String) -> Bits? {
        let inference: Bits = rows.indices.reduce(0) { $0 | (rows[$1].isInference ? 1 << Bits($1) : 0) }
        switch word {
        case "text": return 0b1111 as Bits
        case "inference": return inference
        case "platform": return ~inference
        case "any": return ~0
        default: return rows.firstIndex { $0.name == word }.map { 1 << Bits($0) }
        }
    }

    /// - Parameter path: the canonical one, such as `/api/v1/chat/completions`.
    /// - Returns: its endpoint's bit.
    static func bits(ofPath path: String) -> Bits {
        let local = String(relative(path))
        if let found = exact[local] { return found }
        return prefixes.first { local.hasPrefix($0.path) }?.bits ?? unnamed
    }

    /// A path without `/api/v1`.
    static func relative(_ path: String) -> Substring {
        path.hasPrefix("/api/v1/") ? path.dropFirst("/api/v1".count) : path[...]
    }
}
