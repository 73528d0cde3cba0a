package import OpenRouterAPI

/// `openrouter_metadata` of an answer (schema `OpenRouterMetadata`; reference: platform §1.11).
package enum RouterMetadata {
    /// The edge location that all answers claim, as in the guide's example.
    package static let region = "iad"

    /// What one provider answered.
    package struct Attempt: Sendable {
        package var candidate: RouteCandidate
        package var status: Int

        package init(candidate: RouteCandidate, status: Int) {
            self.candidate = candidate
            self.status = status
        }
    }

    /// What became of a plan.
    ///
    /// - Parameters:
    ///   - plan: the router's.
    ///   - attempts: in order; empty when no provider was reached.
    ///   - selected: who served; nil for a failure.
    ///   - pipeline: stages that changed something (schema `PipelineStage`).
    /// - Returns: the member's value.
    package static func json(
        plan: RoutePlan,
        attempts: [Attempt],
        selected: RouteCandidate?,
        pipeline: [JSON] = []
    ) -> JSON {
        let key = selected?.key
        let endpoints = plan.considered.map { candidate -> JSON in
            [
                "provider": .string(candidate.endpoint.provider.name),
                "model": .string(candidate.model.id),
                "selected": .bool(candidate.key == key),
            ]
        }
        let isFallback = (selected?.requestIndex ?? 0) > 0
        let selection = selected.map { ", selected=\($0.endpoint.provider.name)" } ?? ""
        var json: JSONObject = [
            "requested": .string(plan.requested),
            "strategy": .string((isFallback ? .fallback : plan.strategy).rawValue),
            "region": .string(region),
            "summary": .string("available=\(endpoints.count)\(selection)"),
            "attempt": .integer(attempts.count),
            "is_byok": .bool(selected?.isBYOK == true),
            "endpoints": ["total": .integer(endpoints.count), "available": .array(endpoints)],
        ]
        if !attempts.isEmpty { json.append("attempts", .array(attempts.map(\.json))) }
        json.append("params", plan.params.map { .object($0) })
        if !pipeline.isEmpty { json.append("pipeline", .array(pipeline)) }
        return .object(json)
    }
}

extension RouterMetadata {
    /// What a guardrail has refused: nobody was asked, and yet the guide's example counts an attempt.
    static func json(refused plan: RoutePlan, pipeline: [JSON]) -> JSON {
        var members = json(plan: plan, attempts: [], selected: nil, pipeline: pipeline).members ?? [:]
        members["attempt"] = 1
        return .object(members)
    }
}

extension RouterMetadata.Attempt {
    fileprivate var json: JSON {
        [
            "provider": .string(candidate.endpoint.provider.name),
            "model": .string(candidate.model.id),
            "status": .integer(status),
        ]
    }
}
