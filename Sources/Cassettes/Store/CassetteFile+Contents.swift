internal import Foundation

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

/// Files of the text form, which no database has open.
extension CassetteFile {
    /// The bytes of a file.
    static func contents(of path: String) throws(CassetteError) -> [UInt8] {
        do {
            return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        } catch {
            let reason = FileManager.default.fileExists(atPath: path) ? error.localizedDescription : message(ENOENT)
            throw .failed(path: path, action: .read, reason: reason)
        }
    }

    /// Puts a file that only its owner reads in the place of what is there, at once: a reader sees the old one or the
    /// new one.
    ///
    /// - Returns: false if the file already had these bytes, and was left alone.
    @discardableResult
    static func replace(_ path: String, with bytes: [UInt8]) throws(CassetteError) -> Bool {
        if let data = FileManager.default.contents(atPath: path), data.elementsEqual(bytes) { return false }
        let name = path.lastIndex(of: "/").map { path[path.index(after: $0)...] } ?? path[...]
        let temporary = "\(folder(of: path))/.\(name).\(getpid()).tmp"
        unlink(temporary)
        let descriptor = open(temporary, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw error(errno, path: path) }
        var code = write(bytes, to: descriptor)
        if close(descriptor) != 0, code == 0 { code = errno }
        if code == 0, rename(temporary, path) != 0 { code = errno }
        guard code == 0 else {
            unlink(temporary)
            throw error(code, path: path)
        }
        return true
    }

    /// Puts a file in the place of another one, or of nothing.
    static func move(_ path: String, to destination: String) throws(CassetteError) {
        guard rename(path, destination) == 0 else { throw error(errno, path: destination) }
    }

    static func remove(_ path: String) throws(CassetteError) {
        guard unlink(path) == 0 || errno == ENOENT else { throw error(errno, path: path) }
    }

    /// Makes a folder that only its owner reads, unless there is one.
    static func createFolder(_ path: String) throws(CassetteError) {
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else {
            let code = errno
            if code == ENOENT { throw .missingFolder(path: path, folder: folder(of: path)) }
            throw error(code, path: path)
        }
    }

    /// Nil for what is no regular file.
    static func byteCount(of path: String) -> Int? {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return Int(status.st_size)
    }

    static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// - Returns: 0, or the error's code.
    private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
        bytes.withUnsafeBytes { buffer in
            var rest = buffer[...]
            while !rest.isEmpty {
                let count = systemWrite(descriptor, UnsafeRawBufferPointer(rebasing: rest))
                if count < 0, errno != EINTR { return errno }
                rest = rest.dropFirst(max(0, count))
            }
            return 0
        }
    }

    private static func error(_ code: Int32, path: String) -> CassetteError {
        switch code {
        case ENOSPC, EDQUOT: .diskFull(path: path)
        case EACCES, EPERM, EROFS: .notPermitted(path: path, action: .write, reason: message(code))
        default: .failed(path: path, action: .write, reason: message(code))
        }
    }
}

/// `write` of the system, which the method above hides.
private func systemWrite(_ descriptor: Int32, _ buffer: UnsafeRawBufferPointer) -> Int {
    write(descriptor, buffer.baseAddress, buffer.count)
}
