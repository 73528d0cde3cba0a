internal import HTTPTypes
internal import OpenRouterAPI
internal import Tapes

extension Operation {
    /// `GET /parameters/{author}/{slug}`: what a model understands, and what its users set.
    ///
    /// Gone from the document of 2026; clients of 2024 and 2025 ask for it. Documented in November 2025: any key,
    /// `provider` by its display name, `model` and `supported_parameters`. Of 2024, as clients' sources show: the tenth,
    /// fiftieth and ninetieth percentile of each sampling parameter; ours are made up.
    static let getParameters = Operation(
        "getParameters",
        .get,
        "/parameters/:author/:slug",
        .anyKey,
        query: [QueryParameter("provider", .text)]
    ) { call throws(APIError) in
        let model = try call.namedModel()
        var supported = model.supportedParameters
        if let provider = call.query.value("provider") {
            guard let endpoint = model.endpoints.first(where: { $0.provider.name == provider }) else {
                throw .resourceNotFound("Provider", "\(provider) of model \(model.id)")
            }
            supported = endpoint.supportedParameters
        }
        var data: JSONObject = [
            "model": .string(model.id), "supported_parameters": .array(supported.map { .string($0) }),
        ]
        var start = SeededGenerator(seed: 0)
        for parameter in SamplingParameter.all {
            var generator = start.branch(mixing: "\(model.id) \(parameter.name)")
            let steps = (0..<3).map { _ in generator.integer(in: 0...parameter.steps) }.sorted()
            for (percentile, step) in zip([10, 50, 90], steps) {
                data.append("\(parameter.name)_p\(percentile)", .number(parameter.value(step)))
            }
        }
        return .json(["data": .object(data)])
    }
}

/// A parameter with the values that users set it to: some steps up from a least one.
private struct SamplingParameter {
    let name: String
    let least: Double
    let stepsInOne: Int
    let steps: Int

    func value(_ step: Int) -> Double { least + Double(step) / Double(stepsInOne) }

    static let all = [
        SamplingParameter(name: "frequency_penalty", least: 0, stepsInOne: 10, steps: 7),
        SamplingParameter(name: "min_p", least: 0, stepsInOne: 20, steps: 4),
        SamplingParameter(name: "presence_penalty", least: 0, stepsInOne: 10, steps: 7),
        SamplingParameter(name: "repetition_penalty", least: 1, stepsInOne: 100, steps: 15),
        SamplingParameter(name: "temperature", least: 0, stepsInOne: 10, steps: 12),
        SamplingParameter(name: "top_a", least: 0, stepsInOne: 10, steps: 2),
        SamplingParameter(name: "top_k", least: 0, stepsInOne: 1, steps: 80),
        SamplingParameter(name: "top_p", least: 0.5, stepsInOne: 20, steps: 10),
    ]
}
