internal import Synchronization

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

/// Keeps a second recorder off a cassette, and nobody else: readers need no lock.
///
/// A file beside the cassette, `NAME-lock`, under flock(2). The kernel drops the lock with the process, so that one
/// that was killed leaves none behind; the file it leaves is empty of meaning and is taken over. The cassette itself is
/// not locked this way: see ``CassetteFile``, and on BSDs and macOS flock collides with SQLite's own locks.
final class CassetteLock: Sendable {
    private let path: String
    /// Nil once released.
    private let descriptor: Mutex<Int32?>

    /// - Throws: ``CassetteError/locked(path:process:)`` if another recorder has it.
    init(cassette: String) throws(CassetteError) {
        path = Self.resolved(cassette) + "-lock"
        while true {
            let descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
            guard descriptor >= 0 else { throw Self.openError(errno, cassette: cassette) }
            guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
                let process = Self.process(in: descriptor)
                close(descriptor)
                throw .locked(path: cassette, process: process)
            }
            // The file may have been removed by its last owner between our open and our lock.
            if Self.isSameFile(descriptor, path) {
                Self.write(process: getpid(), to: descriptor)
                self.descriptor = Mutex(descriptor)
                return
            }
            close(descriptor)
        }
    }

    deinit {
        release()
    }

    /// Removes the file while the lock still holds, then lets go.
    func release() {
        descriptor.withLock { descriptor in
            guard let open = descriptor else { return }
            unlink(path)
            close(open)
            descriptor = nil
        }
    }

    /// The file that symbolic links lead to, so that a cassette has one lock whatever it is called.
    private static func resolved(_ path: String) -> String {
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    private static func openError(_ code: Int32, cassette: String) -> CassetteError {
        switch code {
        case ENOENT, ENOTDIR: .missingFolder(path: cassette, folder: CassetteFile.folder(of: cassette))
        case ENOSPC: .diskFull(path: cassette)
        default: .notPermitted(path: cassette, action: .write, reason: CassetteFile.message(code))
        }
    }

    private static func isSameFile(_ descriptor: Int32, _ path: String) -> Bool {
        var ours = stat()
        var theirs = stat()
        guard fstat(descriptor, &ours) == 0, stat(path, &theirs) == 0 else { return false }
        return ours.st_ino == theirs.st_ino && ours.st_dev == theirs.st_dev
    }

    private static func write(process: Int32, to descriptor: Int32) {
        ftruncate(descriptor, 0)
        let text = Array("\(process)\n".utf8)
        _ = text.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
    }

    private static func process(in descriptor: Int32) -> Int? {
        var bytes = [UInt8](repeating: 0, count: 16)
        let count = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) }
        return Int(String(decoding: bytes.prefix(max(count, 0)).prefix { $0 >= 0x30 && $0 <= 0x39 }, as: UTF8.self))
    }
}
