package import YAMLDocuments

/// Why a cassette cannot be opened, read or written.
///
/// Says what, where, what was expected and what to do.
package enum CassetteError: Error, Hashable {
    /// Nothing at this path. `similar` is the name of a file beside it that may be meant.
    case missing(path: String, similar: String?)
    /// A new cassette should be made in a folder that is not there.
    case missingFolder(path: String, folder: String)
    case isDirectory(path: String)
    /// A pipe, a socket or a device.
    case notAFile(path: String)
    /// The file or its folder may not be read or written; `reason` is the system's.
    case notPermitted(path: String, action: Action, reason: String)
    /// Something else. `found` says what.
    case notACassette(path: String, found: String)
    /// Written by a later version of the format.
    case newerVersion(path: String, version: Int)
    /// `place` is an interaction, a body or the file, `check` what it failed.
    case damaged(path: String, place: String, check: String)
    /// A recorder was given other rules than the cassette has.
    case otherRules(path: String, stored: MatchingRules, asked: MatchingRules)
    /// Something is where a new file should be made.
    case exists(path: String)
    /// A file of which no part is an intact recording.
    case nothingIntact(path: String)
    /// Another recorder writes to it; its process number where known.
    case locked(path: String, process: Int?)
    /// A program has it open in a way that does not let us proceed.
    case busy(path: String)
    case diskFull(path: String)
    /// The disk, or a limit on the size of files, let no more be written.
    case writeFailed(path: String, reason: String)
    /// A body of more bytes than a cassette takes.
    case bodyTooLarge(path: String, byteCount: Int, limit: Int)
    /// A body in a content coding in which secrets cannot be looked for.
    case unsearchable(path: String, coding: String)
    case noSuchInteraction(path: String, id: Int64)
    /// Two cassettes to be merged differ in what holds for all their recordings.
    case incompatible(path: String, other: String, key: String)
    /// A file of the text form that says what cannot be.
    case malformed(YAMLDocumentError)
    /// Used after its `close`.
    case closed(path: String)
    /// What SQLite or the system says, where we know no better.
    case failed(path: String, action: Action, reason: String)

    package enum Action: String, Sendable, Hashable {
        case read, write, create
    }
}

extension CassetteError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .missing(let path, let similar):
            let hint = similar.map { " Did you mean '\($0)'?" } ?? ""
            return "\(path): no such cassette.\(hint) "
                + "Record one with 'openrouter-sim record --cassette \(ShellWord.quoted(path))'."
        case .missingFolder(let path, let folder):
            return "\(path): cannot create the cassette, the folder '\(folder)' does not exist. Create it first."
        case .isDirectory(let path):
            return "\(path): is a folder, expected a cassette file. Name the file in it."
        case .notAFile(let path):
            return "\(path): is not a regular file, expected a cassette. Name a file."
        case .notPermitted(let path, let action, let reason):
            return "\(path): not permitted to \(action.rawValue) the cassette (\(reason)). "
                + "Check owner and mode of the file and its folder."
        case .notACassette(let path, let found):
            return "\(path): is not a cassette but \(found). "
                + "Name a file made by 'openrouter-sim record'; the file was not changed. "
                + "If it was one, 'openrouter-sim cassette recover \(ShellWord.quoted(path)) NEW' saves what is intact."
        case .newerVersion(let path, let version):
            return "\(path): has format version \(version), this build reads up to \(CassetteFormat.version). "
                + "Update openrouter-sim."
        case .damaged(let path, let place, let check):
            return "\(path): \(place) is damaged: \(check). "
                + "'openrouter-sim cassette verify \(ShellWord.quoted(path))' lists all damage; "
                + "restore the file from version control, record it again, "
                + "or save what is intact with 'openrouter-sim cassette recover \(ShellWord.quoted(path)) NEW'."
        case .otherRules(let path, let stored, let asked):
            return "\(path): the cassette has other rules for matching (\(stored)) than were given (\(asked)). "
                + "Leave them out to record by those of the cassette, or change those with "
                + "'openrouter-sim cassette rematch \(ShellWord.quoted(path)) --clear"
                + "\(asked.isEmpty ? "" : " " + asked.options)'."
        case .nothingIntact(let path):
            return "\(path): holds no intact recording. Restore the file from version control or record it again."
        case .locked(let path, let process):
            let holder = process.map { " (process \($0))" } ?? ""
            return "\(path): another recorder\(holder) is writing to this cassette. "
                + "Stop it, or record to another file."
        case .busy(let path):
            return "\(path): another program has the cassette open and keeps it locked. Close it and try again."
        case .diskFull(let path):
            return "\(path): no space left on the device. Free some; everything committed before is safe."
        case .writeFailed(let path, let reason):
            return "\(path): cannot write the cassette: \(reason). Check the disk and the limit on the size of files "
                + "('ulimit -f'); everything committed before is safe."
        case .bodyTooLarge(let path, let byteCount, let limit):
            return "\(path): a body of \(byteCount) bytes is too large for a cassette, which takes \(limit)."
        case .unsearchable(let path, let coding):
            return
                "\(path): an answer in content coding '\(coding)' cannot be searched for secrets and was not recorded. "
                + "Let the client accept 'gzip', 'deflate' or 'identity' only."
        case .noSuchInteraction(let path, let id):
            return "\(path): has no interaction \(id). "
                + "'openrouter-sim cassette ls \(ShellWord.quoted(path))' lists them."
        case .exists(let path):
            return "\(path): exists already; expected a new file. Name another one, or merge with "
                + "'openrouter-sim cassette merge'."
        case .incompatible(let path, let other, let key):
            return "\(path): has another '\(key)' than \(other), so that one request has two fingerprints. "
                + "Bring both to the same with 'openrouter-sim cassette rematch', then merge."
        case .malformed(let error):
            return error.description
        case .closed(let path):
            return "\(path): the cassette was closed before; open it again to read or record."
        case .failed(let path, let action, let reason):
            return "\(path): cannot \(action.rawValue) the cassette: \(reason)."
        }
    }
}
