/// The ids of one answer (reference: inference §1.5).
struct GenerationIDs {
    /// Unix seconds.
    let created: Int
    /// `gen-<unix seconds>-<20 alphanumerics>`.
    let generation: String
    /// Stands for signatures and ciphertext of the provider.
    let opaque: String

    /// - Parameters:
    ///   - world: whose clock it is.
    ///   - kind: such as `img`, for the typed ids of media; nil for the usual form.
    ///   - generator: of this call.
    init(_ world: World, kind: String? = nil, using generator: inout SeededGenerator) {
        created = Int(world.now / 1_000_000)
        generation = "gen-\(kind.map { $0 + "-" } ?? "")\(created)-\(generator.alphanumeric(20))"
        opaque = generator.alphanumeric(64)
    }
}
