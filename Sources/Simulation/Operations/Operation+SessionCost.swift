internal import HTTPTypes
internal import OpenRouterAPI

extension Operation {
    /// `GET /datasets/session-cost`: what a session costs at the median, by harness, model and length (reference:
    /// platform §5.10).
    ///
    /// Harnesses are made up; costs follow from the models' prices.
    static let getSessionCost = Operation(
        "getSessionCost",
        .get,
        "/datasets/session-cost",
        .anyKey,
        query: [
            QueryParameter("app_slug", .text),
            QueryParameter("model", .text),
            QueryParameter("turn_range", .choice(of: TurnRange.self)),
            QueryParameter("limit", .integer(in: 1...500)),
            QueryParameter("offset", .integer(in: 0...5000)),
        ]
    ) { call throws(APIError) in
        try call.countDataRequest()
        let query = call.query
        let cells = SessionCost.cells(of: Market(call.catalog.models)).filter { cell in
            [("app_slug", cell.app.slug), ("model", cell.model), ("turn_range", cell.range.rawValue)].allSatisfy {
                query.value($0.0) == nil || query.value($0.0) == $0.1
            }
        }
        let offset = try query.integer("offset", in: 0...5000) ?? 0
        let limit = try query.integer("limit", in: 1...500) ?? 100
        let now = CivilTime(microseconds: call.world.now)
        return .json([
            "data": .array(cells.dropFirst(offset).prefix(limit).map(\.json)),
            "meta": [
                "as_of": .string(now.iso8601Milliseconds),
                "version": "v1",
                "window_days": 30,
                // Made anew each week, of the days up to Sunday.
                "window_end_date": .string(CivilTime.dateText(ofDay: now.dayNumber - now.weekday - 1)),
            ],
        ])
    }
}

/// How many turns a session has (schema `SessionCostItem`).
private enum TurnRange: String, CaseIterable {
    case one = "1-turn"
    case few = "2-9-turns"
    case many = "10-49-turns"
    case most = "50-plus-turns"

    /// At the median.
    var turns: Int {
        switch self {
        case .one: 1
        case .few: 5
        case .many: 22
        case .most: 80
        }
    }
}

/// What sessions of one length cost with one harness and one model.
private struct SessionCost {
    let app: MarketApp
    let model: String
    let range: TurnRange
    let dollars: Double

    /// By harness, model and length.
    static func cells(of market: Market) -> [SessionCost] {
        let harnesses = MarketApp.all.filter {
            [.commandLineAgent, .editorExtension, .personalAgent].contains($0.subcategory)
        }
        .prefix(12).sorted { $0.slug < $1.slug }
        let models = market.entries.map(\.model)
            .filter { $0.supportedParameters.contains("tools") && ($0.pricing.completion ?? .zero) > .zero }
            .prefix(40).sorted { $0.permaslug < $1.permaslug }
        return harnesses.flatMap { app in
            models.flatMap { model in
                TurnRange.allCases.map { range in
                    SessionCost(app: app, model: model.permaslug, range: range, dollars: dollars(app, model, range))
                }
            }
        }
    }

    /// Each turn sends the harness's prompt, some of it from a cache, and gets an answer; to 1/10,000 of a dollar.
    private static func dollars(_ app: MarketApp, _ model: CatalogModel, _ range: TurnRange) -> Double {
        let prompt = app.noise.integer("prompt of a turn", in: 4_000...24_000)
        let answer = app.noise.integer("answer of a turn", in: 200...1_200)
        let price = (model.pricing.prompt ?? .zero) * (prompt / 2) + (model.pricing.completion ?? .zero) * answer
        let wasteful = MarketNoise(app.name + model.permaslug + range.rawValue).fraction("waste")
        return max(1, (price * range.turns).dollars * (0.8 + 0.4 * wasteful) * 10_000).rounded() / 10_000
    }

    var json: JSON {
        [
            "app_name": .string(app.name),
            "app_slug": .string(app.slug),
            "model_permaslug": .string(model),
            "turn_range": .string(range.rawValue),
            "median_session_cost_usd": .number(dollars),
        ]
    }
}
