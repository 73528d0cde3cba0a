internal import OpenRouterAPI

/// Writes the deltas of one part: what all of them begin with is rendered once.
struct ResponsesDelta {
    /// What comes before the delta: `{"type":…,"item_id":…,"delta":`.
    private let opening: [UInt8]

    /// - Parameters:
    ///   - type: of the event.
    ///   - members: between the type and the delta.
    init(_ type: String, _ members: JSONObject) {
        var event: JSONObject = ["type": .string(type)]
        event.append(contentsOf: members)
        var opening = event.serialized()
        opening.removeLast()
        self.opening = opening + Array(",\"delta\":".utf8)
    }

    func write(_ delta: String, sequence: Int, into bytes: inout [UInt8]) {
        bytes += opening
        JSON.write(string: delta, into: &bytes)
        bytes += Self.beforeSequence
        JSON.integer(sequence).write(into: &bytes)
        bytes.append(UInt8(ascii: "}"))
    }

    private static let beforeSequence = Array(",\"sequence_number\":".utf8)
}
