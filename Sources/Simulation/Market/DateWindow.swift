internal import OpenRouterAPI

/// The days that a data set is asked for (schema of `GET /datasets/rankings-daily`).
struct DateWindow {
    /// Days since 1970-01-01.
    let days: ClosedRange<Int>
    /// When the answer is made, in microseconds since 1970.
    let now: Int64

    static let parameters = [
        QueryParameter("start_date", .format(.date)), QueryParameter("end_date", .format(.date)),
    ]

    /// The last day is the most recent one that is over, unless the query says an earlier one; the first one is 30 days
    /// before it.
    ///
    /// - Throws: ``APIError`` 400 for a last day before the first day that is known, or before the first day asked for.
    init(_ query: QueryReader, now: Int64) throws(APIError) {
        func day(_ name: String) -> Int? {
            query.value(name).flatMap { CivilTime.microseconds(rfc3339: $0 + "T00:00:00Z") }
                .map { CivilTime(microseconds: $0).dayNumber }
        }
        let yesterday = max(Market.firstDay, CivilTime(microseconds: now).dayNumber - 1)
        let last = min(yesterday, day("end_date") ?? yesterday)
        let first = max(Market.firstDay, day("start_date") ?? last - 30)
        guard last >= Market.firstDay else {
            throw .invalidField(
                "end_date",
                expected: "a date on or after \(CivilTime.dateText(ofDay: Market.firstDay))",
                found: JSON.string(query.value("end_date") ?? "").text
            )
        }
        guard first <= last else {
            throw .invalidField(
                "start_date",
                expected: "a date on or before the end, \(CivilTime.dateText(ofDay: last))",
                found: JSON.string(query.value("start_date") ?? "").text
            )
        }
        days = first...last
        self.now = now
    }

    /// Schema `RankingsDailyMeta`.
    var meta: JSON {
        [
            "as_of": .string(CivilTime(microseconds: now).iso8601Milliseconds),
            "version": "v1",
            "start_date": .string(CivilTime.dateText(ofDay: days.lowerBound)),
            "end_date": .string(CivilTime.dateText(ofDay: days.upperBound)),
        ]
    }
}
