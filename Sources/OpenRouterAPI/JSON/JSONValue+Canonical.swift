extension JSONValue {
    /// Appends the canonical form: two values are equal exactly if these bytes are.
    ///
    /// - Objects: members sorted by the UTF-8 bytes of their decoded names; of equal names the last one counts.
    /// - Arrays: order counts.
    /// - Strings: everything literal that may be, the shortest escape for the rest; lone surrogates as `\udc00`.
    /// - Numbers: exact decimals, so that `1`, `1.0` and `10e-1` are one and `-0` is `0`. Nothing is rounded to a
    ///   double.
    /// - No white space.
    ///
    /// The form is close to RFC 8785 (JCS), which however rounds numbers to doubles and sorts by UTF-16.
    ///
    /// It goes to a buffer rather than to a closure, so that a caller can reuse the buffer and put more into
    /// the same hash.
    package func writeCanonical(into output: inout [UInt8]) {
        if output.isEmpty {
            output.reserveCapacity(node.range.count + 16)
        }
        storage.bytes.withUnsafeBufferPointer { source in
            storage.nodes.withUnsafeBufferPointer { nodes in
                var writer = JSONCanonicalWriter(names: JSONNames(source: source, nodes: nodes), output: output)
                output = []
                writer.write(index)
                output = writer.output
            }
        }
    }

    /// The canonical form by itself; see ``writeCanonical(into:)``.
    package var canonicalBytes: [UInt8] {
        var output: [UInt8] = []
        writeCanonical(into: &output)
        return output
    }

    /// Whether two values are the same JSON, however they are written.
    package func isCanonicallyEqual(to other: JSONValue) -> Bool {
        if raw == other.raw { return true }
        guard kind == other.kind else { return false }
        return canonicalBytes == other.canonicalBytes
    }
}
