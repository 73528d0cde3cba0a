internal import Foundation
internal import Logging
internal import OpenRouterAPI
internal import Simulation
internal import SimulatorServer
internal import Tapes

extension LoggedRequest {
    /// A record for machines; names are stable, those of OpenTelemetry's semantic conventions where these have one
    /// (HTTP: opentelemetry.io/docs/specs/semconv/http, models: …/semconv/gen-ai, seen in August 2026).
    func record(at time: Date) -> LogRecord {
        var attributes: JSONObject = [
            "event.name": "openrouter_sim.request",
            "http.request.method": .string(method),
            "url.path": .string(path),
        ]
        attributes.append("http.response.status_code", status.map { .integer($0) })
        attributes.append("http.response.body.size", .integer(byteCount))
        attributes.append("gen_ai.request.model", model.map { .string($0) })
        attributes.append("gen_ai.response.id", generationID.map { .string($0) })
        attributes.append("gen_ai.usage.input_tokens", usage.map { .integer($0.prompt) })
        attributes.append("gen_ai.usage.output_tokens", usage.map { .integer($0.completion) })
        attributes.append("openrouter_sim.world", .string(world))
        attributes.append("openrouter_sim.origin", origin.map { .string($0.kind.rawValue) })
        attributes.append("openrouter_sim.source", origin.map { .string($0.description) })
        attributes.append("openrouter_sim.rule", rule.map { .string($0) })
        attributes.append("openrouter_sim.cost", cost.map { .string($0.decimalText) })
        attributes.append("openrouter_sim.duration", duration.map { .decimal($0.secondsText) })
        attributes.append("openrouter_sim.time_to_first_byte", firstByte.map { .decimal($0.secondsText) })
        attributes.append("openrouter_sim.ending", ending.map { .string($0.rawValue) })
        attributes.append("openrouter_sim.outcome", outcome.map { .string($0) })
        attributes.append("openrouter_sim.miss", .bool(isMiss))
        attributes.append("openrouter_sim.error_inside", .bool(hasErrorInside))
        attributes.append("openrouter_sim.faults", .array((origin?.faults ?? []).map { .string($0) }))
        return LogRecord(
            time: time,
            level: isMiss ? .warning : .info,
            body: "\(method) \(path) \(status.map(String.init) ?? "-")",
            attributes: attributes
        )
    }
}

extension Duration {
    /// In seconds, to the microsecond.
    fileprivate var secondsText: String {
        let digits = String(microseconds % 1_000_000)
        return "\(microseconds / 1_000_000)." + String(repeating: "0", count: 6 - digits.count) + digits
    }
}
