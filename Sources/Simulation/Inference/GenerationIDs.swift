internal import Tapes

/// The ids of one answer (reference: inference §1.5).
struct GenerationIDs {
    /// Unix seconds.
    let created: Int
    /// `gen-<unix seconds>-<20 alphanumerics>`; a batch's are `gen-batch-<unix seconds>-<20 hexadecimal digits>`.
    let generation: String
    /// Stands for signatures and ciphertext of the provider.
    let opaque: String

    /// - Parameters:
    ///   - call: in whose world's time it is.
    ///   - kind: such as `img`, for the typed ids of media; nil for the usual form.
    ///   - generator: of this call.
    init(_ call: Call, kind: String? = nil, using generator: inout SeededGenerator) {
        created = Int(call.world.now / 1_000_000)
        if call.batch != nil {
            generation = "gen-batch-\(created)-\(generator.hexadecimal(20))"
        } else {
            generation = "gen-\(kind.map { $0 + "-" } ?? "")\(created)-\(generator.alphanumeric(20))"
        }
        opaque = generator.alphanumeric(64)
    }
}
