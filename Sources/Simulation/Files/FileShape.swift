internal import HTTPTypes
internal import OpenRouterAPI
internal import Tapes

/// In whose form files are told (reference: platform §5.9).
///
/// The member `_shape`, which the published schemas require, comes first; OpenRouter's SDK tells the forms apart by it.
enum FileShape: String, CaseIterable, Sendable {
    case openRouter = "openrouter"
    case openAI = "openai"
    case anthropic

    /// What the request shows of its client: `provider` in the query, or header fields that an SDK sends.
    ///
    /// - Throws: ``APIError`` 400 for an unknown provider.
    init(_ request: Request) throws(APIError) {
        if let provider = request.target.queryValue("provider") {
            guard let shape = FileShape(rawValue: provider), shape != .openRouter else {
                throw .invalidField(
                    "provider",
                    expected: "openai or anthropic",
                    found: JSON.string(provider).text
                )
            }
            self = shape
            return
        }
        let agent = request.fields[.userAgent] ?? ""
        self =
            if request.fields[.anthropicVersion] != nil {
                .anthropic
            } else if agent.hasPrefix("OpenAI/") || agent.hasPrefix("AsyncOpenAI/") {
                .openAI
            } else {
                .openRouter
            }
    }
}

// MARK: - Bodies

extension FileShape {
    func file(_ file: StoredFile) -> JSON {
        switch self {
        case .openRouter, .anthropic:
            [
                "_shape": .string(rawValue),
                "id": .string(file.id),
                "type": "file",
                "filename": .string(file.name),
                "mime_type": .string(file.mediaType),
                "size_bytes": .integer(file.byteCount),
                "created_at": .string(CivilTime(microseconds: file.createdAt).iso8601Milliseconds),
                "downloadable": false,
            ]
        case .openAI:
            [
                "_shape": .string(rawValue),
                "id": .string(file.id),
                "object": "file",
                "bytes": .integer(file.byteCount),
                "created_at": .integer(Int(file.createdAt / 1_000_000)),
                "filename": .string(file.name),
                "purpose": .string(file.purpose.rawValue),
                "status": "processed",
            ]
        }
    }

    func page(_ page: FilesQuery.Page) -> JSON {
        var members: JSONObject = ["_shape": .string(rawValue)]
        if self == .openAI { members.append("object", "list") }
        members.append("data", .array(page.files.map(file)))
        members.append("first_id", (page.files.first?.id).json)
        members.append("last_id", (page.files.last?.id).json)
        members.append("has_more", .bool(page.hasMore))
        if self == .openRouter { members.append("cursor", page.cursor.json) }
        return .object(members)
    }

    func deletion(of id: String) -> JSON {
        self == .openAI
            ? ["_shape": .string(rawValue), "id": .string(id), "object": "file", "deleted": true]
            : ["_shape": .string(rawValue), "id": .string(id), "type": "file_deleted"]
    }
}

extension HTTPField.Name {
    /// What Anthropic's SDKs send with every request.
    fileprivate static let anthropicVersion: HTTPField.Name = {
        guard let name = HTTPField.Name("anthropic-version") else { preconditionFailure("a field name") }
        return name
    }()
}
