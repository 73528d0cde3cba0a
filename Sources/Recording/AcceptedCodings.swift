internal import Tapes

/// What the upstream may compress answers with: only codings in which a cassette can look for secrets.
///
/// A client that also accepts `br` or `zstd` gets gzip instead, which it accepts as well.
enum AcceptedCodings {
    private static let searchable: Set<String> = ["gzip", "x-gzip", "deflate", "identity"]

    /// - Parameter value: of `Accept-Encoding` (RFC 9110 §12.5.3).
    /// - Returns: The same without other codings; `identity` where none is left.
    static func searchable(_ value: String) -> String {
        let kept = value.split(separator: ",").map { $0.trimmingBlanks() }.filter { item in
            searchable.contains(item.prefix { $0 != ";" }.trimmingBlanks().lowercased())
        }
        return kept.isEmpty ? "identity" : kept.joined(separator: ", ")
    }
}
