internal import ArgumentParser
internal import Fuzzing
internal import OpenRouterAPI
internal import Tapes

extension InferenceAPI: ExpressibleByArgument {}

/// What of a client is judged.
enum FuzzExpectation: String, CaseIterable, ExpressibleByArgument {
    /// Output, exit status and time.
    case output
    /// Exit status and time.
    case exit
}

/// What to fuzz and how long.
struct FuzzOptions: ParsableArguments {
    @OptionGroup var configurationFile: ConfigurationOptions

    @Option(help: "Cases follow from it: the same seed, the same cases in the same order.")
    var seed: UInt64 = 0

    @Option(help: "The most cases.")
    var cases = 400

    @Option(help: ArgumentHelp("The most time for all cases, such as 2m. (default: none)", valueName: "time"))
    var time: DurationArgument?

    @Option(help: "How long the client may wait in silence; also told to it.")
    var timeout = DurationArgument(.seconds(10))

    @Option(
        help: """
            Only these, separated by commas: preserving, breaking, broken-server; http, stream, payload; or names of \
            mutations. (default: preserving,breaking)
            """
    )
    var classes: String?

    @Option(help: "Which API the client speaks: chat, responses or messages.")
    var api = InferenceAPI.chat

    @Option(help: "What is judged: output, or only the exit status and time (exit).")
    var expect = FuzzExpectation.output

    @Option(help: "Cases at the same time.")
    var jobs = 4

    @Option(help: "The most requests for an answer that one run may make.")
    var maxRequests = 8

    @Option(
        help: ArgumentHelp("Mutate what was recorded in this cassette as well.", valueName: "file"),
        completion: .cassettes
    )
    var cassette: [String] = []

    @Option(
        help: ArgumentHelp("Where findings are kept, and tried first the next time.", valueName: "folder"),
        completion: .directory
    )
    var save = "fuzz-findings"

    private var words: [String] {
        classes?.split(separator: ",").map { $0.trimmingBlanks() } ?? []
    }

    func validateClasses() throws {
        let known = Mutation.Kind.allCases.map(\.rawValue) + Mutation.Layer.allCases.map(\.rawValue)
        for word in words where !known.contains(word) && MutationTable.mutation(named: word) == nil {
            let near = NearestWord.to(word, among: known + MutationTable.all.map(\.name))
            throw ValidationError(
                "Unknown class '\(word)'.\(near.map { " Did you mean '\($0)'?" } ?? "") Classes: "
                    + "\(known.joined(separator: ", ")), or a mutation (fuzz --list)."
            )
        }
        guard classes == nil || !words.isEmpty else {
            throw ValidationError("--classes names nothing. Classes: \(known.joined(separator: ", ")), or a mutation.")
        }
        guard cases > 0, maxRequests > 0 else {
            throw ValidationError("--cases and --max-requests have to be at least 1.")
        }
        guard (1...64).contains(jobs) else { throw ValidationError("--jobs has to be from 1 to 64.") }
        guard timeout.duration >= .milliseconds(100) else {
            throw ValidationError("--timeout has to be at least 100ms: no client answers in less.")
        }
    }

    /// - Throws: `CassetteError` for a cassette that cannot be read, ``FindingFileError`` for one with nothing to mutate.
    func settings(_ command: [String]) throws -> FuzzSettings {
        var settings = FuzzSettings(command: command)
        settings.api = api
        settings.seed = seed
        settings.caseLimit = cases
        settings.timeBudget = time?.duration
        settings.timeout = timeout.duration
        settings.parallelism = jobs
        settings.requestLimit = maxRequests
        settings.ignoresOutput = expect == .exit
        let kinds = Set(words.compactMap(Mutation.Kind.init(rawValue:)))
        let layers = Set(words.compactMap(Mutation.Layer.init(rawValue:)))
        settings.mutations = Set(words.filter { MutationTable.mutation(named: $0) != nil })
        if !kinds.isEmpty { settings.kinds = kinds }
        if !layers.isEmpty { settings.layers = layers }
        // Who names a mutation wants it, whatever its class.
        if !settings.mutations.isEmpty, kinds.isEmpty { settings.kinds = Set(Mutation.Kind.allCases) }
        for path in cassette {
            let recorded = try RecordedTapes(in: path, api: api)
            settings.bases += recorded.tapes
            settings.notes.append(recorded.note)
        }
        return settings
    }

    static func printMutations(asJSON: Bool) {
        guard asJSON else {
            for mutation in MutationTable.all {
                Console.print(
                    "\(mutation.name) (\(mutation.layer.rawValue), \(mutation.kind.rawValue)): \(mutation.summary)"
                )
                Console.print("  \(mutation.valueNames.joined(separator: " "))")
            }
            return
        }
        let rows: [JSON] = MutationTable.all.map {
            [
                "name": .string($0.name), "layer": .string($0.layer.rawValue), "class": .string($0.kind.rawValue),
                "summary": .string($0.summary), "values": .array($0.valueNames.map { .string($0) }),
            ]
        }
        Console.print(JSON.array(rows).description)
    }
}
