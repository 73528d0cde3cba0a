internal import HTTPTypes
internal import OpenRouterAPI

/// All operations of the control API, in the order of its document.
enum ControlTable {
    static let all: [ControlOperation] =
        [healthOperation, readyOperation, metricsOperation, documentOperation] + WorldControl.operations
        + ClockControl.operations
        + ScenarioControl.operations + FaultControl.operations + JournalControl.operations + VerifyControl.operations
        + AccountControl.operations + CassetteControl.operations + PageControl.operations

    /// What can be asked, as `GET /_sim/health`.
    static var names: [String] { all.map { "\($0.method.rawValue) /_sim\($0.path)" } }

    private static let healthOperation = ControlOperation(
        method: .get,
        path: "/health",
        summary: "Whether the server is up.",
        respond: health
    )

    private static let readyOperation = ControlOperation(
        method: .get,
        path: "/ready",
        summary: "Mode, base URL and the endpoints of this API.",
        respond: ready
    )

    private static let metricsOperation = ControlOperation(
        method: .get,
        path: "/metrics",
        summary: "Counters for Prometheus.",
        respond: metrics
    )

    private static let documentOperation = ControlOperation(
        method: .get,
        path: "/openapi.json",
        summary: "This document.",
        respond: document
    )
}

// MARK: - Answers about the server itself

extension ControlTable {
    private static func health(_ call: ControlCall) -> ControlAnswer {
        .json(["status": "ok"])
    }

    private static func ready(_ call: ControlCall) -> ControlAnswer {
        .json(call.services.status.json(endpoints: names))
    }

    private static func metrics(_ call: ControlCall) -> ControlAnswer {
        .text(
            call.services.metrics.text(call.services.sources),
            contentType: "text/plain; version=0.0.4; charset=utf-8"
        )
    }

    private static func document(_ call: ControlCall) -> ControlAnswer {
        .json(ControlDocument.json(of: all))
    }
}
