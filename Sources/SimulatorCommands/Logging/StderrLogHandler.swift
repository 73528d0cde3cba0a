internal import Logging
internal import OpenRouterAPI

/// One line an entry on stderr, for people or for machines.
struct StderrLogHandler: LogHandler {
    let label: String
    let format: LogFormat
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.info

    init(label: String, format: LogFormat) {
        self.label = label
        self.format = format
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
            Console.printError("\(event.level): \(event.message)\(details)")
        case .json:
            var line: JSONObject = ["level": .string(event.level.rawValue), "message": .string("\(event.message)")]
            for (key, value) in all { line.append(key, .string("\(value)")) }
            Console.printError(JSON.object(line).text)
        }
    }
}
