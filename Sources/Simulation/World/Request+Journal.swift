internal import NIOCore
internal import OpenRouterAPI
internal import Tapes

/// What the journal keeps of a request: no authorization code, no verifier, no form of the sign-in page, and no body
/// that brings keys of other services.
extension Request {
    var forJournal: Request {
        var request = self
        if target.query.contains("=") { request.target = target.withoutCodes }
        switch target.path {
        case "/auth": request.body = ByteBuffer()
        case "/api/v1/auth/keys": request.body = Self.exchangeWithoutSecrets(body)
        case let path where path.hasPrefix("/api/v1/byok") || path.hasPrefix("/api/v1/observability/"):
            request.body = ByteBuffer()
        default: break
        }
        return request
    }

    /// Whether its answer holds codes or keys that no journal shows.
    var isAnsweredWithSecrets: Bool {
        ["/auth", "/api/v1/auth/", "/api/v1/byok", "/api/v1/observability/"].contains { target.path.hasPrefix($0) }
    }

    /// The names of the members; of the values only the method's.
    ///
    /// A body that is no object is left out: a code may be anywhere in it.
    private static func exchangeWithoutSecrets(_ body: ByteBuffer) -> ByteBuffer {
        guard let root = try? JSONDocument(parsing: body.readableBytesView).root, root.kind == .object else {
            return ByteBuffer()
        }
        let members = root.members.map { member in
            let isMethod = CodeChallenge.Method(rawValue: member.value.string ?? "") != nil
            return (member.key, isMethod ? JSON(member.value) : JSON.string(RequestTarget.removed))
        }
        return ByteBuffer(bytes: JSON.object(JSONObject(members)).serialized())
    }
}

extension RequestTarget {
    /// Stands where a secret was.
    fileprivate static let removed = "[removed]"

    private static let secretNames: Set<String> = ["code", "code_verifier"]

    /// The target with the values of items that are authorization codes or verifiers removed.
    fileprivate var withoutCodes: RequestTarget {
        guard queryItems.contains(where: { Self.secretNames.contains($0.name) }) else { return self }
        let items = query.split(separator: "&").map { item -> Substring in
            let name = item.prefix { $0 != "=" }
            let isSecret = Self.secretNames.contains(String(name).removingPercentEncoding(keepingSlashes: false))
            return isSecret ? name + "=" + Self.removed : item
        }
        return RequestTarget(raw.prefix { $0 != "?" } + "?" + items.joined(separator: "&"))
    }
}
