internal import HTTPTypes
internal import OpenRouterAPI
internal import Tapes

/// Which keys and members guardrails are assigned to (reference: platform §5.3).
extension Operation {
    /// `GET /guardrails/assignments/keys`: of all guardrails.
    static let listKeyAssignments = assignments("listKeyAssignments", "/guardrails/assignments/keys", of: .key)

    /// `GET /guardrails/assignments/members`: of all guardrails.
    static let listMemberAssignments = assignments(
        "listMemberAssignments",
        "/guardrails/assignments/members",
        of: .member
    )

    /// `GET /guardrails/{id}/assignments/keys`.
    static let listGuardrailKeyAssignments = assignments(
        "listGuardrailKeyAssignments",
        "/guardrails/:id/assignments/keys",
        of: .key
    )

    /// `GET /guardrails/{id}/assignments/members`.
    static let listGuardrailMemberAssignments = assignments(
        "listGuardrailMemberAssignments",
        "/guardrails/:id/assignments/members",
        of: .member
    )

    private static func assignments(_ id: String, _ path: String, of subject: GuardrailStore.Subject) -> Operation {
        Operation(id, .get, path, .managementKey, query: QueryParameter.page) { call throws(APIError) in
            let rows = try call.world.withPlatform { platform, _ throws(APIError) in
                let only = call.pathParameters["id"] == nil ? nil : try platform.namedGuardrail(call).id
                let all = platform.guardrails.assignments(of: subject, account: call.caller.account)
                return all.filter { only == nil || $0.guardrailID == only }.map { platform.json(of: $0, subject) }
            }
            return try ListPage(call.query.items).answer(rows) { $0 }
        }
    }

    /// `POST /guardrails/{id}/assignments/keys`: a key has at most one guardrail, the one that was assigned last.
    static let bulkAssignKeysToGuardrail = assignment(
        "bulkAssignKeysToGuardrail",
        "/guardrails/:id/assignments/keys",
        of: .key
    )

    /// `POST /guardrails/{id}/assignments/members`: likewise.
    static let bulkAssignMembersToGuardrail = assignment(
        "bulkAssignMembersToGuardrail",
        "/guardrails/:id/assignments/members",
        of: .member
    )

    /// Counts those that did not have the guardrail before.
    private static func assignment(_ id: String, _ path: String, of subject: GuardrailStore.Subject) -> Operation {
        Operation(id, .post, path, .managementKey, body: subject.shape) { call, body throws(APIError) in
            let user = call.caller.key.creatorUserID ?? call.caller.account.userID
            let count = try call.world.withPlatform { platform, now throws(APIError) in
                let guardrail = try platform.namedGuardrail(call)
                let names = subject.names(in: body)
                try platform.check(names, subject, call)
                return names.count { name in
                    platform.guardrails.assign(
                        subject,
                        name,
                        to: guardrail,
                        by: user,
                        at: now,
                        using: &platform.identifiers
                    )
                }
            }
            return .json(["assigned_count": .integer(count)])
        }
    }

    /// `POST /guardrails/{id}/assignments/keys/remove`.
    static let bulkUnassignKeysFromGuardrail = removal(
        "bulkUnassignKeysFromGuardrail",
        "/guardrails/:id/assignments/keys/remove",
        of: .key
    )

    /// `POST /guardrails/{id}/assignments/members/remove`.
    static let bulkUnassignMembersFromGuardrail = removal(
        "bulkUnassignMembersFromGuardrail",
        "/guardrails/:id/assignments/members/remove",
        of: .member
    )

    /// Counts those that had the guardrail; others are nothing to complain about.
    private static func removal(_ id: String, _ path: String, of subject: GuardrailStore.Subject) -> Operation {
        Operation(id, .post, path, .managementKey, body: subject.shape) { call, body throws(APIError) in
            let count = try call.world.withPlatform { platform, _ throws(APIError) in
                let guardrail = try platform.namedGuardrail(call)
                return subject.names(in: body).count { platform.guardrails.unassign(subject, $0, from: guardrail) }
            }
            return .json(["unassigned_count": .integer(count)])
        }
    }
}

extension GuardrailStore.Subject {
    private var member: String {
        switch self {
        case .key: "key_hashes"
        case .member: "member_user_ids"
        }
    }

    fileprivate var shape: ObjectShape { ObjectShape(.required(member, .array(of: .text, count: 1...1000))) }

    /// Each once.
    fileprivate func names(in body: JSONValue) -> [String] {
        (body[member]?.elements.compactMap(\.string) ?? []).reduce(into: []) { names, name in
            if !names.contains(name) { names.append(name) }
        }
    }

    fileprivate func unknown(_ name: String) -> APIError {
        let expected = self == .key ? "hashes of this account's keys" : "members of the organization"
        return .invalidField(member, expected: expected, found: JSON.string(name).text)
    }
}

extension Platform {
    /// - Throws: ``APIError`` 400 for a key that there is not, and for somebody who is not in the organization.
    fileprivate func check(_ names: [String], _ subject: GuardrailStore.Subject, _ call: Call) throws(APIError) {
        let organization = subject == .member ? call.caller.account.organization : nil
        for name in names {
            let isKnown =
                switch subject {
                case .key: keys[name]?.accountID == call.accountID
                case .member: organization?.member(name) != nil
                }
            guard isKnown else { throw subject.unknown(name) }
        }
    }

    /// Schemas `KeyAssignment` and `MemberAssignment`.
    fileprivate func json(of assignment: GuardrailStore.Assignment, _ subject: GuardrailStore.Subject) -> JSON {
        var members: JSONObject = ["id": .string(assignment.id)]
        switch subject {
        case .key:
            let key = keys[assignment.subject]
            members.append("key_hash", .string(assignment.subject))
            members.append("key_name", .string(key?.name ?? ""))
            members.append("key_label", .string(key?.label ?? ""))
        case .member:
            members.append("user_id", .string(assignment.subject))
            members.append("organization_id", .string(assignment.accountID))
        }
        members.append("guardrail_id", .string(assignment.guardrailID))
        members.append("assigned_by", assignment.assignedBy.json)
        members.append("created_at", assignment.createdAt.json)
        return .object(members)
    }
}
