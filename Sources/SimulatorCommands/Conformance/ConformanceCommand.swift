internal import ArgumentParser
internal import Conformance
internal import Foundation
internal import OpenRouterAPI
internal import Recording
internal import YAMLDocuments

/// The command `conformance --spec FILE`.
struct ConformanceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "conformance",
        abstract: "Hold the simulator against OpenRouter's OpenAPI document; exit status 1 for findings.",
        discussion: """
            Calls every operation of the document on the simulator, in process, and validates the answers: status,
            content type, body, and each event of a stream. Examples:
              openrouter-sim conformance --spec openapi.yaml
              openrouter-sim conformance --spec openapi.yaml --operation 'POST /chat/*' --json

            With --against it asks a live API too, with the key in OPENROUTER_API_KEY, and tells where that says
            something else than the document or the simulator. It reads only, unless --spend is given.
              openrouter-sim conformance --spec openapi.yaml --against https://openrouter.ai/api/v1
            """
    )

    @OptionGroup var configurationFile: ConfigurationOptions

    @Option(
        help: ArgumentHelp("The OpenAPI 3.1 document, YAML or JSON.", valueName: "file"),
        completion: .file(extensions: ["yaml", "yml", "json"])
    )
    var spec: String

    @Option(
        help: ArgumentHelp(
            "Only operations of this name, path or id, with * for any text; repeatable.",
            valueName: "glob"
        )
    )
    var operation: [String] = []

    @Option(help: ArgumentHelp("A live API to compare with; reads only.", valueName: "url"))
    var against: String?

    @Flag(help: "With --against: also ask for a few cheap answers of models.")
    var spend = false

    @Flag(help: "Print JSON for machines.")
    var json = false

    func validate() throws {
        guard spend, against == nil else { return }
        throw ValidationError("Missing '--against': '--spend' is about a live API.")
    }

    func run() async throws {
        let specification = try OpenAPIDocument(parsing: try contents(), file: spec)
        let patterns = try patterns(in: specification)
        let report = try await report(on: specification) { operation in
            patterns.isEmpty || patterns.contains { $0.matches(operation) }
        }
        Console.print(json ? report.json.text : report.text)
        for note in report.notes where !json { Console.printError(note) }
        guard !report.hasFindings else { throw ExitStatus.findings }
    }

    private func report(
        on specification: OpenAPIDocument,
        _ isSelected: (OpenAPIOperation) -> Bool
    ) async throws -> ConformanceReport {
        let simulator = TrialSimulator()
        guard let against else {
            var run = ConformanceRun(specification) { simulator.answer($0) }
            return try await run.report(on: isSelected)
        }
        let key = try LiveAPI.key(for: "--against")
        let api = try LiveAPI(UpstreamConfiguration(url: against))
        var run = DriftRun(
            specification,
            key: key,
            spends: spend,
            live: { try await api.answer($0) },
            simulated: { simulator.answer($0) }
        )
        let report: Result<ConformanceReport, any Error>
        do {
            report = .success(try await run.report(on: isSelected))
        } catch {
            report = .failure(error)
        }
        try await api.shutdown()
        return try report.get()
    }

    private func contents() throws -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: spec) else {
            throw ValidationError("\(spec): cannot be read. Expected a file with an OpenAPI document.")
        }
        return Array(data)
    }

    private func patterns(in specification: OpenAPIDocument) throws -> [OperationPattern] {
        try operation.map { text in
            let pattern = OperationPattern(text)
            guard specification.operations.contains(where: pattern.matches) else {
                let nearest = specification.nearestOperation(to: text).map { " Did you mean '\($0.name)'?" } ?? ""
                throw ValidationError("No operation of \(spec) matches '\(text)'.\(nearest)")
            }
            return pattern
        }
    }
}
