internal import HTTPTypes
internal import OpenRouterAPI

extension Operation {
    /// `GET /datasets/rankings-daily`: the 50 most used models of each day, week or month, and all others as one
    /// (reference: platform §5.10).
    ///
    /// The figures are made up; see ``Market``.
    static let getRankingsDaily = Operation(
        "getRankingsDaily",
        .get,
        "/datasets/rankings-daily",
        .anyKey,
        query: DateWindow.parameters + [
            QueryParameter("period", .choice(of: Rankings.Period.self)),
            QueryParameter("modality", .choice(of: Rankings.Modality.self)),
            QueryParameter("context_bucket", .choice(of: ContextBucket.self)),
            QueryParameter("category", .choice(of: UseCategory.self)),
            QueryParameter("language_type", .choice(["natural", "programming"])),
        ]
    ) { call throws(APIError) in
        try call.countDataRequest()
        let window = try DateWindow(call.query, now: call.world.now)
        let rankings = try Rankings(call.query, window)
        return .json(["data": .array(rankings.rows(of: Market(call.catalog.models))), "meta": window.meta])
    }
}

/// Which traffic is ranked, and how it is cut into stretches of time.
private struct Rankings {
    enum Period: String, CaseIterable {
        case day, week, month
    }

    enum Modality: String, CaseIterable {
        case text, image
        case imageOutput = "image_output"
        case audio
        case toolCalling = "tool_calling"
    }

    /// Which part of a model's traffic counts.
    enum Slice {
        case exact(Modality?, ContextBucket?)
        /// Estimates by the week.
        case category(UseCategory)
        case language(isNatural: Bool)
    }

    let window: DateWindow
    let period: Period
    let slice: Slice

    /// - Throws: ``APIError`` 400 for parameters of different data sets.
    init(_ query: QueryReader, _ window: DateWindow) throws(APIError) {
        self.window = window
        let sampled = ["category", "language_type"].filter { query.value($0) != nil }
        let exact = ["modality", "context_bucket"].filter { query.value($0) != nil }
        if let name = sampled.first, let other = (sampled + exact).dropFirst().first {
            throw .invalidField(other, expected: "nothing beside \(name)", found: "both")
        }
        let period = query.value("period").flatMap(Period.init(rawValue:))
        if let name = sampled.first, period == .day {
            throw .invalidField("period", expected: "week or month with \(name)", found: "\"day\"")
        }
        self.period = period ?? (sampled.isEmpty ? .day : .week)
        if let category = query.value("category").flatMap(UseCategory.init(rawValue:)) {
            slice = .category(category)
        } else if let language = query.value("language_type") {
            slice = .language(isNatural: language == "natural")
        } else {
            slice = .exact(
                query.value("modality").flatMap(Modality.init(rawValue:)),
                query.value("context_bucket").flatMap(ContextBucket.init(rawValue:))
            )
        }
    }

    /// Dates from the first to the last, models from the most to the least used, `other` last.
    func rows(of market: Market) -> [JSON] {
        var tokens: [Int: [(permaslug: String, tokens: Int)]] = [:]
        for entry in market.entries {
            var ofEntry: [Int: Int] = [:]
            for day in days { ofEntry[bucket(of: day), default: 0] += counted(entry, on: day) }
            for (bucket, sum) in ofEntry where sum > 0 {
                tokens[bucket, default: []].append((entry.permaslug, estimated(sum)))
            }
        }
        return tokens.sorted { $0.key < $1.key }.flatMap { bucket, rows in
            let sorted = rows.sorted { left, right in
                left.tokens == right.tokens ? left.permaslug < right.permaslug : left.tokens > right.tokens
            }
            let others = sorted.dropFirst(Self.rowLimit)
            let other = others.isEmpty ? [] : [("other", others.reduce(0) { $0 + $1.tokens })]
            return (sorted.prefix(Self.rowLimit) + other).map { permaslug, tokens -> JSON in
                [
                    "date": .string(CivilTime.dateText(ofDay: bucket)),
                    "model_permaslug": .string(permaslug),
                    "total_tokens": .string(String(tokens)),
                ]
            }
        }
    }

    private static let rowLimit = 50

    private var isSampled: Bool {
        if case .exact = slice { false } else { true }
    }

    /// Samples are of whole weeks, the last of which may end after the window.
    private var days: ClosedRange<Int> {
        guard isSampled else { return window.days }
        return Self.weekStart(of: window.days.lowerBound)...Self.weekStart(of: window.days.upperBound) + 6
    }

    /// The first day of the stretch that a day is counted in; a sampled week belongs to the month it begins in.
    private func bucket(of day: Int) -> Int {
        switch period {
        case .day: return day
        case .week: return Self.weekStart(of: day)
        case .month:
            let counted = isSampled ? Self.weekStart(of: day) : day
            return counted - CivilTime(microseconds: Int64(counted) * UsageLog.day).day + 1
        }
    }

    /// Monday, by ISO 8601.
    private static func weekStart(of day: Int) -> Int {
        day - CivilTime(microseconds: Int64(day) * UsageLog.day).weekday
    }

    private func counted(_ entry: Market.Entry, on day: Int) -> Int {
        let tokens = entry.tokens(on: day)
        switch slice {
        case .category(let category): return entry.share(of: tokens, in: category)
        case .language(let isNatural):
            let natural = entry.naturalShare(of: tokens)
            return isNatural ? natural : tokens - natural
        case .exact(let modality, let bucket):
            let ofModality = modality.map { $0.share(of: tokens, entry) } ?? tokens
            return bucket.map { entry.share(of: ofModality, in: $0) } ?? ofModality
        }
    }

    /// Estimates are round numbers.
    private func estimated(_ tokens: Int) -> Int {
        isSampled ? max(1, tokens / 10_000) * 10_000 : tokens
    }
}

extension Rankings.Modality {
    /// What of a model's tokens counts: all or none, but for tools.
    fileprivate func share(of tokens: Int, _ entry: Market.Entry) -> Int {
        switch self {
        case .text: entry.model.outputModalities.contains("text") ? tokens : 0
        case .imageOutput: entry.model.outputModalities.contains("image") ? tokens : 0
        case .image: entry.model.inputModalities.contains("image") ? tokens : 0
        case .audio: entry.model.inputModalities.contains("audio") ? tokens : 0
        case .toolCalling: entry.toolShare(of: tokens)
        }
    }
}
