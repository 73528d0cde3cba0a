internal import ArgumentParser
internal import Fuzzing
internal import OpenRouterAPI

/// The command `fuzz [options] -- COMMAND…`.
struct FuzzCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fuzz",
        abstract: "Find out whether a client survives what a stream can do.",
        discussion: """
            Runs COMMAND once for each case, several at a time, against a server whose answers are mutated, and judges \
            it. The command reads OPENROUTER_BASE_URL and OPENROUTER_API_KEY, makes one streaming chat request \
            (declaring the tool get_weather if it can call tools), prints the text and a line feed, then a line \
            `TOOL name {json arguments}` for each call, and exits 0; on any error it exits otherwise, with the reason \
            on standard error. OPENROUTER_SIM_TIMEOUT is how many seconds it may wait in silence. Example:
              openrouter-sim fuzz -- python3 my_client.py

            Findings are saved in a folder, and tried first the next time. Exit status: 0 no findings, 1 findings.
            """
    )

    @OptionGroup var options: FuzzOptions

    @Flag(help: "Print the report as JSON.")
    var json = false

    @Flag(help: "List the mutations with their values, and stop.")
    var list = false

    @Option(
        help: ArgumentHelp("Run the saved finding again, and nothing else.", valueName: "file"),
        completion: .file(extensions: ["yaml"])
    )
    var replay: [String] = []

    @Option(
        help: ArgumentHelp("Write the report here as well: .json, .xml (JUnit), or else text.", valueName: "file"),
        completion: .file()
    )
    var report: [String] = []

    @Argument(parsing: .postTerminator, help: ArgumentHelp("The client and its arguments.", valueName: "command"))
    var command: [String] = []

    func validate() throws {
        guard !command.isEmpty || list else {
            throw ValidationError("Missing the client to run. Example: openrouter-sim fuzz -- python3 my_client.py")
        }
        try options.validateClasses()
        for path in report where !FindingFolder.canHold(path) {
            throw ValidationError("\(path): the folder for this report is not there. Make it, or name another file.")
        }
    }

    func run() async throws {
        guard !list else { return FuzzOptions.printMutations(asJSON: json) }
        let folder = FindingFolder(path: options.save)
        var settings = try options.settings(command)
        if replay.isEmpty {
            settings.corpus = try folder.cases(api: settings.api)
        } else {
            settings.corpus = try replay.map(FindingFolder.fuzzCase(at:))
            settings.api = settings.corpus.first?.api ?? settings.api
            settings.caseLimit = settings.corpus.count
        }
        var result = try await Self.run(settings)
        // What was found is told, whether or not it can be saved.
        let saving = Result { if replay.isEmpty { try folder.save(&result) } }
        Console.print(json ? result.json.description : result.text)
        for path in report { try FindingFolder.write(rendered(result, for: path), to: path) }
        try saving.get()
        guard result.findings.isEmpty else { throw ExitStatus.findings }
    }

    /// - Throws: ``ExitStatus`` 130, as a shell has it, when it was interrupted twice.
    private static func run(_ settings: FuzzSettings) async throws -> FuzzReport {
        let progress = FuzzProgress()
        let interruption = Interruption()
        var settings = settings
        settings.isStopped = { interruption.isRequested }
        let session = FuzzSession(settings) { progress.show($0) }
        let task = Task { try await session.run() }
        interruption.watch { task.cancel() }
        defer {
            interruption.end()
            progress.clear()
        }
        do {
            return try await task.value
        } catch is CancellationError {
            throw ExitStatus(code: 130)
        }
    }

    private func rendered(_ result: FuzzReport, for path: String) -> String {
        if path.hasSuffix(".json") { return result.json.description + "\n" }
        return path.hasSuffix(".xml") ? result.junit : result.text + "\n"
    }
}
