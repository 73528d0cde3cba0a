internal import ArgumentParser
internal import Cassettes
internal import OpenRouterAPI

/// Which part of a long list is printed.
struct CassettePageOptions: ParsableArguments {
    /// How many recordings are read at once.
    static let pageSize = 1_000

    @Option(help: ArgumentHelp("Only recordings with a higher number.", valueName: "number"))
    var after: Int64 = 0

    @Option(help: ArgumentHelp("How many recordings at most; all where output is no terminal.", valueName: "count"))
    var limit: Int?

    func validate() throws {
        guard limit ?? 1 > 0 else { throw ValidationError("The value of '--limit' is too small. Expected 1 or more.") }
    }

    /// Goes through the recordings, in pages that fit in memory.
    ///
    /// Says on standard error how to go on when there are more.
    /// `page` fetches recordings after a number, `print` prints them; `terminalLimit` is how many a person is shown who
    /// did not say.
    func forEachPage<Item>(
        of cassette: Cassette,
        command: String,
        terminalLimit: Int,
        page: (_ after: Int64, _ limit: Int) throws -> [(id: Int64, item: Item)],
        print: ([Item]) throws -> Void
    ) throws {
        var left = limit ?? (Console.isTerminal(.output) ? terminalLimit : .max)
        var last = after
        while left > 0 {
            let items = try page(last, min(left, Self.pageSize))
            guard let end = items.last?.id else { break }
            try print(items.map(\.item))
            last = end
            left -= items.count
        }
        guard left == 0, try !cassette.ids(after: last, limit: 1).isEmpty else { return }
        Console.printError("There is more: openrouter-sim cassette \(command) \(cassette.path) --after \(last)")
    }
}

/// A JSON array, or paragraphs for people, printed part by part.
struct ListOutput {
    let isJSON: Bool
    /// Between paragraphs.
    let separator: String
    private var isEmpty = true

    init(isJSON: Bool, separator: String = "\n") {
        self.isJSON = isJSON
        self.separator = separator
    }

    mutating func add(json: @autoclosure () -> JSON, text: @autoclosure () -> String) {
        if isJSON {
            Console.printPart((isEmpty ? "[" : ",") + json().text)
        } else {
            Console.printPart((isEmpty ? "" : separator) + text())
        }
        isEmpty = false
    }

    func finish() {
        Console.printPart(isJSON ? (isEmpty ? "[]\n" : "]\n") : "\n")
    }
}
