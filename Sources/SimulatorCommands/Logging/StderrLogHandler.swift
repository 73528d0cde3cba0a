internal import Foundation
internal import Logging
internal import OpenRouterAPI

/// One line an entry on stderr, for people or for machines.
struct StderrLogHandler: LogHandler {
    let format: LogFormat
    let style: Style
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.info

    init(format: LogFormat) {
        self.format = format
        style = Style(isOn: Console.hasColors(.errors))
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let all = metadata.merging(event.metadata ?? [:]) { $1 }.sorted { $0.key < $1.key }
        switch format {
        case .text:
            let details = all.map { " \($0.key)=\($0.value)" }.joined()
            Console.printError("\(style.paint("\(event.level):", event.level.color)) \(event.message)\(details)")
        case .json:
            var attributes: JSONObject = [:]
            for (key, value) in all { attributes.append(key, .string("\(value)")) }
            let record = LogRecord(time: Date(), level: event.level, body: "\(event.message)", attributes: attributes)
            Console.printError(record.text)
        }
    }
}

extension Logger.Level {
    fileprivate var color: Style.Color {
        switch self {
        case .error, .critical: .red
        case .warning: .yellow
        default: .dim
        }
    }
}
