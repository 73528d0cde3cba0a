internal import HTTPTypes
internal import OpenRouterAPI

/// What an account has used, counted as asked (reference: platform §3.5).
extension Operation {
    /// `GET /analytics/meta`: what queries may name.
    static let getAnalyticsMeta = Operation("getAnalyticsMeta", .get, "/analytics/meta", .managementKey) {
        call throws(APIError) in
        .json(["data": analyticsMeta])
    }

    /// `POST /analytics/query`.
    static let queryAnalytics = Operation(
        "queryAnalytics",
        .post,
        "/analytics/query",
        .managementKey,
        body: AnalyticsQuery.shape
    ) { call, body throws(APIError) in
        let (platform, now) = call.world.withPlatform { ($0, $1) }
        let query = try AnalyticsQuery(body, now: now)
        var report = AnalyticsReport(query, AnalyticsLabels(platform: platform, accountID: call.accountID))
        if query.isOfGenerations {
            let records = call.world.withGenerations { $0.latest(ofAccount: call.accountID) }
            for record in records where record.createdAt >= query.start && record.createdAt < query.end {
                report.add(AnalyticsFact(record))
            }
        } else {
            platform.usage[call.accountID]?
                .forEach(
                    from: query.start,
                    to: query.end,
                    isByMinute: query.granularity?.isFinerThanDay == true
                ) { report.add(AnalyticsFact(time: $0.time, dimensions: $0.dimensions, sums: $0.sums)) }
        }
        return .json(["data": report.json])
    }

    private static let analyticsMeta: JSON = [
        "metrics": .array(
            AnalyticsMetric.allCases.map {
                [
                    "name": .string($0.rawValue), "display_label": .string($0.label), "is_rate": .bool($0.isRate),
                    "display_format": .string($0.displayFormat),
                ]
            }
        ),
        "dimensions": .array(
            AnalyticsDimension.allCases.map { ["name": .string($0.rawValue), "display_label": .string($0.label)] }
        ),
        "operators": .array(
            AnalyticsFilter.Operator.allCases.map {
                ["name": .string($0.rawValue), "value_type": $0.takesArray ? "array" : "scalar"]
            }
        ),
        "granularities": .array(
            AnalyticsGranularity.allCases.map { ["name": .string($0.rawValue), "display_label": .string($0.label)] }
        ),
    ]
}

extension AnalyticsFact {
    fileprivate init(_ record: GenerationRecord) {
        self.init(
            time: record.createdAt,
            dimensions: record.usageDimensions,
            sums: UsageSums(record),
            generationID: record.id
        )
    }
}
