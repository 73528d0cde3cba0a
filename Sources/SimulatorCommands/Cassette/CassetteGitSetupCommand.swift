internal import ArgumentParser
internal import ChildProcesses
internal import Foundation

/// The command `cassette git-setup`.
struct CassetteGitSetupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "git-setup",
        abstract: "Let git show and merge *.cassette files of this repository.",
        discussion: """
            Adds a line to .gitattributes, to be committed, and sets the diff and merge drivers in the \
            repository's own configuration, which everyone does once in their clone. Doing it again changes \
            nothing. Example:
              openrouter-sim cassette git-setup
            """
    )

    /// In `.gitattributes`; cassettes are binary whatever they look like.
    private static let attributes = "*.cassette -text diff=openrouter-sim merge=openrouter-sim"

    @Option(help: ArgumentHelp("A folder of the repository. (default: this one)", valueName: "folder"))
    var folder: String?

    @Option(help: ArgumentHelp("What git runs. (default: this program)", valueName: "command"))
    var command: String?

    func run() async throws {
        let root = try Self.repository(around: folder ?? FileManager.default.currentDirectoryPath)
        try writeAttributes(in: root)
        let program = command ?? Self.program
        let settings = [
            ("diff.openrouter-sim.textconv", "\(program) cassette git-textconv"),
            ("diff.openrouter-sim.binary", "true"),
            ("merge.openrouter-sim.name", "recordings of openrouter-sim"),
            ("merge.openrouter-sim.driver", "\(program) cassette git-merge %O %A %B %P"),
        ]
        for (key, value) in settings {
            let git = ChildCommand(["git", "-C", root, "config", "--local", key, value], environment: [:])
            let ending = try await git.run()
            guard ending == .exited(0) else {
                throw ValidationError(
                    "git config \(key) failed with status \(ending.shellStatus). See its message above."
                )
            }
            Console.print("git config \(key) = \(value)")
        }
    }

    private func writeAttributes(in root: String) throws {
        let path = root + "/.gitattributes"
        let text = FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? ""
        guard !text.split(separator: "\n").contains(Substring(Self.attributes)) else {
            return Console.print("\(path): has '\(Self.attributes)'")
        }
        let separator = text.isEmpty || text.hasSuffix("\n") ? "" : "\n"
        do {
            try Data((text + separator + Self.attributes + "\n").utf8)
                .write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw ValidationError("\(path): cannot be written: \(error.localizedDescription)")
        }
        Console.print("\(path): added '\(Self.attributes)'; commit it")
    }

    /// The folder that holds `.git`: a folder, or in further work trees a file.
    private static func repository(around path: String) throws -> String {
        var folder = URL(fileURLWithPath: path).standardizedFileURL
        while !FileManager.default.fileExists(atPath: folder.appendingPathComponent(".git").path) {
            guard folder.path != "/" else {
                throw ValidationError("\(path): is in no git repository. Run this in one, or 'git init' first.")
            }
            folder.deleteLastPathComponent()
        }
        return folder.path
    }

    /// Its name where PATH leads to it, so that the setting survives an update, else its path, quoted for a shell.
    private static var program: String {
        guard let path = Bundle.main.executablePath else { return "openrouter-sim" }
        let real = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        let folders = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":") ?? []
        let isInPath = folders.contains { folder in
            URL(fileURLWithPath: folder + "/openrouter-sim").resolvingSymlinksInPath().path == real
        }
        return isInPath ? "openrouter-sim" : "'" + real.replacingOccurrences(of: "'", with: "'\\''") + "'"
    }
}
