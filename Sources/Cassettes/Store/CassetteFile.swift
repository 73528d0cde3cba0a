internal import OpenRouterAPI

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

/// The file of a cassette before SQLite sees it.
///
/// It is never opened here once it exists: closing any descriptor of a file drops all POSIX locks that the process
/// holds on it, SQLite's among them (sqlite.org/howtocorrupt.html, section 2.2).
enum CassetteFile {
    enum Status {
        case missing
        /// Of no bytes: made by a recorder that was killed before it could write.
        case empty
        case present
    }

    /// - Throws: ``CassetteError`` if there is something at the path that is no regular file, or it cannot be seen.
    static func status(of path: String) throws(CassetteError) -> Status {
        var status = stat()
        guard stat(path, &status) == 0 else {
            let code = errno
            if code == ENOENT || code == ENOTDIR { return .missing }
            throw .notPermitted(path: path, action: .read, reason: message(code))
        }
        switch status.st_mode & S_IFMT {
        case S_IFREG: return status.st_size == 0 ? .empty : .present
        case S_IFDIR: throw .isDirectory(path: path)
        default: throw .notAFile(path: path)
        }
    }

    /// - Throws: ``CassetteError`` if there is no cassette file that may be read.
    static func requireReadable(_ path: String) throws(CassetteError) {
        switch try status(of: path) {
        case .missing: throw .missing(path: path, similar: similarName(to: path))
        case .empty: throw .notACassette(path: path, found: "an empty file")
        case .present: break
        }
        guard access(path, R_OK) == 0 else {
            throw .notPermitted(path: path, action: .read, reason: message(errno))
        }
    }

    /// Makes an empty file that only its owner may read.
    ///
    /// SQLite gives `-wal` and `-shm` the same mode.
    static func create(_ path: String) throws(CassetteError) {
        let descriptor = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            let code = errno
            switch code {
            case ENOENT, ENOTDIR: throw .missingFolder(path: path, folder: folder(of: path))
            case ENOSPC: throw .diskFull(path: path)
            case EACCES, EPERM, EROFS: throw .notPermitted(path: path, action: .create, reason: message(code))
            default: throw .failed(path: path, action: .create, reason: message(code))
            }
        }
        close(descriptor)
    }

    static func message(_ code: Int32) -> String {
        String(cString: strerror(code))
    }

    static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// A file in the same folder whose name differs by a few letters or by its extension, or nil.
    private static func similarName(to path: String) -> String? {
        guard let entries = opendir(folder(of: path)) else { return nil }
        defer { closedir(entries) }
        let name = path.split(separator: "/").last.map(String.init) ?? path
        var best: (name: String, distance: Int)?
        while let entry = readdir(entries) {
            let other = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
            }
            guard !other.hasPrefix("."), !["-wal", "-shm", "-lock", "-journal"].contains(where: other.hasSuffix) else {
                continue
            }
            let distance = stem(other) == stem(name) ? 0 : NearestWord.distance(Array(name.utf8), Array(other.utf8))
            // A third of the name may differ, as in ArgumentParser's suggestions.
            guard distance <= name.utf8.count / 3 else { continue }
            if best.map({ (distance, other) < ($0.distance, $0.name) }) ?? true { best = (other, distance) }
        }
        return best?.name
    }

    private static func stem(_ name: String) -> Substring {
        name.lastIndex(of: ".").map { name[..<$0] } ?? name[...]
    }
}
