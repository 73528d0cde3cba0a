/// Something in a JSON Schema that ``SchemaInstance`` could not honor.
package struct SchemaProblem: Hashable, Sendable {
    /// Why the instance may be invalid at one place.
    package enum Reason: Hashable, Sendable {
        /// The regular expression uses more than the supported subset; a plain string stands there instead.
        case unsupportedPattern(String)
        /// The keyword is not looked at.
        case unsupportedKeyword(String)
        /// The reference leads nowhere within the schema; it is not looked at.
        case unresolvedReference(String)
        /// No value satisfies the schema, or none was found; the associated text says what is in the way.
        case impossible(String)
        /// The schema demands itself without end, or a value of absurd size; `null` stands there instead.
        case endless
    }

    /// The place in the instance as a JSON Pointer (RFC 6901).
    package var pointer: String

    /// Why the instance may be invalid there.
    package var reason: Reason
}

extension SchemaProblem: CustomStringConvertible {
    package var description: String {
        let place = pointer.isEmpty ? "the root" : pointer
        return switch reason {
        case .unsupportedPattern(let pattern):
            "\(place): the pattern '\(pattern)' is not supported; any string was used"
        case .unsupportedKeyword(let keyword): "\(place): the keyword '\(keyword)' is not supported and was ignored"
        case .unresolvedReference(let reference): "\(place): the reference '\(reference)' leads nowhere and was ignored"
        case .impossible(let obstacle): "\(place): no valid value was found, since \(obstacle)"
        case .endless: "\(place): the schema has no finite value of sensible size; null was used"
        }
    }
}
