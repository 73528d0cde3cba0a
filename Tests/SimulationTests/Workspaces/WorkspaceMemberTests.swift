internal import HTTPTypes
internal import OpenRouterAPI
internal import Tapes
internal import Testing

@testable internal import Simulation

@Suite("Workspace members")
struct WorkspaceMemberTests {
    private static func body(_ users: [Organization.Member]) -> String {
        #"{"user_ids":[\#(users.map { "\"\($0.id)\"" }.joined(separator: ","))]}"#
    }

    @Test("Everybody is in the default workspace, which cannot be changed")
    func defaultWorkspace() throws {
        let office = Office()
        let listed = try office.call(.get, "/workspaces/default/members").json()
        #expect(listed["total_count"]?.int == 4)
        #expect(listed["data"]?.elements.map { $0["user_id"]?.string } == office.organization.members.map(\.id))
        #expect(listed["data"]?.elements.map { $0["role"]?.string } == ["admin", "admin", "member", "member"])
        for operation in ["add", "remove"] {
            let users = Self.body([office.organization.members[1]])
            #expect(office.call(.post, "/workspaces/default/members/\(operation)", users).status == 403)
        }
    }

    @Test("Members are added with their role in the organization, counted once, listed and removed")
    func life() throws {
        let office = Office()
        let id = try office.createWorkspace()
        let users = office.organization.members
        let first = try office.data(.get, "/workspaces/team/members")
        #expect(first.elements.map { $0["user_id"]?.string } == [users[0].id], "whoever made it")

        office.time.pass(seconds: 1)
        let added = try office.call(.post, "/workspaces/team/members/add", Self.body([users[1], users[2], users[2]]))
            .json()
        #expect(added["added_count"]?.int == 2)
        #expect(added["data"]?.elements.map { $0["role"]?.string } == ["admin", "member"])
        #expect(added["data"]?[0]?["workspace_id"]?.string == id)
        #expect(added["data"]?[0]?["created_at"]?.string == "2026-09-21T14:13:21.000000+00:00")
        let again = office.call(.post, "/workspaces/\(id)/members/add", Self.body([users[0], users[1]]))
        #expect(again.body == #"{"data":[],"added_count":0}"#)

        let listed = try office.call(.get, "/workspaces/team/members?offset=1&limit=1").json()
        #expect(listed["total_count"]?.int == 3)
        #expect(listed["data"]?[0]?.text == added["data"]?[0]?.text)

        let removed = office.call(.post, "/workspaces/team/members/remove", Self.body([users[1], users[3]]))
        #expect(removed.body == #"{"removed_count":1}"#)
        #expect(try office.data(.get, "/workspaces/team/members").count == 2)
    }

    @Test("Users of no organization, too many and none are refused, and then nobody is added")
    func badInput() throws {
        let office = Office()
        _ = try office.createWorkspace()
        let user = office.organization.members[1].id
        let unknown = office.call(.post, "/workspaces/team/members/add", #"{"user_ids":["\#(user)","user_x"]}"#)
        #expect(unknown.status == 400)
        #expect(unknown.body.contains("user_ids[1]: expected a member of the organization"))
        let many = Array(repeating: "\"\(user)\"", count: 101).joined(separator: ",")
        for body in ["{}", #"{"user_ids":[]}"#, #"{"user_ids":[\#(many)]}"#, #"{"user_ids":[1]}"#] {
            for operation in ["add", "remove"] {
                #expect(office.call(.post, "/workspaces/team/members/\(operation)", body).status == 400)
            }
        }
        #expect(try office.data(.get, "/workspaces/team/members").count == 1)
    }

    @Test("Whoever has active keys in the workspace, or is managed by SCIM, cannot be removed, nor anybody with them")
    func fastMembers() throws {
        let office = Office()
        let id = try office.createWorkspace()
        let users = office.organization.members
        _ = office.call(.post, "/workspaces/team/members/add", Self.body(users))
        let (hash, _) = try office.createKey(in: id, #""creator_user_id":"\#(users[3].id)""#)
        let refused = office.call(.post, "/workspaces/team/members/remove", Self.body([users[1], users[3]]))
        #expect(refused.status == 400)
        #expect(refused.body.contains("\(users[3].id) has active API keys in the workspace"))
        #expect(try office.data(.get, "/workspaces/team/members").count == 4)
        #expect(office.call(.delete, "/keys/\(hash)").status == 200)

        // Engineering has the second and the third member.
        let group = office.organization.groups[0]
        _ = try office.data(
            .post,
            "/scim/group-mappings",
            #"{"scim_group_id":"\#(group.id)","workspace_id":"\#(id)","role":"member"}"#
        )
        let managed = office.call(.post, "/workspaces/team/members/remove", Self.body([users[2], users[3]]))
        #expect(managed.status == 400)
        #expect(managed.body.contains("\(users[2].id) is managed by SCIM"))
        let removed = office.call(.post, "/workspaces/team/members/remove", Self.body([users[3]]))
        #expect(removed.body == #"{"removed_count":1}"#)
    }
}
