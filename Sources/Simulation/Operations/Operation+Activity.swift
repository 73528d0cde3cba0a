internal import Crypto
internal import HTTPTypes
internal import OpenRouterAPI
internal import Tapes

extension Operation {
    /// `GET /activity`: usage by day, model and endpoint over the last 30 completed days of UTC (reference: platform
    /// §3.4), the newest day first.
    static let getActivity = Operation(
        "getUserActivity",
        .get,
        "/activity",
        .managementKey,
        query: [
            QueryParameter("date", .format(.date)),
            QueryParameter("api_key_hash", .text),
            QueryParameter("user_id", .text),
            QueryParameter("workspace_id", .uuid),
            QueryParameter("group_by", .choice(["workspace"])),
        ]
    ) { call throws(APIError) in
        let query = call.query
        let workspaceID = query.value("workspace_id")?.lowercased()
        let (usage, now) = try call.world.withPlatform { platform, now throws(APIError) in
            if let workspaceID, platform.workspace(workspaceID, ofAccount: call.accountID) == nil {
                throw .resourceNotFound("Workspace", workspaceID)
            }
            return (platform.usage[call.accountID] ?? UsageLog(), now)
        }
        let activity = Activity(
            days: try Activity.days(query.value("date"), now: now),
            keyHash: query.value("api_key_hash"),
            userID: query.value("user_id"),
            workspaceID: workspaceID,
            isByWorkspace: query.value("group_by") != nil
        )
        return .json(["data": .array(activity.rows(of: usage))])
    }
}

/// What of an account's usage is asked for, and by what it is grouped.
private struct Activity {
    /// Days since 1970-01-01.
    let days: ClosedRange<Int>
    let keyHash: String?
    let userID: String?
    let workspaceID: String?
    let isByWorkspace: Bool

    private struct Group: Hashable {
        let day: Int
        let model: String
        let permaslug: String
        let endpoint: String
        let provider: String
        /// Nil unless rows are split by it.
        let workspaceID: String?

        /// The newest day first, then by name.
        static func precedes(_ left: Group, _ right: Group) -> Bool {
            if left.day != right.day { return left.day > right.day }
            return (left.model, left.endpoint, left.permaslug, left.workspaceID ?? "")
                < (right.model, right.endpoint, right.permaslug, right.workspaceID ?? "")
        }
    }

    /// - Parameters:
    ///   - date: the one day asked for; nil for all thirty.
    ///   - now: in microseconds since 1970.
    /// - Returns: days since 1970-01-01.
    /// - Throws: ``APIError`` 400 for another day than those.
    static func days(_ date: String?, now: Int64) throws(APIError) -> ClosedRange<Int> {
        let today = CivilTime(microseconds: now).dayNumber
        let all = today - 30...today - 1
        guard let date else { return all }
        let day = CivilTime.microseconds(rfc3339: date + "T00:00:00Z").map { CivilTime(microseconds: $0).dayNumber }
        guard let day, all.contains(day) else {
            let (first, last) = (CivilTime.dateText(ofDay: all.lowerBound), CivilTime.dateText(ofDay: all.upperBound))
            throw .invalidField(
                "date",
                expected: "one of the last 30 completed days of UTC, \(first) to \(last)",
                found: JSON.string(date).text
            )
        }
        return day...day
    }

    func rows(of usage: UsageLog) -> [JSON] {
        var sums: [Group: UsageSums] = [:]
        usage.forEachDay(in: days) { day, dimensions, value in
            guard keyHash == nil || dimensions.keyHash == keyHash, userID == nil || dimensions.userID == userID,
                workspaceID == nil || dimensions.workspaceID == workspaceID
            else { return }
            let group = Group(
                day: day,
                model: dimensions.model,
                permaslug: dimensions.permaslug,
                endpoint: dimensions.endpointName,
                provider: dimensions.provider ?? "",
                workspaceID: isByWorkspace ? dimensions.workspaceID : nil
            )
            sums[group, default: UsageSums()] += value
        }
        // Each endpoint has a row of many days.
        let endpoints = Set(sums.keys.map(\.endpoint))
        let endpointIDs = Dictionary(uniqueKeysWithValues: endpoints.map { ($0, Self.endpointID(of: $0)) })
        return sums.sorted { Group.precedes($0.key, $1.key) }.map { group, sums in
            row(group, sums, endpointID: endpointIDs[group.endpoint, default: ""])
        }
    }

    private func row(_ group: Group, _ sums: UsageSums, endpointID: String) -> JSON {
        var row: JSONObject = [
            "date": .string(CivilTime.dateText(ofDay: group.day)),
            "model": .string(group.model),
            "model_permaslug": .string(group.permaslug),
            "endpoint_id": .string(endpointID),
            "provider_name": .string(group.provider),
            "usage": sums.credits.json,
            "byok_usage_inference": sums.byok.json,
            "requests": .integer(sums.requests),
            "prompt_tokens": .integer(sums.promptTokens),
            "completion_tokens": .integer(sums.completionTokens),
            "reasoning_tokens": .integer(sums.reasoningTokens),
        ]
        row.append("workspace_id", group.workspaceID.map { .string($0) })
        return .object(row)
    }

    /// The same UUID for the same endpoint, always.
    private static func endpointID(of endpoint: String) -> String {
        var generator = SeededGenerator(seed: SHA256.hash(data: Array("endpoint \(endpoint)".utf8)))
        return generator.uuid()
    }
}
