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

/// The files of each workspace, in the order of their upload; the oldest are dropped beyond a bound.
struct FileStore: Sendable, Codable {
    /// Of one workspace; as many as one page of a listing can have.
    static let limit = 1000

    private var filesByWorkspace: [String: [StoredFile]] = [:]

    func files(inWorkspace id: String) -> [StoredFile] {
        filesByWorkspace[id] ?? []
    }

    mutating func insert(_ file: StoredFile, inWorkspace id: String) {
        var files = filesByWorkspace[id] ?? []
        files.append(file)
        filesByWorkspace[id] = files.suffix(Self.limit)
    }

    /// - Returns: whether there was one.
    mutating func remove(_ id: String, inWorkspace workspaceID: String) -> Bool {
        guard let index = filesByWorkspace[workspaceID]?.firstIndex(where: { $0.id == id }) else { return false }
        filesByWorkspace[workspaceID]?.remove(at: index)
        return true
    }

    /// Forgets the files of a workspace that is gone.
    mutating func removeAll(inWorkspace id: String) {
        filesByWorkspace[id] = nil
    }
}

extension World {
    func files(inWorkspace id: String) -> [StoredFile] {
        withInferenceState { state, _ in state.files.files(inWorkspace: id) }
    }

    func store(_ file: StoredFile, inWorkspace id: String) {
        withInferenceState { state, _ in state.files.insert(file, inWorkspace: id) }
    }

    /// - Returns: whether there was one.
    func removeFile(_ id: String, inWorkspace workspaceID: String) -> Bool {
        withInferenceState { state, _ in state.files.remove(id, inWorkspace: workspaceID) }
    }

    /// Forgets the files of a workspace that is gone.
    func removeFiles(inWorkspace id: String) {
        withInferenceState { state, _ in state.files.removeAll(inWorkspace: id) }
    }
}
