/// What is known of an uploaded file.
///
/// Its bytes are not kept: an upload cannot be downloaded (reference: inference §6.7), and nothing else reads them.
struct StoredFile: Sendable, Hashable, Codable {
    /// What an OpenAI client says the file is for (schema `OpenAIFile`).
    enum Purpose: String, CaseIterable, Sendable, Codable {
        case assistants, batch, vision, evals
        case fineTune = "fine-tune"
        case userData = "user_data"
    }

    /// `or_file_` and 24 alphanumerics.
    let id: String
    let name: String
    let mediaType: String
    let byteCount: Int
    let purpose: Purpose
    /// Microseconds since 1970.
    let createdAt: Int64
}

/// The files of each account, in the order of their upload; the oldest are dropped beyond a bound.
struct FileStore: Sendable, Codable {
    /// Of one account; as many as one page of a listing can have.
    static let limit = 1000

    private var filesByKey: [String: [StoredFile]] = [:]

    func files(ofKey key: String) -> [StoredFile] {
        filesByKey[key] ?? []
    }

    mutating func insert(_ file: StoredFile, forKey key: String) {
        var files = filesByKey[key] ?? []
        files.append(file)
        filesByKey[key] = files.suffix(Self.limit)
    }

    /// - Returns: whether there was one.
    mutating func remove(_ id: String, forKey key: String) -> Bool {
        guard let index = filesByKey[key]?.firstIndex(where: { $0.id == id }) else { return false }
        filesByKey[key]?.remove(at: index)
        return true
    }
}

extension World {
    func files(ofKey key: String) -> [StoredFile] {
        withInferenceState { state, _ in state.files.files(ofKey: key) }
    }

    func store(_ file: StoredFile, forKey key: String) {
        withInferenceState { state, _ in state.files.insert(file, forKey: key) }
    }

    /// - Returns: whether there was one.
    func removeFile(_ id: String, forKey key: String) -> Bool {
        withInferenceState { state, _ in state.files.remove(id, forKey: key) }
    }
}
