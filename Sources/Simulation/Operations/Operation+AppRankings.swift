internal import HTTPTypes
internal import OpenRouterAPI

extension Operation {
    /// `GET /datasets/app-rankings`: apps by tokens, or by how much more of them they used than before (reference:
    /// platform §5.10).
    ///
    /// Apps and figures are made up; see ``MarketApp``.
    static let getAppRankings = Operation(
        "getAppRankings",
        .get,
        "/datasets/app-rankings",
        .anyKey,
        query: DateWindow.parameters + [
            QueryParameter("category", .choice(of: AppCategory.self)),
            QueryParameter("subcategory", .choice(of: AppSubcategory.self)),
            QueryParameter("sort", .choice(["popular", "trending"])),
            QueryParameter("limit", .integer(in: 1...100)),
            QueryParameter("offset", .integer(in: 0...100)),
        ]
    ) { call throws(APIError) in
        try call.countDataRequest()
        let query = call.query
        let window = try DateWindow(query, now: call.world.now)
        let category = query.value("category").flatMap(AppCategory.init(rawValue:))
        let subcategory = query.value("subcategory").flatMap(AppSubcategory.init(rawValue:))
        if let category, let subcategory, subcategory.group != category {
            let ofGroup = AppSubcategory.allCases.filter { $0.group == category }.map(\.rawValue)
            throw .invalidField(
                "subcategory",
                expected: "one of the category \(category.rawValue): \(ofGroup.joined(separator: ", "))",
                found: JSON.string(subcategory.rawValue).text
            )
        }
        let ranked = MarketApp.all
            .filter { category == nil || $0.subcategory.group == category }
            .filter { subcategory == nil || $0.subcategory == subcategory }
            .ranked(by: query.value("sort") ?? "popular", over: window.days)
        let offset = try query.integer("offset", in: 0...100) ?? 0
        let limit = try query.integer("limit", in: 1...100) ?? 50
        let rows = ranked.enumerated().dropFirst(offset).prefix(limit).map { index, row -> JSON in
            [
                "app_id": .integer(row.app.id),
                "app_name": .string(row.app.name),
                "rank": .integer(index + 1),
                "total_requests": .integer(row.app.requests(of: row.tokens)),
                "total_tokens": .string(String(row.tokens)),
            ]
        }
        return .json(["data": .array(rows), "meta": window.meta])
    }
}

extension [MarketApp] {
    /// The apps with their tokens of some days, the first one first.
    ///
    /// `trending` counts what exceeds the mean of the three equally long stretches before, and leaves out apps that did
    /// not grow.
    fileprivate func ranked(by order: String, over days: ClosedRange<Int>) -> [(app: MarketApp, tokens: Int)] {
        let rows = compactMap { app -> (app: MarketApp, tokens: Int, score: Int)? in
            let tokens = days.reduce(0) { $0 + app.tokens(on: $1) }
            guard order == "trending" else { return (app, tokens, tokens) }
            let before = days.lowerBound - 3 * days.count..<days.lowerBound
            // Times three, to stay whole.
            let growth = 3 * tokens - before.reduce(0) { $0 + app.tokens(on: $1) }
            return growth > 0 ? (app, tokens, growth) : nil
        }
        let sorted = rows.sorted { left, right in
            left.score == right.score ? left.app.name < right.app.name : left.score > right.score
        }
        return sorted.map { ($0.app, $0.tokens) }
    }
}
