/// What the router had done to a model's endpoints when it had none left.
package struct RoutingTrace: Sendable {
    /// A filter that took endpoints away.
    package struct Step: Sendable {
        package var name: String
        package var remainingCount: Int
        /// Tags of the endpoints that it took away.
        package var removed: [String]

        package init(name: String, remainingCount: Int, removed: [String]) {
            self.name = name
            self.remainingCount = remainingCount
            self.removed = removed
        }
    }

    /// All slugs of the request, as sent, and the one that was being routed.
    package var requestedModels: [String]
    package var model: String

    /// Slugs of the providers that serve the model.
    package var providers: [String]
    package var endpointCount: Int

    /// In order; the last one may have left nothing.
    package var steps: [Step]

    /// The filter that took the last endpoint.
    package var failedStep: String

    package init(
        requestedModels: [String],
        model: String,
        providers: [String],
        endpointCount: Int,
        steps: [Step],
        failedStep: String
    ) {
        self.requestedModels = requestedModels
        self.model = model
        self.providers = providers
        self.endpointCount = endpointCount
        self.steps = steps
        self.failedStep = failedStep
    }

    /// `routing_funnel` and `failed_routing_step` of `error.metadata`.
    ///
    /// Captured answers of 2026 leave the failed step out of the funnel, but for the filters by allowed providers and by
    /// fallback, which stand there with 0.
    func metadata(listsFailedStep: Bool) -> JSONObject {
        func entry(_ name: String, _ count: Int) -> JSON {
            ["step": .string(name), "endpoint_count": .integer(count)]
        }
        let listed = listsFailedStep ? steps[...] : steps.prefix { $0.remainingCount > 0 }
        let funnel = [entry("Initial Endpoints", endpointCount)] + listed.map { entry($0.name, $0.remainingCount) }
        return ["routing_funnel": .array(funnel), "failed_routing_step": .string(failedStep)]
    }
}
