package import Foundation

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

/// The real binary as a server, started the way a user starts it.
///
/// Stop it with `defer { server.stop() }`.
package final class SimulatorProcess: Sendable {
    /// What a program said and how it ended.
    package struct Outcome: Sendable {
        package var status: Int32
        package var output: String
        package var errors: String
    }

    /// Started processes that did not get ready say why.
    package struct StartError: Error, CustomStringConvertible {
        package let outcome: Outcome
        package var description: String { "exit \(outcome.status): \(outcome.errors)" }
    }

    private struct Ready: Decodable {
        var port: Int
    }

    package let port: Int
    private let program: ChildProgram
    private let errorFile: ScratchFile

    package var processIdentifier: Int32 { program.processIdentifier }
    package var origin: String { "http://127.0.0.1:\(port)" }
    package var baseURL: String { origin + "/api/v1" }

    /// Starts a server on a free port and waits for its ready line.
    ///
    /// - Parameters:
    ///   - arguments: without the port.
    ///   - path: what becomes the server with these arguments; nil for the binary itself.
    ///   - environment: variables beside the test's own.
    /// - Throws: ``StartError`` if it does not get ready.
    package init(_ arguments: [String], program path: String? = nil, environment: [String: String] = [:]) throws {
        let errorFile = try ScratchFile()
        let output = Pipe()
        program = try ChildProgram(
            path ?? Self.binary.path,
            arguments + ["--port", "0"],
            environment: Self.environment(environment),
            output: output.fileHandleForWriting.fileDescriptor,
            errors: errorFile.handle.fileDescriptor
        )
        self.errorFile = errorFile
        try output.fileHandleForWriting.close()
        // The line is the only thing on stdout; end of file means that the process has ended.
        var line = Data()
        while line.last != UInt8(ascii: "\n") {
            let more = output.fileHandleForReading.availableData
            guard !more.isEmpty else { break }
            line += more
        }
        guard let ready = try? JSONDecoder().decode(Ready.self, from: line) else {
            let outcome = Outcome(
                status: program.wait(),
                output: String(decoding: line, as: UTF8.self),
                errors: errorFile.text
            )
            throw StartError(outcome: outcome)
        }
        port = ready.port
    }

    package func kill(_ signal: Int32) {
        program.send(signal)
    }

    /// Asks it to stop (SIGTERM) and waits; again does nothing.
    @discardableResult
    package func stop() -> Outcome {
        program.send(SIGTERM)
        return wait()
    }

    package func wait() -> Outcome {
        Outcome(status: program.wait(), output: "", errors: errors)
    }

    /// What it has said on stderr so far.
    package var errors: String { errorFile.text }
}

extension SimulatorProcess {
    /// Runs the binary to its end.
    package static func run(
        _ arguments: [String],
        environment: [String: String] = [:]
    ) throws -> Outcome {
        try run(binary.path, arguments, environment: environment)
    }

    /// Runs any program to its end; both streams go to files, so that neither can fill up and block it.
    package static func run(
        _ path: String,
        _ arguments: [String],
        environment: [String: String] = [:]
    ) throws -> Outcome {
        let output = try ScratchFile()
        let errors = try ScratchFile()
        let program = try ChildProgram(
            path,
            arguments,
            environment: Self.environment(environment),
            output: output.handle.fileDescriptor,
            errors: errors.handle.fileDescriptor
        )
        return Outcome(status: program.wait(), output: output.text, errors: errors.text)
    }

    static func environment(_ additions: [String: String]) -> [String: String] {
        ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("OPENROUTER_SIM_") }.merging(additions) { $1 }
    }

    /// The folder of the package.
    package static let packageFolder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Beside the test bundle, where the build puts products.
    package static let binary: URL = {
        let beside = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
            .appendingPathComponent("openrouter-sim")
        if FileManager.default.isExecutableFile(atPath: beside.path) { return beside }
        return packageFolder.appendingPathComponent(".build/debug/openrouter-sim")
    }()
}

/// A file for one stream of a program; goes with its last user.
final class ScratchFile: Sendable {
    let handle: FileHandle
    private let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("openrouter-sim-\(UUID().uuidString)")
        try Data().write(to: url)
        handle = try FileHandle(forWritingTo: url)
    }

    deinit {
        try? handle.close()
        try? FileManager.default.removeItem(at: url)
    }

    var text: String {
        (try? String(contentsOf: url, encoding: .utf8)) ?? ""
    }
}
