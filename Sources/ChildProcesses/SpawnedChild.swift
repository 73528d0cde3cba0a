#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

/// A child in a process group of its own, with pipes on its two outputs and nothing on its input.
struct SpawnedChild {
    private let identifier: pid_t
    private var pipes: (output: Int32, errors: Int32)
    private(set) var output: [UInt8] = []
    private(set) var errors: [UInt8] = []
    private(set) var isFlooded = false
    private var buffer = [UInt8](repeating: 0, count: 64 << 10)

    /// - Throws: ``ChildCommandError`` when the command cannot be found or started.
    init(_ arguments: [String], environment: [String: String]) throws(ChildCommandError) {
        let name = arguments.first ?? ""
        guard let output = Pipe(), let errors = Pipe() else {
            throw ChildCommandError(command: name, reason: "no pipe: \(String(cString: strerror(errno)))")
        }
        defer {
            Self.close(output.writer)
            Self.close(errors.writer)
        }
        #if canImport(Darwin)
        var actions: posix_spawn_file_actions_t?
        var attributes: posix_spawnattr_t?
        #else
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        #endif
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output.writer, 1)
        posix_spawn_file_actions_adddup2(&actions, errors.writer, 2)
        var flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK
        // A socket of ours that a child still holds is not closed when we close it: no FIN, no RST.
        #if canImport(Darwin)
        flags |= POSIX_SPAWN_CLOEXEC_DEFAULT
        #elseif canImport(Glibc)
        _ = CloseFrom.add?(&actions, 3)
        #endif
        posix_spawnattr_setflags(&attributes, Int16(flags))
        posix_spawnattr_setpgroup(&attributes, 0)
        // We ignore SIGPIPE, and a child would inherit that.
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigaddset(&signals, SIGPIPE)
        posix_spawnattr_setsigdefault(&attributes, &signals)

        let strings = arguments.map { strdup($0) } + [nil]
        let variables = Self.variables(with: environment).map { strdup($0) } + [nil]
        defer { for string in strings + variables { free(string) } }
        #if os(Linux)
        Self.takeOurPriority()
        #endif
        var identifier = pid_t()
        let failure = posix_spawnp(&identifier, name, &actions, &attributes, strings, variables)
        guard failure == 0 else {
            Self.close(output.reader)
            Self.close(errors.reader)
            throw ChildCommandError(command: name, reason: String(cString: strerror(failure)))
        }
        self.identifier = identifier
        pipes = (output.reader, errors.reader)
    }

    #if os(Linux)
    /// Gives the calling thread, and so the child that it starts, the priority with which we were started, as by nice(1).
    ///
    /// Where libdispatch may, as root, it puts its threads back to 0 (observed with Swift 6). The first thread, whose
    /// number is that of the process, keeps what it had.
    private static func takeOurPriority() {
        #if canImport(Glibc)
        let which = __priority_which_t(PRIO_PROCESS.rawValue)
        #else
        let which = PRIO_PROCESS
        #endif
        _ = setpriority(which, 0, getpriority(which, id_t(getpid())))
    }
    #endif

    /// Our variables with changes, as `NAME=value`.
    private static func variables(with changes: [String: String]) -> [String] {
        var variables: [String] = []
        var entry = environ
        while let text = entry.pointee {
            let variable = String(cString: text)
            if changes[String(variable.prefix { $0 != "=" })] == nil { variables.append(variable) }
            entry += 1
        }
        return variables + changes.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    }

    /// Reads what comes, for at most so long.
    ///
    /// - Returns: whether a pipe is still open.
    mutating func read(for time: Duration, limit: Int) -> Bool {
        guard pipes.output >= 0 || pipes.errors >= 0 else { return false }
        var descriptors = [
            pollfd(fd: pipes.output, events: Int16(POLLIN), revents: 0),
            pollfd(fd: pipes.errors, events: Int16(POLLIN), revents: 0),
        ]
        let milliseconds = Int32(time.components.seconds * 1000 + time.components.attoseconds / 1_000_000_000_000_000)
        guard poll(&descriptors, 2, milliseconds) > 0 else { return true }
        if descriptors[0].revents != 0 { Self.drain(&pipes.output, into: &output, &buffer, limit, &isFlooded) }
        if descriptors[1].revents != 0 { Self.drain(&pipes.errors, into: &errors, &buffer, limit, &isFlooded) }
        return pipes.output >= 0 || pipes.errors >= 0
    }

    private static func drain(
        _ descriptor: inout Int32,
        into bytes: inout [UInt8],
        _ buffer: inout [UInt8],
        _ limit: Int,
        _ isFlooded: inout Bool
    ) {
        while true {
            #if canImport(Darwin)
            let count = Darwin.read(descriptor, &buffer, buffer.count)
            #elseif canImport(Glibc)
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            #else
            let count = Musl.read(descriptor, &buffer, buffer.count)
            #endif
            if count > 0 {
                bytes.append(contentsOf: buffer[..<min(count, max(0, limit - bytes.count))])
                if bytes.count >= limit {
                    isFlooded = true
                    return
                }
            } else if count < 0, errno == EAGAIN || errno == EINTR {
                return
            } else {
                close(descriptor)
                descriptor = -1
                return
            }
        }
    }

    /// The status and what it used, or nil while it runs.
    func reap(blocking: Bool) -> (status: Int32, usage: rusage)? {
        var status: Int32 = 0
        var usage = rusage()
        while true {
            let reaped = wait4(identifier, &status, blocking ? 0 : WNOHANG, &usage)
            if reaped == identifier { return (status, usage) }
            guard reaped < 0, errno == EINTR else { return nil }
        }
    }

    /// Kills it with all its descendants that have not left the group.
    func killGroup() {
        kill(-identifier, SIGKILL)
    }

    mutating func close() {
        if pipes.output >= 0 { Self.close(pipes.output) }
        if pipes.errors >= 0 { Self.close(pipes.errors) }
        pipes = (-1, -1)
    }

    private static func close(_ descriptor: Int32) {
        #if canImport(Darwin)
        _ = Darwin.close(descriptor)
        #elseif canImport(Glibc)
        _ = Glibc.close(descriptor)
        #else
        _ = Musl.close(descriptor)
        #endif
    }

    private struct Pipe {
        let reader: Int32
        let writer: Int32

        #if os(Linux)
        /// `F_SETPIPE_SZ` (fcntl(2)), which the headers keep from Swift.
        private static let setPipeSize: Int32 = 1024 + 7
        #endif

        init?() {
            var ends: [Int32] = [0, 0]
            guard pipe(&ends) == 0 else { return nil }
            (reader, writer) = (ends[0], ends[1])
            _ = fcntl(reader, F_SETFD, FD_CLOEXEC)
            _ = fcntl(writer, F_SETFD, FD_CLOEXEC)
            _ = fcntl(reader, F_SETFL, O_NONBLOCK)
            #if os(Linux)
            // Room for whole answers: a Node program that calls process.exit loses what the pipe has not taken yet.
            _ = fcntl(writer, Self.setPipeSize, 1 << 20)
            #endif
        }
    }
}

#if canImport(Glibc)
/// `posix_spawn_file_actions_addclosefrom_np`, which glibc has since 2.34 but its header keeps from strict C.
private enum CloseFrom {
    typealias Function = @convention(c) (UnsafeMutablePointer<posix_spawn_file_actions_t>, Int32) -> Int32

    static let add: Function? = dlsym(nil, "posix_spawn_file_actions_addclosefrom_np").map {
        // The symbol has this type (spawn.h).
        unsafeBitCast($0, to: Function.self)
    }
}
#endif
