/// The six kinds of JSON value (RFC 8259, section 3).
package enum JSONKind: UInt8, Sendable, Hashable {
    case object
    case array
    case string
    case number
    case bool
    case null
}
