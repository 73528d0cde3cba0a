internal import Cassettes
internal import Tapes

/// Writes big cassettes in a few minutes: through the redactor and the writer, but many to a transaction.
enum CassetteMaker {
    /// In one transaction.
    private static let batchSize = 20_000

    /// - Returns: How many bytes the interactions had on the wire.
    static func make(at path: String, count: Int) async throws -> Int {
        let redactor = Redactor()
        let writer = try CassetteWriter(path: path)
        var rawByteCount = 0
        for start in stride(from: 0, to: count, by: batchSize) {
            let interactions = (start..<min(start + batchSize, count)).map { Interaction.synthetic($0) }
            rawByteCount += interactions.reduce(0) { $0 + $1.rawByteCount }
            try await writer.append(interactions.map { redactor.redact($0) })
        }
        try await writer.close()
        return rawByteCount
    }
}
