internal import OpenRouterAPI

/// What `POST /analytics/query` asks for (reference: platform §3.5).
struct AnalyticsQuery {
    enum Order {
        /// By the rows' time.
        case time
        case metric(AnalyticsMetric)
        case dimension(AnalyticsDimension)
    }

    let metrics: [AnalyticsMetric]
    let dimensions: [AnalyticsDimension]
    let granularity: AnalyticsGranularity?
    /// In microseconds since 1970; the end does not count.
    let start: Int64
    let end: Int64
    let filters: [AnalyticsFilter]
    /// Nil for the order of our choice.
    let order: (by: Order, isAscending: Bool)?
    /// The most rows; nil for the default.
    let limit: Int?
    /// The most rows of one combination of dimensions; nil for any number.
    let groupLimit: Int?

    /// What is counted when the query does not say.
    static let defaultRange = 30 * UsageLog.day
    /// How far back single generations and times are known.
    static let recentRange = 31 * UsageLog.day

    static let shape = ObjectShape(
        .required("metrics", .array(of: .choice(of: AnalyticsMetric.self), count: 1...Int.max)),
        .optional("dimensions", .array(of: .choice(of: AnalyticsDimension.self), count: 0...2)),
        .optional("granularity", .choice(of: AnalyticsGranularity.self)),
        .optional(
            "time_range",
            .object(ObjectShape(.required("start", .format(.utcTime)), .required("end", .format(.utcTime))))
        ),
        .optional("filters", .array(of: .object(AnalyticsFilter.shape), count: 0...20)),
        .optional("classifier_dimensions", .object(AnalyticsClassifier.dimensionsShape)),
        .optional("classifier_filters", .object(AnalyticsClassifier.filtersShape)),
        .optional(
            "order_by",
            .object(ObjectShape(.required("field", .text), .required("direction", .choice(["asc", "desc"]))))
        ),
        .optional("limit", .integer(in: 1...Int.max)),
        .optional("group_limit", .integer(in: 1...Int.max))
    )

    /// - Parameters:
    ///   - body: of the declared shape.
    ///   - now: in microseconds since 1970.
    /// - Throws: ``APIError`` 400 for parts that do not fit together.
    init(_ body: JSONValue, now: Int64) throws(APIError) {
        func names(_ member: String) -> [String] { (body[member]?.elements).map { $0.compactMap(\.string) } ?? [] }
        metrics = Self.unique(names("metrics")).compactMap(AnalyticsMetric.init(rawValue:))
        dimensions = Self.unique(names("dimensions")).compactMap(AnalyticsDimension.init(rawValue:))
        granularity = body["granularity"]?.string.flatMap(AnalyticsGranularity.init(rawValue:))
        let times = ["start", "end"].map { name in
            body["time_range"]?[name]?.string.flatMap { CivilTime.microseconds(rfc3339: $0) }
        }
        // The minute that runs now counts.
        end = times[1] ?? now + 1
        start = times[0] ?? end - Self.defaultRange
        guard start < end else {
            throw .invalidField(
                "time_range.end",
                expected: "a time after the start",
                found: body["time_range"]?["end"]?.excerpt ?? ""
            )
        }
        var filters: [AnalyticsFilter] = []
        if let all = body["filters"]?.elements {
            for (index, filter) in all.enumerated() {
                filters.append(try AnalyticsFilter(filter, path: "filters[\(index)]"))
            }
        }
        self.filters = filters
        order = try Self.order(body["order_by"], metrics, dimensions)
        limit = body["limit"]?.int
        groupLimit = body["group_limit"]?.int
        try checkRange()
        try AnalyticsClassifier.check(body)
    }

    private static func unique(_ names: [String]) -> [String] {
        names.enumerated().filter { names.firstIndex(of: $0.element) == $0.offset }.map(\.element)
    }

    /// Whether single generations are asked for.
    var isOfGenerations: Bool {
        dimensions.contains(.generation) || filters.contains { $0.dimension == .generation }
    }

    private static func order(
        _ order: JSONValue?,
        _ metrics: [AnalyticsMetric],
        _ dimensions: [AnalyticsDimension]
    ) throws(APIError) -> (by: Order, isAscending: Bool)? {
        guard let order, let field = order["field"]?.string else { return nil }
        let isAscending = order["direction"]?.string == "asc"
        if field == "date" { return (.time, isAscending) }
        if let metric = AnalyticsMetric(rawValue: field), metric == .requestCount || metrics.contains(metric) {
            return (.metric(metric), isAscending)
        }
        if let dimension = AnalyticsDimension(rawValue: field), dimensions.contains(dimension) {
            return (.dimension(dimension), isAscending)
        }
        throw .invalidField(
            "order_by.field",
            expected: "a metric or dimension of the query, request_count, or date",
            found: JSON.string(field).text
        )
    }

    private func checkRange() throws(APIError) {
        guard end - start > Self.recentRange else { return }
        let recent = metrics.filter(\.isOfRecentTime).map(\.rawValue) + (isOfGenerations ? ["generation_id"] : [])
        guard let name = recent.first else { return }
        throw .invalidField("time_range", expected: "at most 31 days for \(name)", found: "a longer range")
    }
}
