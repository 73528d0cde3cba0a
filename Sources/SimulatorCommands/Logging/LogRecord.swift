internal import Foundation
internal import Logging
internal import OpenRouterAPI

/// One line of a log for machines, after the data model of OpenTelemetry
/// (opentelemetry.io/docs/specs/otel/logs/data-model): time, severity, body, attributes.
struct LogRecord {
    var time: Date
    var level: Logger.Level
    /// For people.
    var body: String
    var attributes: JSONObject

    var json: JSON {
        [
            "timestamp": .string(time.formatted(Self.timeFormat)),
            "severity_text": .string(level.rawValue.uppercased()),
            "severity_number": .integer(level.severityNumber),
            "body": .string(body),
            "attributes": .object(attributes),
        ]
    }

    var text: String { json.text }

    private static let timeFormat = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
}

extension Logger.Level {
    /// Of the four numbers that each severity has, the first (section "Field: SeverityNumber").
    fileprivate var severityNumber: Int {
        switch self {
        case .trace: 1
        case .debug: 5
        case .info: 9
        case .notice: 10
        case .warning: 13
        case .error: 17
        case .critical: 21
        }
    }
}
