internal import HTTPTypes
internal import OpenRouterAPI
internal import Tapes
internal import Testing

@testable internal import Simulation

@Suite("Organization")
struct OrganizationTests {
    @Test("An account has its owner and three made-up people, the same ones everywhere")
    func members() throws {
        let office = Office()
        let listed = try office.call(.get, "/organization/members").json()
        #expect(listed["total_count"]?.int == 4)
        let people = try #require(listed["data"].map { Array($0.elements) })
        #expect(people[0]["id"]?.string == office.world.account(forKey: Request.mockKey).userID)
        #expect(people.map { $0["role"]?.string } == ["org:admin", "org:admin", "org:member", "org:member"])
        for person in people {
            #expect(person["id"]?.string?.wholeMatch(of: /user_[A-Za-z0-9]{27}/) != nil)
            let name = try #require(person["first_name"]?.string) + "." + #require(person["last_name"]?.string)
            #expect(person["email"]?.string == name.lowercased() + "@example.org")
        }
        #expect(Set(people.map { $0["email"]?.string }).count == 4)
        #expect(Office().call(.get, "/organization/members").body == office.call(.get, "/organization/members").body)
        let others = try office.data(.get, "/organization/members", key: "sk-or-v1-other")
        let ids = Set(people.map { $0["id"]?.string ?? "" })
        #expect(ids.isDisjoint(with: others.elements.map { $0["id"]?.string ?? "" }))
        #expect(try office.data(.get, "/organization/members?offset=3")[0]?.text == people[3].text)
        #expect(try office.data(.get, "/key")["organization_id"]?.string?.hasPrefix("org_") == true)
    }

    @Test("Only management keys see people and groups")
    func access() throws {
        let office = Office()
        let token = try office.createKey().token
        for path in ["/organization/members", "/scim/groups", "/scim/group-mappings"] {
            #expect(office.call(.get, path, key: token).status == 403)
        }
    }
}

@Suite("SCIM group mappings")
struct GroupMappingTests {
    private static func map(
        _ office: Office,
        _ group: Int,
        to workspaceID: String,
        role: String = "member"
    ) -> Exchange {
        let groupID = office.organization.groups[group].id
        return office.call(
            .post,
            "/scim/group-mappings",
            #"{"scim_group_id":"\#(groupID)","workspace_id":"\#(workspaceID)","role":"\#(role)"}"#
        )
    }

    private static func roles(_ office: Office) throws -> [String: String] {
        let members = try office.data(.get, "/workspaces/team/members").elements
        return Dictionary(uniqueKeysWithValues: members.map { ($0["user_id"]?.string ?? "", $0["role"]?.string ?? "") })
    }

    @Test("A mapping is made once, shown, changed and deleted")
    func life() throws {
        let office = Office()
        let id = try office.createWorkspace()
        let groups = try office.call(.get, "/scim/groups").json()
        #expect(groups["data"]?.elements.map { $0["display_name"]?.string } == ["Engineering", "Research", "Everyone"])
        #expect(groups["total_count"]?.int == 3)

        let made = Self.map(office, 0, to: id)
        #expect(made.status == 201)
        let mapping = try #require(try made.json()["data"])
        let mappingID = try #require(mapping["id"]?.string)
        #expect(mapping["organization_id"]?.text == groups["data"]?[0]?["organization_id"]?.text)
        #expect(mapping["scim_group_id"]?.text == groups["data"]?[0]?["id"]?.text)
        let twice = Self.map(office, 0, to: id, role: "admin")
        #expect(twice.status == 409)
        #expect(twice.body.contains("SCIM group Engineering is already mapped to workspace team"))
        #expect(Self.map(office, 1, to: id).status == 201)
        #expect(office.call(.get, "/scim/group-mappings/\(mappingID)").body == made.body)
        #expect(try office.call(.get, "/scim/group-mappings?limit=1").json()["total_count"]?.int == 2)

        office.time.pass(seconds: 1)
        let changed = try office.data(.patch, "/scim/group-mappings/\(mappingID)", #"{"role":"admin"}"#)
        #expect(changed["role"]?.string == "admin")
        #expect(changed["updated_at"]?.string == "2026-09-21T14:13:21.000000+00:00")
        #expect(office.call(.delete, "/scim/group-mappings/\(mappingID)?keep_members=true").status == 200)
        #expect(office.call(.delete, "/scim/group-mappings/\(mappingID)?keep_members=true").status == 404)
        #expect(try office.data(.get, "/scim/group-mappings").count == 1)
    }

    @Test("A mapping makes the group's people members; the stronger of two roles counts")
    func membership() throws {
        let office = Office()
        let id = try office.createWorkspace()
        let users = office.organization.members.map(\.id)
        #expect(Self.map(office, 0, to: id).status == 201)
        #expect(try Self.roles(office) == [users[0]: "admin", users[1]: "member", users[2]: "member"])
        #expect(Self.map(office, 1, to: id, role: "admin").status == 201)
        #expect(
            try Self.roles(office) == [users[0]: "admin", users[1]: "member", users[2]: "admin", users[3]: "admin"]
        )
    }

    @Test("keep_members decides whether people stay whom nothing else makes members", arguments: [true, false])
    func deletion(keepsMembers: Bool) throws {
        let office = Office()
        let id = try office.createWorkspace()
        let users = office.organization.members.map(\.id)
        _ = office.call(.post, "/workspaces/team/members/add", #"{"user_ids":["\#(users[1])"]}"#)
        let mappingID = try #require(try Self.map(office, 2, to: id).json()["data"]?["id"]?.string)
        #expect(Self.map(office, 1, to: id).status == 201)
        #expect(try Self.roles(office).count == 4)
        let path = "/scim/group-mappings/\(mappingID)?keep_members=\(keepsMembers)"
        #expect(office.call(.delete, path).body == #"{"deleted":true}"#)
        // The first and second were added by hand, the others are in Research too.
        #expect(try Self.roles(office).count == 4)
        let research = try #require(try office.data(.get, "/scim/group-mappings")[0]?["id"]?.string)
        #expect(office.call(.delete, "/scim/group-mappings/\(research)?keep_members=\(keepsMembers)").status == 200)
        #expect(try Self.roles(office).count == (keepsMembers ? 4 : 2))
        // Nobody is managed any more.
        let body = #"{"user_ids":["\#(users[3])"]}"#
        let removed = try office.call(.post, "/workspaces/team/members/remove", body).json()
        #expect(removed["removed_count"]?.int == (keepsMembers ? 1 : 0))
    }

    @Test(
        "What a mapping lacks is named",
        arguments: [
            (
                .delete, "/scim/group-mappings/00000000-0000-4000-8000-000000000000", "", 400,
                "keep_members: expected true"
            ),
            (
                .delete, "/scim/group-mappings/00000000-0000-4000-8000-000000000000?keep_members=maybe", "", 400,
                "keep_members: expected true or false"
            ),
            (.delete, "/scim/group-mappings/x?keep_members=true", "", 404, "SCIM group mapping x not found"),
            (.get, "/scim/group-mappings/x", "", 404, "SCIM group mapping x not found"),
            (.post, "/scim/group-mappings", "{}", 400, "scim_group_id: expected a UUID"),
            (
                .post, "/scim/group-mappings",
                #"{"scim_group_id":"00000000-0000-4000-8000-000000000000","workspace_id":"x","role":"member"}"#, 400,
                "workspace_id: expected a UUID"
            ),
            (
                .post, "/scim/group-mappings",
                #"{"scim_group_id":"00000000-0000-4000-8000-000000000000","#
                    + #""workspace_id":"00000000-0000-4000-8000-000000000000","role":"owner"}"#, 400,
                "role: expected one of admin, member"
            ),
            (
                .post, "/scim/group-mappings",
                #"{"scim_group_id":"00000000-0000-4000-8000-000000000000","#
                    + #""workspace_id":"00000000-0000-4000-8000-000000000000","role":"member"}"#, 404,
                "SCIM group 00000000-0000-4000-8000-000000000000 not found"
            ),
        ] as [(HTTPRequest.Method, String, String, Int, String)]
    )
    func badInput(method: HTTPRequest.Method, path: String, body: String, status: Int, message: String) {
        let exchange = Office().call(method, path, body)
        #expect(exchange.status == status)
        #expect(exchange.body.contains(message), "\(exchange.body)")
    }

    @Test("A workspace that there is not cannot be mapped, nor another account's")
    func unknownWorkspaces() throws {
        let office = Office()
        let id = try office.createWorkspace()
        let other = "sk-or-v1-other"
        let groupID = office.world.account(forKey: other).organization.groups[0].id
        let body = #"{"scim_group_id":"\#(groupID)","workspace_id":"\#(id)","role":"member"}"#
        #expect(office.call(.post, "/scim/group-mappings", body, key: other).body.contains("Workspace \(id) not found"))
        #expect(Self.map(office, 0, to: "00000000-0000-4000-8000-000000000000").status == 404)
    }
}
