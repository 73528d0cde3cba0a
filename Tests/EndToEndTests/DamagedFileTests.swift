import Foundation
import OpenRouterAPI
import TestSupport
import Testing

/// The real program on files that something happened to: never a crash, never a wrong answer, always what to do.
@Suite("Damaged and unusable cassettes")
struct DamagedFileTests {
    private static let pageByteCount = 4096
    /// What messages tell the reader to do.
    private static let advice = [
        "cassette recover", "Update openrouter-sim", "Record one", "record it again", "Check owner", "Name a file",
        "Free some", "Check the disk", "Stop it, or record to another file",
    ]

    let folder: TestSupport.TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private var path: String { folder.path("a.cassette") }

    private func write(_ bytes: some Sequence<UInt8>, to name: String = "a.cassette") throws {
        try Data(bytes).write(to: URL(filePath: folder.path(name)))
    }

    private static func example() throws -> [UInt8] {
        let url = SimulatorProcess.packageFolder.appendingPathComponent("cassettes/example.cassette")
        return Array(try Data(contentsOf: url))
    }

    /// Numbers of the recordings and all that `show` says of them.
    private static func recordings(_ path: String) throws -> [Int: String]? {
        let outcome = try SimulatorProcess.run(["cassette", "show", path, "--json"])
        guard outcome.status == 0 else { return nil }
        let document = try JSONDocument(parsing: outcome.output.utf8)
        let all = document.root.elements.map { ($0["number"]?.int ?? 0, String(decoding: $0.raw, as: UTF8.self)) }
        return Dictionary(all) { first, _ in first }
    }

    /// Runs a command, which must end by itself and say what to do where it fails.
    @discardableResult
    private func run(_ arguments: [String], _ place: String) throws -> SimulatorProcess.Outcome {
        let outcome = try SimulatorProcess.run(arguments)
        check(outcome, arguments, place)
        return outcome
    }

    private func check(_ outcome: SimulatorProcess.Outcome, _ arguments: [String], _ place: String) {
        let text = outcome.output + outcome.errors
        #expect((0...2).contains(outcome.status), "\(place), \(arguments): \(text)")
        if outcome.status == 2 {
            #expect(Self.advice.contains { text.contains($0) }, "\(place), \(arguments): \(text)")
        }
    }

    enum Damage: String, CaseIterable {
        case zeros, ones, cut

        func apply(to bytes: [UInt8], page: Int) -> [UInt8] {
            let start = page * DamagedFileTests.pageByteCount
            let byte: UInt8 = self == .ones ? 0xFF : 0
            let rest = self == .cut ? [] : bytes[(start + DamagedFileTests.pageByteCount)...]
            let damaged = self == .cut ? [] : [UInt8](repeating: byte, count: DamagedFileTests.pageByteCount)
            return bytes[..<start] + damaged + rest
        }
    }

    @Test("Whichever page is destroyed, every command says so or answers rightly", arguments: Damage.allCases)
    func pages(_ damage: Damage) throws {
        let bytes = try Self.example()
        try write(bytes)
        let original = try #require(try Self.recordings(path))
        let pageCount = bytes.count / Self.pageByteCount
        #expect(pageCount > 5)
        // The first pages hold the structures; of the others a few stand for all, which RecoveryTests goes through.
        for page in 0..<pageCount where page < 6 || page % 5 == 0 || page == pageCount - 1 {
            let place = "page \(page + 1) of \(pageCount), \(damage)"
            try write(damage.apply(to: bytes, page: page))
            let (text, saved) = (folder.path("text"), folder.path("saved.cassette"))
            try run(["cassette", "ls", path], place)
            try run(["cassette", "verify", path], place)
            try run(["cassette", "export", path, text], place)
            if let shown = try Self.recordings(path) {
                for (number, recording) in shown { #expect(recording == original[number], "\(place), #\(number)") }
            }
            try run(["cassette", "recover", path, saved], place)
            for (number, recording) in try Self.recordings(saved) ?? [:] {
                #expect(recording == original[number], "\(place), recovered #\(number)")
            }
            #expect(try Data(contentsOf: URL(filePath: path)).elementsEqual(damage.apply(to: bytes, page: page)))
            for name in ["text", "saved.cassette"] { try? FileManager.default.removeItem(atPath: folder.path(name)) }
        }
    }

    @Test("Replay and record refuse a destroyed file, and do not touch it")
    func servers() throws {
        let bytes = try Self.example()
        let damaged = Damage.zeros.apply(to: bytes, page: 0)
        for arguments in [["replay"], ["record", "--upstream", "http://127.0.0.1:1/api/v1"]] {
            try write(damaged)
            let outcome = try run(arguments + ["--cassette", path, "--port", "0"], arguments[0])
            #expect(outcome.status == 2)
            #expect(try Data(contentsOf: URL(filePath: path)).elementsEqual(damaged))
        }
    }

    /// What is no cassette, or not one of ours, with a part of what is said about it.
    private static let foreign: [(name: String, says: String)] = [
        ("empty", "is not a cassette but an empty file"), ("text", "is not a cassette but no SQLite database"),
        ("newer", "has format version 99"), ("missing", "no such cassette"), ("folder", "is a folder"),
    ]

    @Test("What is no cassette is told by every command, with exit status 2")
    func foreign() throws {
        try write([], to: "empty")
        try write(Array("a long text file that is no database at all\n".utf8), to: "text")
        var newer = try Self.example()
        newer.replaceSubrange(60..<64, with: [0, 0, 0, 99])
        try write(newer, to: "newer")
        try FileManager.default.createDirectory(atPath: folder.path("folder"), withIntermediateDirectories: false)
        let commands = [
            ["cassette", "ls"], ["cassette", "show"], ["cassette", "verify"], ["cassette", "stats"],
            ["cassette", "rematch"], ["cassette", "prune", "--model", "m"], ["replay", "--port", "0", "--cassette"],
        ]
        for (name, says) in Self.foreign {
            for command in commands {
                // A server takes a folder of cassettes too.
                if name == "folder", command[0] == "replay" { continue }
                let outcome = try SimulatorProcess.run(command + [folder.path(name)])
                #expect(outcome.status == 2 && outcome.output.isEmpty, "\(command) \(name)")
                #expect(outcome.errors.contains(says), "\(command) \(name): \(outcome.errors)")
            }
        }
    }

    @Test("A second recorder stays out, and says who records")
    func twoWriters() throws {
        let first = try SimulatorProcess(["record", "--cassette", path, "--upstream", "http://127.0.0.1:1/api/v1"])
        defer { first.stop() }
        for arguments in [["record", "--port", "0", "--cassette", path], ["cassette", "rematch", path, "--clear"]] {
            let second = try run(arguments, "two writers")
            #expect(second.status == 2)
            #expect(second.errors.contains("another recorder (process \(first.processIdentifier))"), "\(second.errors)")
        }
        #expect(try SimulatorProcess.run(["cassette", "ls", path]).status == 0)
        #expect(first.stop().status == 0)
    }

    /// A chat for each number, answered by a simulator; how many answers came in full.
    private static func ask(_ count: Int, port: Int) throws -> Int {
        try (0..<count).count { number in
            let body =
                #"{"model":"openai/gpt-4o-mini","messages":[{"role":"user","content":"\#(number)"}],"stream":true}"#
            return try HTTPExchange("POST", "/api/v1/chat/completions", body: body, port: port).body.hasSuffix(
                "[DONE]\n\n"
            )
        }
    }

    /// What leaves no room, with what a message says of it.
    enum Limit: String, CaseIterable {
        /// 200 blocks of 1024 bytes are a few recordings (bash, ulimit).
        case fileSize
        /// A file system of 256 KiB, where one can be mounted.
        case disk

        var says: String {
            switch self {
            case .fileSize: "Check the disk and the limit on the size of files ('ulimit -f')"
            case .disk: "no space left on the device"
            }
        }

        static var possible: [Limit] { canMount ? allCases : [.fileSize] }

        private static let canMount: Bool = {
            guard geteuid() == 0, let folder = try? TemporaryFolder() else { return false }
            defer { _ = try? unmount(folder.url.path) }
            return (try? mount(folder.url.path)) == 0
        }()

        static func mount(_ path: String) throws -> Int32 {
            try SimulatorProcess.run("/bin/mount", ["-t", "tmpfs", "-o", "size=256k", "tmpfs", path]).status
        }

        static func unmount(_ path: String) throws -> Int32 {
            try SimulatorProcess.run("/bin/umount", ["--lazy", path]).status
        }
    }

    @Test(
        "Where no more can be written, clients get their answers, what was kept is whole, and the status is 1",
        arguments: Limit.possible
    )
    func noSpace(_ limit: Limit) throws {
        if limit == .disk { try #require(try Limit.mount(folder.url.path) == 0) }
        defer {
            if limit == .disk { _ = try? Limit.unmount(folder.url.path) }
        }
        let upstream = try SimulatorProcess(["serve"])
        defer { upstream.stop() }
        let script = (limit == .fileSize ? "ulimit -f 200; " : "") + #"exec "$0" "$@""#
        let recorder = try SimulatorProcess(
            ["-c", script, SimulatorProcess.binary.path, "record", "--cassette", path, "--upstream", upstream.baseURL],
            program: "/bin/bash"
        )
        defer { recorder.stop() }
        #expect(try Self.ask(40, port: recorder.port) == 40)
        let ended = recorder.stop()
        #expect(ended.status == 1, "\(ended.errors)")
        #expect(ended.errors.contains(limit.says), "\(ended.errors)")
        #expect(ended.errors.contains("could not record "))
        let verified = try SimulatorProcess.run(["cassette", "verify", path])
        #expect(verified.status == 0, "\(verified.output)\(verified.errors)")
        let replayer = try SimulatorProcess(["replay", "--cassette", path])
        defer { replayer.stop() }
        let kept = try #require(try Self.recordings(path)).count
        #expect(kept > 0)
        #expect(try Self.ask(kept, port: replayer.port) == kept)
    }

    @Test("A log that a killed recorder left is read, and goes into the file with the next recording")
    func log() throws {
        let upstream = try SimulatorProcess(["serve"])
        defer { upstream.stop() }
        let recorder = try SimulatorProcess(["record", "--cassette", path, "--upstream", upstream.baseURL])
        #expect(try Self.ask(3, port: recorder.port) == 3)
        recorder.kill(SIGKILL)
        #expect(recorder.wait().status == 137)
        #expect(FileManager.default.fileExists(atPath: path + "-wal"))
        #expect(try Self.recordings(path)?.count == 3)
        let saved = folder.path("saved.cassette")
        let recovered = try run(["cassette", "recover", path, saved], "a log left over")
        #expect(recovered.output == "\(saved): 3 recordings recovered, nothing is lost\n")
        let next = try SimulatorProcess(["record", "--cassette", path, "--upstream", upstream.baseURL])
        #expect(next.stop().status == 0)
        #expect(!FileManager.default.fileExists(atPath: path + "-wal"))
        #expect(try Self.recordings(path)?.count == 3)
    }

    /// Who has few rights: us, or where we are root, from whom the system keeps no file, `nobody`.
    private enum Subject {
        static let identifier: uid_t = geteuid() == 0 ? 65_534 : geteuid()

        /// Nil where the binary cannot be run with few rights.
        static let program: [String]? = {
            if geteuid() != 0 { return [SimulatorProcess.binary.path] }
            let drop = ["setpriv", "--reuid", "\(identifier)", "--regid", "\(identifier)", "--clear-groups"]
            let program = ["/usr/bin/env"] + drop + [SimulatorProcess.binary.path]
            let outcome = try? SimulatorProcess.run(program[0], program.dropFirst() + ["--version"])
            return outcome?.status == 0 ? program : nil
        }()
    }

    @Test(
        "Files and folders that may not be read or written are named",
        .enabled(if: Subject.program != nil, "nobody may run the binary")
    )
    func permissions() throws {
        let program = try #require(Subject.program)
        func run(_ arguments: [String], _ place: String) throws -> SimulatorProcess.Outcome {
            let outcome = try SimulatorProcess.run(program[0], program.dropFirst() + arguments)
            check(outcome, arguments, place)
            return outcome
        }
        try write(Self.example())
        defer { chmod(folder.url.path, 0o700) }
        for file in [path, folder.url.path] { chown(file, Subject.identifier, gid_t.max) }
        chmod(path, 0)
        for arguments in [["cassette", "ls"], ["cassette", "verify"], ["replay", "--port", "0", "--cassette"]] {
            let outcome = try run(arguments + [path], "unreadable")
            #expect(outcome.errors.contains("not permitted to read the cassette"), "\(outcome.errors)")
        }
        chmod(path, 0o400)
        chmod(folder.url.path, 0o500)
        #expect(try run(["cassette", "ls", path], "read-only").status == 0)
        for arguments in [
            ["record", "--port", "0", "--cassette", path], ["record", "--port", "0", "--cassette", folder.path("b")],
            ["cassette", "rematch", path, "--clear"], ["cassette", "export", path, folder.path("text")],
            ["cassette", "recover", path, folder.path("saved.cassette")],
        ] {
            let outcome = try run(arguments, "read-only")
            #expect(outcome.status == 2)
            #expect(outcome.errors.contains("not permitted to"), "\(outcome.errors)")
        }
    }
}
