internal import HTTPTypes
internal import NIOHPACK
internal import Tapes

extension HPACKHeaders {
    /// Fields that are of one connection of HTTP/1 and must not appear (RFC 9113 §8.2.2).
    private static let connectionFields: Set<String> = [
        "connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade",
    ]

    /// A head as HTTP/2 sends it: names in small letters, no reason phrase, no fields of the connection.
    init(_ head: ResponseHead) {
        var fields: [(String, String)] = []
        fields.reserveCapacity(head.fields.count + 1)
        fields.append((":status", String(head.status.code)))
        Self.append(head.fields, to: &fields)
        self.init(fields)
    }

    init(trailers: HTTPFields) {
        var fields: [(String, String)] = []
        Self.append(trailers, to: &fields)
        self.init(fields)
    }

    private static func append(_ httpFields: HTTPFields, to fields: inout [(String, String)]) {
        // What the field names goes with it (RFC 9110 §7.6.1).
        let named = httpFields[.connection]?.split(separator: ",").map { $0.trimmingBlanks().lowercased() }
        for field in httpFields {
            let name = field.name.canonicalName
            guard !connectionFields.contains(name), named?.contains(name) != true else { continue }
            fields.append((name, field.value))
        }
    }
}
