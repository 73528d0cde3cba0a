internal import GRDB
package import OpenRouterAPI

/// What a cassette holds, in numbers.
package struct CassetteStatistics: Sendable, Hashable {
    /// A value of a column and how many recordings have it.
    package struct Share: Sendable, Hashable {
        package var name: String
        package var count: Int

        package init(name: String, count: Int) {
            self.name = name
            self.count = count
        }
    }

    package var interactionCount: Int
    /// Different requests.
    package var fingerprintCount: Int
    package var bodyCount: Int
    /// Bytes of all bodies as stored.
    package var bodyByteCount: Int
    /// Bytes that are not stored because another recording has the same body.
    package var sharedByteCount: Int
    /// Bytes of the file; nil for a folder.
    package var fileByteCount: Int?
    /// Bytes of the largest recording, request and answer together.
    package var largestByteCount: Int
    /// What the answers say they cost, added up, and how many say it.
    package var cost: USD
    package var costCount: Int
    /// Microseconds since 1970-01-01T00:00:00Z of the first and the last recording; nil where there is none.
    package var recordedAt: ClosedRange<Int64>?
    /// Most frequent first.
    package var paths: [Share]
    package var models: [Share]
    package var statuses: [Share]
    package var endings: [Share]
    package var completions: [Share]
}

extension Cassette {
    /// Counts from the columns alone, but for costs, which are in the answers; contents are not checked.
    package func statistics() throws(CassetteError) -> CassetteStatistics {
        let costs = try AnswerCosts(self)
        return try read { db in
            let number = { (sql: String) in try Int.fetchOne(db, sql: sql) ?? 0 }
            let stored = try number("SELECT sum(byte_count) FROM body")
            let referenced = try number(
                """
                SELECT sum(request.byte_count + response.byte_count) FROM interaction
                JOIN body AS request ON request.id = request_body
                JOIN body AS response ON response.id = response_body
                """
            )
            let range = try Row.fetchOne(db, sql: "SELECT min(recorded_at), max(recorded_at) FROM interaction")
            let first = range.flatMap { Int64.fromDatabaseValue($0[0]) }
            let last = range.flatMap { Int64.fromDatabaseValue($0[1]) }
            return CassetteStatistics(
                interactionCount: try number("SELECT count(*) FROM interaction"),
                fingerprintCount: try number("SELECT count(DISTINCT fingerprint) FROM interaction"),
                bodyCount: try number("SELECT count(*) FROM body"),
                bodyByteCount: stored,
                sharedByteCount: max(0, referenced - stored),
                fileByteCount: CassetteFile.byteCount(of: path),
                largestByteCount: try number(
                    """
                    SELECT max(request.byte_count + response.byte_count) FROM interaction
                    JOIN body AS request ON request.id = request_body
                    JOIN body AS response ON response.id = response_body
                    """
                ),
                cost: costs.total,
                costCount: costs.count,
                recordedAt: first.flatMap { first in last.map { first...max(first, $0) } },
                paths: try Self.shares(of: "method || ' ' || path", db),
                models: try Self.shares(of: "ifnull(model, '-')", db),
                statuses: try Self.shares(of: "ifnull(CAST(status AS TEXT), 'no head')", db),
                endings: try Self.shares(of: "ending", db),
                completions: try Self.shares(of: "completion", db)
            )
        }
    }

    /// Counts per value of an SQL expression, which is ours and never text from outside.
    private static func shares(of expression: String, _ db: Database) throws -> [CassetteStatistics.Share] {
        let sql = "SELECT \(expression) AS name, count(*) AS number FROM interaction GROUP BY 1 ORDER BY 2 DESC, 1"
        return try Row.fetchAll(db, sql: sql).map { row in
            CassetteStatistics.Share(
                name: String.fromDatabaseValue(row["name"]) ?? "?",
                count: Int.fromDatabaseValue(row["number"]) ?? 0
            )
        }
    }
}

extension CassetteStatistics {
    package var json: JSON {
        [
            "interactions": .integer(interactionCount),
            "requests": .integer(fingerprintCount),
            "bodies": .integer(bodyCount),
            "body_bytes": .integer(bodyByteCount),
            "shared_bytes": .integer(sharedByteCount),
            "file_bytes": fileByteCount.map { .integer($0) } ?? .null,
            "largest_bytes": .integer(largestByteCount),
            "cost_usd": cost.json,
            "costs": .integer(costCount),
            "first_recorded_at": recordedAt.map { .string(Timestamp.text(microseconds: $0.lowerBound)) } ?? .null,
            "last_recorded_at": recordedAt.map { .string(Timestamp.text(microseconds: $0.upperBound)) } ?? .null,
            "paths": Self.json(paths),
            "models": Self.json(models),
            "statuses": Self.json(statuses),
            "endings": Self.json(endings),
            "completions": Self.json(completions),
        ]
    }

    private static func json(_ shares: [Share]) -> JSON {
        .object(JSONObject(shares.map { ($0.name, .integer($0.count)) }))
    }

    /// Several lines, for people.
    ///
    /// `now` is in microseconds since 1970-01-01T00:00:00Z, to tell the age; nil leaves it out.
    package func text(now: Int64? = nil) -> String {
        var rows = [
            ["interactions", "\(interactionCount) of \(fingerprintCount) different requests"],
            ["bodies", "\(bodyCount), \(bodyByteCount) bytes; \(sharedByteCount) bytes saved by storing each once"],
        ]
        let file = fileByteCount.map { "\($0) bytes in the file; " } ?? ""
        rows.append(["size", "\(file)\(largestByteCount) bytes in the largest recording"])
        rows.append(["cost", "\(cost.decimalText) USD in \(costCount) answers that say it"])
        if let recordedAt {
            let ends = [recordedAt.lowerBound, recordedAt.upperBound].map { Timestamp.text(microseconds: $0) }
            rows.append(["recorded", ends.joined(separator: " to ")])
            if let now {
                let days = [recordedAt.upperBound, recordedAt.lowerBound].map { max(0, now - $0) / 86_400_000_000 }
                rows.append(["age", days[0] == days[1] ? "\(days[0]) days" : "\(days[0]) to \(days[1]) days"])
            }
        }
        for (title, shares) in [
            ("paths", paths), ("models", models), ("statuses", statuses), ("endings", endings),
            ("completions", completions),
        ] {
            for (index, share) in shares.enumerated() {
                rows.append([index == 0 ? title : "", "\(share.count) × \(TextTable.printable(share.name))"])
            }
        }
        return TextTable.text(rows)
    }
}
