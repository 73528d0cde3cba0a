import Foundation
import OpenRouterAPI
import TestSupport
import Testing

/// Cassettes that are too long to be looked at in one go, and work that takes time.
@Suite("Long lists and long work")
struct LongListTests {
    let folder: TestSupport.TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    /// An archive of chats that another tool recorded.
    private static func archive(_ count: Int, words: String = "") -> String {
        let entries = (1...count).map { number in
            let body =
                #"{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"question \#(number) \#(words)\"}]}"#
            return """
                {"startedDateTime":"2026-01-01T00:00:00Z","request":{"method":"POST",\
                "url":"https://openrouter.ai/api/v1/chat/completions","headers":[],\
                "postData":{"mimeType":"application/json","text":"\(body)"}},\
                "response":{"status":200,"statusText":"OK","httpVersion":"HTTP/1.1","headers":[],\
                "content":{"mimeType":"application/json","text":"{\\"answer\\":\(number)}"}}}
                """
        }
        return #"{"log":{"version":"1.2","entries":["# + entries.joined(separator: ",") + "]}}"
    }

    /// A cassette of so many recordings.
    private func cassette(_ count: Int) throws -> String {
        let (archive, path) = (folder.path("a.har"), folder.path("a.cassette"))
        try Data(Self.archive(count).utf8).write(to: URL(filePath: archive))
        let outcome = try SimulatorProcess.run(["cassette", "import", archive, path])
        try #require(outcome.status == 0, "\(outcome.errors)")
        return path
    }

    private static func numbers(_ output: String) throws -> [Int] {
        try JSONDocument(parsing: output.utf8).root.elements.compactMap { ($0["number"] ?? $0["id"])?.int }
    }

    @Test("ls and show print the recordings that are asked for, and how to go on")
    func pages() throws {
        let path = try cassette(25)
        let rows: [(options: [String], numbers: ClosedRange<Int>?, next: Int?)] = [
            ([], 1...25, nil), (["--limit", "5"], 1...5, 5), (["--after", "5", "--limit", "5"], 6...10, 10),
            (["--after", "20"], 21...25, nil), (["--after", "20", "--limit", "5"], 21...25, nil),
            (["--after", "25"], nil, nil), (["--after", "900", "--limit", "1"], nil, nil),
        ]
        for command in ["ls", "show"] {
            for (options, numbers, next) in rows {
                let json = try SimulatorProcess.run(["cassette", command, path, "--json"] + options)
                #expect(json.status == 0)
                #expect(try Self.numbers(json.output) == numbers.map(Array.init) ?? [], "\(command) \(options)")
                let more =
                    next.map { "There is more: openrouter-sim cassette \(command) \(path) --after \($0)\n" } ?? ""
                #expect(json.errors == more, "\(command) \(options)")
                let text = try SimulatorProcess.run(["cassette", command, path] + options)
                #expect(text.errors == more)
                if command == "ls" {
                    let lines = text.output.split(separator: "\n").filter { $0.contains("/api/v1/chat/completions") }
                    #expect(lines.count == numbers?.count ?? 0, "\(options): \(text.output)")
                }
            }
        }
    }

    @Test(
        "What cannot be a page is refused",
        arguments: [
            (["ls", "--limit", "0"], "The value of '--limit' is too small. Expected 1 or more."),
            (["show", "3", "--limit", "1"], "Expected numbers of recordings, or '--after' and '--limit', not both."),
        ]
    )
    func wrongPages(arguments: [String], says: String) throws {
        let path = try cassette(3)
        let outcome = try SimulatorProcess.run(["cassette", arguments[0], path] + arguments.dropFirst())
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains(says), "\(outcome.errors)")
    }

    @Test("On a terminal show stops after 20 recordings unless told otherwise")
    func terminal() throws {
        let path = try cassette(25)
        let more = "There is more: openrouter-sim cassette show \(path) --after 20\n"
        let rows: [(command: String, options: [String], count: Int, errors: String)] = [
            ("show", [], 20, more), ("show", ["--limit", "22"], 22, more.replacing("after 20", with: "after 22")),
            ("ls", [], 25, ""),
        ]
        for (command, options, count, errors) in rows {
            let outcome = try SimulatorProcess.run(
                ["cassette", command, path] + options,
                outputOn: try PseudoTerminal(),
                errorsOn: nil
            )
            #expect(outcome.status == 0)
            #expect(
                outcome.output.split(separator: "POST /api/v1/chat/completions").count - 1 == count || command == "ls"
            )
            #expect(outcome.errors == errors)
        }
    }

    @Test("Work that takes longer than a moment shows how far it is, on a terminal only", arguments: [true, false])
    func progress(isTerminal: Bool) throws {
        // Some seconds of work for this build; it needs half of one to be told of.
        let archive = folder.path("a.har")
        let text = Self.archive(400, words: String(repeating: "word ", count: 2_000))
        try Data(text.utf8).write(to: URL(filePath: archive))
        let outcome = try SimulatorProcess.run(
            ["cassette", "import", archive, folder.path("a.cassette")],
            outputOn: nil,
            errorsOn: isTerminal ? try PseudoTerminal() : nil
        )
        #expect(outcome.status == 0, "\(outcome.errors)")
        if isTerminal {
            #expect(outcome.errors.contains("\rimporting ["), "\(outcome.errors)")
            #expect(outcome.errors.contains(" of 400"))
            // The line is empty again at the end.
            #expect(outcome.errors.hasSuffix("\r"))
        } else {
            #expect(!outcome.errors.contains("importing"))
        }
    }
}
