internal import GRDB

extension CassetteError {
    /// What an error from below means to our user; result codes as in sqlite.org/rescode.html.
    init(_ error: any Error, path: String, action: Action) {
        if let error = error as? CassetteError {
            self = error
            return
        }
        guard let error = error as? DatabaseError else {
            self = .failed(path: path, action: action, reason: "\(error)")
            return
        }
        let reason = error.message ?? "SQLite error \(error.extendedResultCode.rawValue)"
        switch error.resultCode {
        case .SQLITE_NOTADB:
            self = .notACassette(path: path, found: "no SQLite database")
        case .SQLITE_CORRUPT, .SQLITE_FORMAT, .SQLITE_MISMATCH:
            self = .damaged(path: path, place: "the file", check: reason)
        case .SQLITE_FULL:
            self = .diskFull(path: path)
        case .SQLITE_IOERR where action == .write:
            // SQLite says no more of a disk that fails, and of a limit on the size of files.
            self = .writeFailed(path: path, reason: reason)
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            self = .busy(path: path)
        case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_READONLY, .SQLITE_AUTH:
            self = .notPermitted(path: path, action: action, reason: reason)
        default:
            self = .failed(path: path, action: action, reason: reason)
        }
    }
}
