internal import Crypto
internal import Tapes

/// The people and groups of an account, as an identity provider would tell them.
///
/// They are made up from the account's id and nothing changes them, so they are not kept: the same account has the same
/// people in every world.
package struct Organization: Sendable {
    package enum Role: String, Sendable {
        case admin = "org:admin"
        case member = "org:member"

        /// What it is in workspaces to which a member is added.
        package var inWorkspaces: WorkspaceMember.Role { self == .admin ? .admin : .member }
    }

    package struct Member: Sendable {
        /// `user_` and 27 alphanumerics.
        package let id: String
        package let firstName: String
        package let lastName: String
        package let role: Role

        package var email: String { "\(firstName).\(lastName)@example.org".lowercased() }
    }

    /// A group that SCIM (RFC 7643, section 4.2) brings from the identity provider.
    package struct Group: Sendable {
        /// A UUID.
        package let id: String
        package let name: String
        /// The provider's own id; nil for a group that it gave none.
        package let externalID: String?
        package let userIDs: [String]
    }

    /// The owner first.
    package let members: [Member]
    package let groups: [Group]

    fileprivate init(of account: Account) {
        var generator = SeededGenerator(seed: SHA256.hash(data: Array("organization \(account.id)".utf8)))
        var firstNames = PlausibleWords.givenNames
        var lastNames = PlausibleWords.familyNames
        let members = [Role.admin, .admin, .member, .member].enumerated().map { index, role in
            Member(
                id: index == 0 ? account.userID : "user_" + generator.alphanumeric(27),
                firstName: firstNames.remove(at: generator.below(firstNames.count)),
                lastName: lastNames.remove(at: generator.below(lastNames.count)),
                role: role
            )
        }
        let ids = members.map(\.id)
        groups = [("Engineering", [ids[1], ids[2]]), ("Research", [ids[2], ids[3]]), ("Everyone", ids)].map {
            name,
            userIDs in
            Group(
                id: generator.uuid(),
                name: name,
                externalID: name == "Everyone" ? nil : generator.alphanumeric(20),
                userIDs: userIDs
            )
        }
        self.members = members
    }

    package func member(_ id: String) -> Member? { members.first { $0.id == id } }

    package func group(_ id: String) -> Group? { groups.first { $0.id == id } }
}

extension Account {
    package var organization: Organization { Organization(of: self) }
}
