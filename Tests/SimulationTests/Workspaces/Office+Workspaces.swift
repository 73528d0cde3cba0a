internal import HTTPTypes
internal import OpenRouterAPI
internal import Tapes
internal import Testing

@testable internal import Simulation

extension Office {
    /// Creates a workspace with further members of the body, and gives its id.
    func createWorkspace(_ slug: String = "team", _ members: String = "") throws -> String {
        let rest = members.isEmpty ? "" : "," + members
        let data = try data(.post, "/workspaces", #"{"name":"The \#(slug)","slug":"\#(slug)"\#(rest)}"#)
        return try #require(data["id"]?.string)
    }

    /// Creates a key in a workspace.
    func createKey(in workspaceID: String, _ members: String = "") throws -> (hash: String, token: String) {
        let rest = members.isEmpty ? "" : "," + members
        return try createKey(#"{"name":"a","workspace_id":"\#(workspaceID)"\#(rest)}"#)
    }

    var organization: Organization { world.account(forKey: Request.mockKey).organization }
}
