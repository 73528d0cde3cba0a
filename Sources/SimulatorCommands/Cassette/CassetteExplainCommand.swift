internal import ArgumentParser
internal import Cassettes
internal import Foundation
internal import HTTPTypes
internal import NIOCore
internal import OpenRouterAPI
internal import SimulatorServer
internal import Tapes

/// The command `cassette explain REQUEST.json|- --cassette FILE`.
struct CassetteExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Say why a request is not answered by a cassette; exit status 1 when it is not.",
        discussion: """
            REQUEST.json is the body of the request, - for standard input. Example:
              openrouter-sim cassette explain request.json --cassette session.cassette
            """
    )

    @Argument(help: ArgumentHelp("The request's body; - for standard input.", valueName: "request.json"))
    var request: String

    @Option(parsing: .upToNextOption, help: ArgumentHelp("The cassettes.", valueName: "file"))
    var cassette: [String]

    @Option(help: ArgumentHelp("Method of the request. (default: POST)"))
    var method = "POST"

    @Option(help: ArgumentHelp("Path of the request. (default: /api/v1/chat/completions)"))
    var path = "/api/v1/chat/completions"

    @Option(help: ArgumentHelp("Pattern of a secret, as given to record; repeatable.", valueName: "regex"))
    var redact: [String] = []

    @Flag(help: "Print JSON for machines.")
    var json = false

    func run() throws {
        let cassettes = try SourcePaths.cassettes(at: cassette).map { try Cassette(path: $0) }
        let redactor = Redactor(patterns: try redact.map { try RedactionPattern($0) })
        guard let method = HTTPRequest.Method(rawValue: method) else {
            throw ValidationError("The value '\(method)' is invalid for '--method'. Expected a method such as POST.")
        }
        let target = RequestTarget(path)
        let asked = Request(
            method: method,
            target: APIPath.canonical(target) ?? target,
            fields: [.contentType: "application/json"],
            body: ByteBuffer(bytes: try body())
        )
        let fingerprint = Fingerprinter(redactor: redactor).fingerprint(of: asked)
        for cassette in cassettes {
            let matches = try cassette.index().filter { $0.fingerprint == fingerprint && $0.completion == .finished }
            guard let first = matches.first else { continue }
            let text = "\(cassette.path): recording #\(first.id) answers this request"
            Console.print(
                json
                    ? "{\"match\":true,\"interaction\":\(first.id)}"
                    : text + (matches.count > 1 ? ", the first of \(matches.count)" : "")
            )
            return
        }
        let report = try NearMissFinder(cassettes: cassettes, redactor: redactor).report(for: asked)
        Console.print(json ? report.json.text : report.text)
        throw ExitStatus.findings
    }

    private func body() throws -> [UInt8] {
        if request == "-" { return Array(FileHandle.standardInput.readDataToEndOfFile()) }
        guard let data = FileManager.default.contents(atPath: request) else {
            throw ValidationError("\(request): cannot be read. Expected a file with the request's body, or -.")
        }
        return Array(data)
    }
}
