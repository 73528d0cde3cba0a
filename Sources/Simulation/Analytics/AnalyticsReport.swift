internal import OpenRouterAPI

/// Counts what a query asks for.
struct AnalyticsReport {
    let query: AnalyticsQuery
    let labels: AnalyticsLabels

    private struct Group: Hashable {
        /// In microseconds since 1970; nil without a granularity.
        let time: Int64?
        /// Of the query's dimensions.
        let values: [String?]
    }

    private struct Row {
        let time: Int64?
        let values: [String?]
        /// What is shown of the values.
        let columns: [JSONObject]
        let sums: UsageSums
    }

    private var sums: [Group: UsageSums] = [:]
    private var apps: [String: AppAttribution] = [:]

    init(_ query: AnalyticsQuery, _ labels: AnalyticsLabels) {
        self.query = query
        self.labels = labels
    }

    mutating func add(_ fact: AnalyticsFact) {
        guard query.filters.allSatisfy({ $0.accepts(fact) }) else { return }
        let values = query.dimensions.map { $0.value(of: fact) }
        if let app = fact.dimensions.app, let index = query.dimensions.firstIndex(of: .app), let id = values[index] {
            // Titles of one site may differ; the least one is the same whatever came first.
            apps[id] = apps[id].map { $0.name <= app.name ? $0 : app } ?? app
        }
        let time = query.granularity.map { $0.start(of: fact.time) }
        sums[Group(time: time, values: values), default: UsageSums()] += fact.sums
    }

    /// `data` of the answer.
    var json: JSON {
        let all = ordered
        let rows = limited(all)
        var data: JSONObject = [
            "data": .array(rows.map(json)),
            "metadata": [
                // Nothing here takes time on the world's clock.
                "query_time_ms": 1,
                "row_count": .integer(rows.count),
                "truncated": .bool(rows.count < all.count),
            ],
        ]
        let warnings = labels.warnings(query.filters)
        if !warnings.isEmpty { data.append("warnings", .array(warnings.map { .string($0) })) }
        return .object(data)
    }

    private func json(_ row: Row) -> JSON {
        var object: JSONObject = [:]
        if let granularity = query.granularity, let time = row.time {
            object.append(granularity.column, .string(CivilTime(microseconds: time).iso8601Milliseconds))
        }
        for columns in row.columns { object.append(contentsOf: columns) }
        for metric in query.metrics { object.append(metric.rawValue, metric.amount(of: row.sums).json) }
        return .object(object)
    }

    // MARK: Order and limits

    /// As asked; else a series by time, and other rows by the first metric from high to low.
    private var ordered: [Row] {
        var rows = sums.map { group, sums in
            let columns = zip(query.dimensions, group.values).map { dimension, value in
                labels.columns(dimension, value, app: value.flatMap { apps[$0] })
            }
            return Row(time: group.time, values: group.values, columns: columns, sums: sums)
        }
        // Without metrics and dimensions in common rows have one order, so that equal queries have equal answers.
        rows.sort { left, right in
            if left.time != right.time { return left.time ?? 0 < right.time ?? 0 }
            return left.values.lexicographicallyPrecedes(right.values) { $0 ?? "" < $1 ?? "" }
        }
        let fallback: AnalyticsQuery.Order = query.granularity == nil ? .metric(query.metrics[0]) : .time
        let (order, isAscending) = query.order ?? (by: fallback, isAscending: query.granularity != nil)
        func sorted<Key: Comparable>(_ key: (Row) -> Key) -> [Row] {
            let keyed = rows.map(key).enumerated().map { (key: $1, index: $0) }
            return keyed.sorted { left, right in
                if left.key == right.key { return left.index < right.index }
                return isAscending ? left.key < right.key : left.key > right.key
            }
            .map { rows[$0.index] }
        }
        switch order {
        case .time: return sorted { $0.time ?? 0 }
        case .metric(let metric): return sorted { metric.amount(of: $0.sums).double }
        case .dimension(let dimension):
            guard let index = query.dimensions.firstIndex(of: dimension) else { return rows }
            return sorted { row in
                if case .string(let text) = row.columns[index][dimension.rawValue] { text } else { "" }
            }
        }
    }

    private func limited(_ rows: [Row]) -> [Row] {
        guard !query.dimensions.isEmpty else { return Array(rows.prefix(query.limit ?? Self.defaultLimit)) }
        guard let groupLimit = query.groupLimit else {
            // A series of several groups is not cut off in the middle unless a limit says so.
            let isSeries = query.granularity != nil
            return Array(rows.prefix(query.limit ?? (isSeries ? rows.count : Self.defaultLimit)))
        }
        var counts: [[String?]: Int] = [:]
        let kept = rows.filter { row in
            counts[row.values, default: 0] += 1
            return counts[row.values, default: 0] <= groupLimit
        }
        return Array(kept.prefix(query.limit ?? Self.defaultLimit))
    }

    private static let defaultLimit = 1000
}
