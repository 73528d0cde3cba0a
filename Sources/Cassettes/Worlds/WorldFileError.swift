internal import GRDB

/// Why worlds cannot be kept in a file.
///
/// Says what, where, what was expected and what to do.
package enum WorldFileError: Error, Hashable {
    /// Something else: a cassette, another application's database, no database at all.
    case notOurs(path: String)
    /// Written by a later version of the format.
    case newerVersion(path: String, version: Int)
    case missingFolder(path: String, folder: String)
    /// Another server has it open.
    case inUse(path: String)
    case diskFull(path: String)
    case damaged(path: String, reason: String)
    case failed(path: String, reason: String)
}

extension WorldFileError {
    /// What an error from below means to our user; result codes as in sqlite.org/rescode.html.
    init(_ error: any Error, path: String) {
        switch error {
        case let error as WorldFileError:
            self = error
        case CassetteError.missingFolder(_, let folder):
            self = .missingFolder(path: path, folder: folder)
        case CassetteError.isDirectory, CassetteError.notAFile:
            self = .notOurs(path: path)
        case CassetteError.notPermitted(_, _, let reason), CassetteError.failed(_, _, let reason):
            self = .failed(path: path, reason: reason)
        case let error as DatabaseError:
            self.init(error, path: path)
        default:
            self = .failed(path: path, reason: "\(error)")
        }
    }

    private init(_ error: DatabaseError, path: String) {
        let reason = error.message ?? "SQLite error \(error.extendedResultCode.rawValue)"
        switch error.resultCode {
        case .SQLITE_NOTADB: self = .notOurs(path: path)
        case .SQLITE_BUSY, .SQLITE_LOCKED: self = .inUse(path: path)
        case .SQLITE_FULL: self = .diskFull(path: path)
        case .SQLITE_CORRUPT, .SQLITE_FORMAT, .SQLITE_MISMATCH: self = .damaged(path: path, reason: reason)
        default: self = .failed(path: path, reason: reason)
        }
    }
}

extension WorldFileError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notOurs(let path):
            "\(path): is not a file of worlds. Name a new file, or one that '--state' has made; it was not changed."
        case .newerVersion(let path, let version):
            "\(path): has format version \(version), newer than this build knows. Update openrouter-sim."
        case .missingFolder(let path, let folder):
            "\(path): cannot create the file, the folder '\(folder)' does not exist. Create it first."
        case .inUse(let path):
            "\(path): another server keeps its worlds in this file. Stop it, or name another file."
        case .diskFull(let path):
            "\(path): no space left on the device. Free some; what was saved before is safe."
        case .damaged(let path, let reason):
            "\(path): is damaged: \(reason). Remove it to start with new worlds."
        case .failed(let path, let reason):
            "\(path): cannot keep worlds in this file: \(reason). Check owner and mode of the file and its folder."
        }
    }
}
