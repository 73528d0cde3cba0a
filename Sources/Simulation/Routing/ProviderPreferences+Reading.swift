package import OpenRouterAPI

extension ProviderPreferences {
    /// Reads and checks the whole object; members that it does not know are not rejected.
    ///
    /// - Throws: ``APIError`` 400 that names the member, what was expected and what came.
    package init(reading reader: FieldReader) throws(APIError) {
        self.init()
        order = try reader.strings("order") ?? []
        only = try reader.strings("only") ?? []
        ignore = try reader.strings("ignore") ?? []
        allowsFallbacks = try reader.bool("allow_fallbacks") ?? true
        requiresParameters = try reader.bool("require_parameters") ?? false
        dataCollection = try reader.choice("data_collection", of: DataCollection.self) ?? .allow
        requiresZeroDataRetention = try reader.bool("zdr") ?? false
        enforcesDistillableText = try reader.bool("enforce_distillable_text") ?? false
        quantizations = try Self.quantizations(reader)
        (sort, partition) = try Self.sort(reader)
        maximumPrice = try reader.object("max_price").map { limits throws(APIError) in
            try MaximumPrice(reading: limits)
        }
        preferredMinimumThroughput = try Cutoffs(reading: "preferred_min_throughput", of: reader)
        preferredMaximumLatency = try Cutoffs(reading: "preferred_max_latency", of: reader)
    }

    private static func quantizations(_ reader: FieldReader) throws(APIError) -> [Quantization] {
        let names = try reader.strings("quantizations") ?? []
        var quantizations: [Quantization] = []
        for (index, name) in names.enumerated() {
            guard let quantization = Quantization(rawValue: name) else {
                throw .invalidField(
                    "\(reader.path(of: "quantizations"))[\(index)]",
                    expected: "one of " + Quantization.allCases.map(\.rawValue).joined(separator: ", "),
                    found: JSON.string(name).text
                )
            }
            quantizations.append(quantization)
        }
        return quantizations
    }

    /// A word, or an object with `by` and `partition`.
    private static func sort(_ reader: FieldReader) throws(APIError) -> (Sort?, Partition?) {
        guard reader.optional("sort")?.kind == .object, let object = try reader.object("sort") else {
            return (try reader.choice("sort", of: Sort.self), nil)
        }
        return (try object.choice("by", of: Sort.self), try object.choice("partition", of: Partition.self))
    }
}

extension ProviderPreferences.MaximumPrice {
    fileprivate init(reading reader: FieldReader) throws(APIError) {
        prompt = try Self.price("prompt", reader)
        completion = try Self.price("completion", reader)
        audio = try Self.price("audio", reader)
        request = try Self.price("request", reader)
        image = try Self.price("image", reader)
    }

    /// The schema has strings, the guides have numbers; both are accepted.
    private static func price(_ name: String, _ reader: FieldReader) throws(APIError) -> USD? {
        guard let member = reader.optional(name) else { return nil }
        guard let text = member.string ?? member.numberText, let double = Double(text), double >= 0, double.isFinite
        else { throw reader.invalid(name, expected: "an amount of USD, at least 0, as a number or a string") }
        return USD(text) ?? USD(double)
    }
}

extension ProviderPreferences.Cutoffs {
    /// A number for the median, or an object with bounds for some ranks; nil when the member is missing or null.
    fileprivate init?(reading name: String, of reader: FieldReader) throws(APIError) {
        guard let member = reader.optional(name) else { return nil }
        guard member.kind == .object else {
            p50 = try Self.bound(name, reader, orAnObject: true)
            return
        }
        let object = try FieldReader(member, path: reader.path(of: name))
        p50 = try Self.bound("p50", object)
        p75 = try Self.bound("p75", object)
        p90 = try Self.bound("p90", object)
        p99 = try Self.bound("p99", object)
    }

    private static func bound(
        _ name: String,
        _ reader: FieldReader,
        orAnObject acceptsObject: Bool = false
    ) throws(APIError) -> Double? {
        guard let member = reader.optional(name) else { return nil }
        guard let number = member.double, number >= 0, number.isFinite else {
            let others = acceptsObject ? " or an object with p50, p75, p90, p99" : ""
            throw reader.invalid(name, expected: "a number of at least 0" + others)
        }
        return number
    }
}
