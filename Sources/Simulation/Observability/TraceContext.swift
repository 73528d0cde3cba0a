internal import OpenRouterAPI

/// The `trace` member of a request: how its trace fits into the client's own (guide: broadcast).
struct TraceContext: Sendable {
    private static let ownNames: Set<String> = [
        "trace_id", "trace_name", "span_name", "generation_name", "parent_span_id",
    ]

    let traceID: String?
    let traceName: String?
    let generationName: String?
    let parentSpanID: String?
    /// All other members, by name.
    let metadata: [(name: String, value: JSON)]

    init(_ trace: JSONValue?) {
        traceID = trace?["trace_id"]?.string
        traceName = trace?["trace_name"]?.string
        generationName = trace?["generation_name"]?.string
        parentSpanID = trace?["parent_span_id"]?.string
        metadata =
            trace.map { $0.members.filter { !Self.ownNames.contains($0.key) }.map { ($0.key, JSON($0.value)) } } ?? []
    }
}

/// Ids of OpenTelemetry: 16 bytes for a trace, 8 for a span, in hexadecimal digits.
enum TraceID {
    /// The id of a trace that a text names: the text when it is one, or else the beginning of its SHA-256, as observed.
    static func trace(_ name: String) -> String {
        id(name, digitCount: 32)
    }

    /// Likewise of a span.
    static func span(_ name: String) -> String {
        id(name, digitCount: 16)
    }

    private static func id(_ name: String, digitCount: Int) -> String {
        let isID = name.utf8.count == digitCount && name.allSatisfy { $0.isHexDigit && $0.isASCII }
        return isID ? name.lowercased() : String(APIKey.hash(of: name).prefix(digitCount))
    }
}
