internal import Foundation
internal import Synchronization

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

/// A terminal that nobody looks at (pty(7)), to see what a program says to people.
package final class PseudoTerminal: Sendable {
    /// What a program writes to.
    package let descriptor: Int32
    private let master: Int32
    private let read = Mutex<[UInt8]>([])
    private let isRead = DispatchSemaphore(value: 0)

    /// - Throws: ``RawSocketError`` when the system has none.
    package init() throws {
        var (master, slave): (Int32, Int32) = (-1, -1)
        guard openpty(&master, &slave, nil, nil, nil) == 0 else { throw RawSocketError(call: "openpty") }
        (self.master, descriptor) = (master, slave)
        // A program waits once a few kilobytes are unread.
        Thread.detachNewThread { [self] in
            var buffer = [UInt8](repeating: 0, count: 4096)
            while true {
                let count = Foundation.read(self.master, &buffer, buffer.count)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { break }
                self.read.withLock { $0 += buffer.prefix(count) }
            }
            self.isRead.signal()
        }
    }

    /// Ends the terminal, once every program that writes to it has ended.
    ///
    /// - Returns: all that was written, with line feeds as they were meant.
    package func finish() -> String {
        // The last one who could write goes; what is written is read before the end.
        close(descriptor)
        isRead.wait()
        close(master)
        return String(decoding: read.withLock { $0 }, as: UTF8.self).replacing("\r\n", with: "\n")
    }
}

extension SimulatorProcess {
    /// Runs the binary to its end with a terminal for one or both of its streams.
    package static func run(
        _ arguments: [String],
        outputOn terminal: PseudoTerminal?,
        errorsOn errorTerminal: PseudoTerminal?
    ) throws -> Outcome {
        let output = try ScratchFile()
        let errors = try ScratchFile()
        let program = try ChildProgram(
            binary.path,
            arguments,
            environment: environment([:]),
            output: terminal?.descriptor ?? output.handle.fileDescriptor,
            errors: errorTerminal?.descriptor ?? errors.handle.fileDescriptor
        )
        let status = program.wait()
        return Outcome(
            status: status,
            output: terminal?.finish() ?? output.text,
            errors: errorTerminal?.finish() ?? errors.text
        )
    }
}
