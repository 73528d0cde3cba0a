internal import HTTPTypes
internal import OpenRouterAPI

extension Operation {
    /// `GET /classifications/task`: what models are used for in the last seven completed days (reference: platform
    /// §5.10).
    ///
    /// The figures are made up; see ``TaskShares``.
    static let getTaskClassifications = Operation(
        "getTaskClassifications",
        .get,
        "/classifications/task",
        .anyKey,
        query: [QueryParameter("window", .choice(["7d"]))]
    ) { call throws(APIError) in
        try call.countDataRequest()
        let yesterday = CivilTime(microseconds: call.world.now).dayNumber - 1
        let shares = TaskShares(Market(call.catalog.models), day: yesterday)
        return .json([
            "data": [
                "as_of": .string(CivilTime.dateText(ofDay: yesterday)),
                "window_days": 7,
                "macro_categories": .array(TaskCategory.allCases.map(shares.json)),
                "classifications": .array(shares.tasks.map(shares.json)),
            ]
        ])
    }
}

extension TaskShares {
    /// Schema `TaskClassificationMacroCategory`.
    fileprivate func json(_ category: TaskCategory) -> JSON {
        let ofCategory = tasks.filter { $0.task.category == category }
        return [
            "key": .string(category.rawValue),
            "label": .string(category.label),
            "usage_share": .share(ofCategory.reduce(0) { $0 + $1.usage }),
            "token_share": .share(ofCategory.reduce(0) { $0 + $1.tokens }),
        ]
    }

    /// Schema `TaskClassificationItem`.
    fileprivate func json(_ item: Item) -> JSON {
        [
            "tag": .string("\(item.task.category.rawValue):\(item.task.name)"),
            "display_name": .string(item.task.label),
            "macro_category": .string(item.task.category.rawValue),
            "usage_share": .share(item.usage),
            "token_share": .share(item.tokens),
            "category_usage_share": .share(item.categoryUsage),
            "category_token_share": .share(item.categoryTokens),
            "models": .array(
                item.models.map {
                    [
                        "id": .string($0.permaslug), "tag_usage_share": .share($0.usage),
                        "tag_token_share": .share($0.tokens),
                    ]
                }
            ),
        ]
    }
}

extension JSON {
    /// A share in units of 1/10,000, as a fraction.
    fileprivate static func share(_ units: Int) -> JSON { .number(Double(units) / Double(TaskShares.whole)) }
}
