internal import HTTPTypes
internal import OpenRouterAPI

extension Operation {
    /// `GET /organization/members`, the owner first (reference: platform §5.5).
    static let listOrganizationMembers = Operation(
        "listOrganizationMembers",
        .get,
        "/organization/members",
        .managementKey,
        query: QueryParameter.page
    ) { call throws(APIError) in
        try ListPage(call.query.items).answer(call.caller.account.organization.members) { member in
            [
                "id": .string(member.id),
                "email": .string(member.email),
                "first_name": .string(member.firstName),
                "last_name": .string(member.lastName),
                "role": .string(member.role.rawValue),
            ]
        }
    }
}
