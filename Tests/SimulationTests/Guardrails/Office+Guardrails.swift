internal import HTTPTypes
internal import OpenRouterAPI
internal import Tapes
internal import Testing

@testable internal import Simulation

extension Office {
    /// The id of a new guardrail with these members beside its name.
    func createGuardrail(_ members: String = "") throws -> String {
        let data = try data(.post, "/guardrails", #"{"name":"g"\#(members.isEmpty ? "" : "," + members)}"#)
        return try #require(data["id"]?.string)
    }

    /// Assigns a guardrail to keys by their hashes, or to members.
    ///
    /// - Returns: the count of the answer.
    @discardableResult
    func assign(_ guardrail: String, keys: [String] = [], members: [String] = []) throws -> Int? {
        let (place, name) = keys.isEmpty ? ("members", "member_user_ids") : ("keys", "key_hashes")
        let names = JSON.array((keys + members).map { .string($0) }).text
        let answer = call(.post, "/guardrails/\(guardrail)/assignments/\(place)", #"{"\#(name)":\#(names)}"#)
        try #require(answer.status == 200, "\(answer.body)")
        return try answer.json()["assigned_count"]?.int
    }

    /// Creates a key and assigns a new guardrail to it.
    ///
    /// - Returns: the key.
    func guardedKey(_ members: String) throws -> String {
        let key = try createKey()
        try assign(try createGuardrail(members), keys: [key.hash])
        return key.token
    }

    /// The user id of a member of the organization; 0 is the owner.
    func member(_ index: Int) -> String { account.organization.members[index].id }

    /// The account that the office manages.
    var account: Account { world.account(forKey: Request.mockKey) }

    var defaultWorkspace: Workspace {
        get throws {
            let id = account.id
            return try #require(world.withPlatform { platform, _ in platform.workspaces(ofAccount: id).first })
        }
    }
}
