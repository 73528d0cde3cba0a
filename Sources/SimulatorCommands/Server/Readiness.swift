internal import OpenRouterAPI
internal import SimulatorServer

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

/// Tells whoever started the server that it is bound: a banner, a line for scripts, a file.
struct Readiness: Sendable {
    let readyFile: String?
    let mode: String
    let recordingCount: Int

    /// Before the port is bound, since whoever waits for the file would wait for ever.
    func check() throws(ReadyFileError) {
        guard let readyFile else { return }
        var status = stat()
        if stat(readyFile, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
            throw ReadyFileError(path: readyFile, reason: String(cString: strerror(EISDIR)))
        }
        let temporary = Self.temporary(readyFile)
        try write("", toNew: temporary, for: readyFile)
        unlink(temporary)
    }

    func announce(_ binding: ServerApplication.Binding) throws(ReadyFileError) {
        let line = line(binding)
        // After the file: who reads the line may go on to read the file. Without it too, since the server runs.
        defer { say(line, binding) }
        if let readyFile { try write(line + "\n", to: readyFile) }
    }

    private func say(_ line: String, _ binding: ServerApplication.Binding) {
        if Console.isTerminal(.output) {
            Console.print(banner(binding))
        } else {
            Console.print(line)
        }
    }

    private func line(_ binding: ServerApplication.Binding) -> String {
        let ready: JSON = [
            "event": "ready",
            "base_url": .string(binding.baseURL),
            "port": .integer(binding.port),
            "pid": .integer(Int(getpid())),
        ]
        return ready.text
    }

    private func banner(_ binding: ServerApplication.Binding) -> String {
        let recordings = recordingCount == 1 ? "1 recording" : "\(recordingCount) recordings"
        return """
            openrouter-sim \(mode), \(recordings)

              base URL   \(binding.baseURL)
              API key    any, for example sk-or-v1-test
              control    \(binding.origin)/_sim/ready

            Stop with Ctrl-C.
            """
    }

    /// Beside the file and then over it, so that nobody reads half of it.
    private func write(_ text: String, to path: String) throws(ReadyFileError) {
        let temporary = Self.temporary(path)
        try write(text, toNew: temporary, for: path)
        guard rename(temporary, path) == 0 else {
            throw ReadyFileError(path: path, reason: String(cString: strerror(errno)))
        }
    }

    private func write(_ text: String, toNew temporary: String, for path: String) throws(ReadyFileError) {
        let file = fopen(temporary, "w")
        guard let file else { throw ReadyFileError(path: path, reason: String(cString: strerror(errno))) }
        let written = fputs(text, file) >= 0
        guard fclose(file) == 0, written else {
            throw ReadyFileError(path: path, reason: String(cString: strerror(errno)))
        }
    }

    private static func temporary(_ path: String) -> String { "\(path).\(getpid()).tmp" }
}

/// A ready-file that cannot be written.
struct ReadyFileError: Error, CustomStringConvertible {
    let path: String
    let reason: String

    var description: String {
        "cannot write --ready-file \(path): \(reason). Expected a path in an existing folder."
    }
}
