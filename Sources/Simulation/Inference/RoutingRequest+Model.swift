internal import OpenRouterAPI

extension RoutingRequest {
    /// What the router has to know of a request that names one model and may have preferences, as for embeddings.
    ///
    /// - Parameters:
    ///   - reader: of the whole body.
    ///   - purpose: what is asked for.
    ///   - example: a model for the message when none is named.
    ///   - now: the world's time in microseconds since 1970.
    /// - Throws: ``APIError`` 400 that names the member.
    init(
        reading reader: FieldReader,
        for purpose: Purpose,
        example: String,
        now: Int64
    ) throws(APIError) {
        self.init(models: [try reader.model(example: example)], purpose: purpose, now: now)
        guard let provider = try reader.object("provider") else { return }
        preferences = try ProviderPreferences(reading: provider)
    }
}

extension FieldReader {
    /// `model` of a request that has no default.
    func model(example: String) throws(APIError) -> String {
        guard let model = try string("model"), !model.isEmpty else {
            throw invalid("model", expected: "a model ID such as \(example)")
        }
        return model
    }

    /// Checks `provider.options`, what is passed on to single providers (schema `ProviderOptions`).
    ///
    /// Nothing reads it here: synthetic providers have no options of their own.
    func checkProviderOptions() throws(APIError) {
        guard let options = try object("provider")?.object("options") else { return }
        for member in options.value.members { _ = try options.object(member.key) }
    }
}
