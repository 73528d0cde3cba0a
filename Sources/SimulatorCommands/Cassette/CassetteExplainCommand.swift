internal import ArgumentParser
internal import Cassettes
internal import Foundation
internal import HTTPTypes
internal import NIOCore
internal import OpenRouterAPI
internal import SimulatorServer
internal import Tapes

/// The command `cassette explain REQUEST.json|- [--cassette FILE]`.
struct CassetteExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Say why a request is not answered by a cassette; exit status 1 when it is not.",
        discussion: """
            REQUEST.json is the body of the request, - for standard input. Example:
              openrouter-sim cassette explain request.json --cassette session.cassette --header 'X-Title: my app'
            """
    )

    @Argument(help: ArgumentHelp("The request's body; - for standard input.", valueName: "request.json"))
    var request: String

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("The cassettes. (default: those of this folder)", valueName: "file")
    )
    var cassette: [String] = []

    @Option(help: ArgumentHelp("Method of the request. (default: POST)"))
    var method = "POST"

    @Option(help: ArgumentHelp("Path of the request. (default: /api/v1/chat/completions)"))
    var path = "/api/v1/chat/completions"

    @Option(help: ArgumentHelp("Header field of the request; repeatable.", valueName: "name: value"))
    var header: [String] = []

    @Flag(
        help: "Also count recordings that end where a client left or the recorder died, as --include-incomplete does."
    )
    var includeIncomplete = false

    @OptionGroup var redaction: RedactionOptions

    @Flag(help: "Print JSON for machines.")
    var json = false

    func run() throws {
        let cassettes = try SourcePaths.cassettes(at: cassette.isEmpty ? ["."] : cassette).map {
            try Cassette(path: $0)
        }
        let paths = cassettes.map(\.path)
        let redactor = Redactor(rules: try Cassette.redactionRules(at: paths, adding: redaction.rules()))
        guard let method = HTTPRequest.Method(rawValue: method) else {
            throw ValidationError("The value '\(method)' is invalid for '--method'. Expected a method such as POST.")
        }
        let target = RequestTarget(path)
        let asked = Request(
            method: method,
            target: APIPath.canonical(target) ?? target,
            fields: try fields(),
            body: ByteBuffer(bytes: try body())
        )
        let answers = try cassettes.flatMap { try matches(of: asked, in: $0, redactor) }
        if let first = answers.first {
            Console.print(json ? Self.json(answers).text : Self.text(first, count: answers.count))
            return
        }
        let report = try NearMissFinder(cassettes: cassettes, redactor: redactor).report(for: asked)
        var miss: JSONObject = ["match": .bool(false)]
        miss.append(contentsOf: report.json.members ?? [:])
        Console.print(json ? JSON.object(miss).text : report.text)
        throw ExitStatus.findings
    }

    /// A recording that answers the request.
    private struct Match {
        var file: String
        var id: Int64
    }

    /// In recorded order, by the rules of the cassette.
    private func matches(of request: Request, in cassette: Cassette, _ redactor: Redactor) throws -> [Match] {
        let fingerprinter = Fingerprinter(redactor: redactor, rules: try cassette.matchingRules())
        let fingerprint = fingerprinter.fingerprint(of: request)
        return try cassette.index(of: fingerprint)
            .filter { includeIncomplete || $0.completion == .finished }
            .map { Match(file: cassette.path, id: $0.id) }
    }

    private static func text(_ first: Match, count: Int) -> String {
        "\(first.file): recording #\(first.id) answers this request" + (count > 1 ? ", the first of \(count)" : "")
    }

    private static func json(_ matches: [Match]) -> JSON {
        [
            "match": .bool(true),
            "recordings": .array(
                matches.map { ["cassette": .string($0.file), "interaction": .integer(Int($0.id))] }
            ),
        ]
    }

    /// `application/json` unless the options say otherwise.
    private func fields() throws -> HTTPFields {
        var fields: HTTPFields = [:]
        for line in header {
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, let name = HTTPField.Name(String(parts[0])) else {
                throw ValidationError("The value '\(line)' is invalid for '--header'. Expected 'Name: value'.")
            }
            fields.append(HTTPField(name: name, value: parts[1].trimmingCharacters(in: .whitespaces)))
        }
        if fields[.contentType] == nil { fields[.contentType] = "application/json" }
        return fields
    }

    private func body() throws -> [UInt8] {
        if request == "-" { return Array(FileHandle.standardInput.readDataToEndOfFile()) }
        guard let data = FileManager.default.contents(atPath: request) else {
            throw ValidationError("\(request): cannot be read. Expected a file with the request's body, or -.")
        }
        return Array(data)
    }
}
