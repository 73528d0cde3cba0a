internal import HTTPTypes
internal import OpenRouterAPI

/// What a workspace may spend, by interval (reference: platform §5.4).
extension Operation {
    /// `GET /workspaces/{id}/budgets`, from the narrowest interval to the widest.
    static let listWorkspaceBudgets = Operation(
        "listWorkspaceBudgets",
        .get,
        "/workspaces/:id/budgets",
        .managementKey
    ) { call throws(APIError) in
        let workspace = try call.world.withPlatform { platform, _ throws(APIError) in
            try platform.namedWorkspace(call)
        }
        return workspace.budgetAnswer(.array(workspace.budgets.map { $0.json(workspaceID: workspace.id) }))
    }

    /// `GET /workspaces/{id}/budgets/{interval}`.
    static let getWorkspaceBudget = Operation(
        "getWorkspaceBudget",
        .get,
        "/workspaces/:id/budgets/:interval",
        .managementKey
    ) { call throws(APIError) in
        let interval = try call.budgetInterval()
        let workspace = try call.world.withPlatform { platform, _ throws(APIError) in
            try platform.namedWorkspace(call)
        }
        guard let budget = workspace.budget(for: interval) else {
            throw .resourceNotFound("Budget", interval.rawValue)
        }
        return workspace.budgetAnswer(budget.json(workspaceID: workspace.id))
    }

    /// `PUT /workspaces/{id}/budgets/{interval}`: 200 for a new budget too.
    static let upsertWorkspaceBudget = Operation(
        "upsertWorkspaceBudget",
        .put,
        "/workspaces/:id/budgets/:interval",
        .managementKey,
        body: ObjectShape(
            .required("limit_usd", .number(in: 0...1e12)),
            .optional("include_byok_in_budgets", .bool)
        )
    ) { call, body throws(APIError) in
        let interval = try call.budgetInterval()
        let limit = USD(body["limit_usd"]?.double ?? 0)
        guard limit > .zero else {
            throw .invalidField(
                "limit_usd",
                expected: "a number greater than 0",
                found: body["limit_usd"]?.excerpt ?? ""
            )
        }
        let (workspace, budget) = try call.world.withPlatform { platform, now throws(APIError) in
            var workspace = try platform.namedWorkspace(call)
            let budget = try workspace.setBudget(
                limit,
                for: interval,
                identifiers: &platform.identifiers,
                at: now
            )
            if let includes = body["include_byok_in_budgets"]?.bool { workspace.includesBYOKInBudgets = includes }
            platform.updateWorkspace(workspace.id) { $0 = workspace }
            return (workspace, budget)
        }
        return workspace.budgetAnswer(budget.json(workspaceID: workspace.id))
    }

    /// `DELETE /workspaces/{id}/budgets/{interval}`, also where there is no such budget.
    static let deleteWorkspaceBudget = Operation(
        "deleteWorkspaceBudget",
        .delete,
        "/workspaces/:id/budgets/:interval",
        .managementKey
    ) { call throws(APIError) in
        let interval = try call.budgetInterval()
        try call.world.withPlatform { platform, _ throws(APIError) in
            let workspace = try platform.namedWorkspace(call)
            platform.updateWorkspace(workspace.id) { $0.budgets.removeAll { $0.interval == interval } }
        }
        return .deleted
    }
}

extension Call {
    /// - Throws: ``APIError`` 400 for another interval than the four.
    fileprivate func budgetInterval() throws(APIError) -> WorkspaceBudget.Interval {
        let text = pathParameters["interval", default: ""]
        guard let interval = WorkspaceBudget.Interval(rawValue: text) else {
            let names = WorkspaceBudget.Interval.allCases.map(\.rawValue).joined(separator: ", ")
            throw .invalidField("interval", expected: "one of " + names, found: JSON.string(text).text)
        }
        return interval
    }
}

extension Workspace {
    /// The flag that all budgets share stands beside them.
    fileprivate func budgetAnswer(_ data: JSON) -> OperationAnswer {
        .json(["data": data, "include_byok_in_budgets": .bool(includesBYOKInBudgets)])
    }
}

extension WorkspaceBudget {
    /// Schema `WorkspaceBudget`; null stands for the lifetime.
    fileprivate func json(workspaceID: String) -> JSON {
        [
            "id": .string(id),
            "workspace_id": .string(workspaceID),
            "limit_usd": limit.json,
            "reset_interval": (interval.reset?.rawValue).json,
            "created_at": createdAt.json,
            "updated_at": updatedAt.json,
        ]
    }
}
