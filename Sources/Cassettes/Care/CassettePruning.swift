internal import NIOCore
package import OpenRouterAPI

/// Which recordings of a cassette may go.
package struct CassettePruning: Sendable, Hashable {
    /// What a recording must be to go: everything that is set.
    package struct Criteria: Sendable, Hashable {
        /// Recorded before this time, in microseconds since 1970-01-01T00:00:00Z.
        package var recordedBefore: Int64?
        /// Of one of these models; empty for any.
        package var models: Set<String> = []
        /// Not played in a run; the numbers are those that were.
        package var played: Set<Int64>?

        package init() {}
    }

    package struct Recording: Sendable, Hashable {
        package var id: Int64
        package var request: String
        package var model: String?
        /// Microseconds since 1970-01-01T00:00:00Z.
        package var recordedAt: Int64
    }

    /// In the order of the cassette.
    package private(set) var removed: [Recording] = []
    package private(set) var keptCount = 0

    /// Picks the recordings; nothing is changed.
    package init(
        _ cassette: Cassette,
        _ criteria: Criteria,
        progress: WorkProgress = { _, _ in }
    ) throws(CassetteError) {
        let total = try cassette.count()
        try cassette.forEachOutline { outline in
            defer { progress(removed.count + keptCount, total) }
            let goes =
                criteria.recordedBefore.map { outline.recordedAt < $0 } ?? true
                && (criteria.models.isEmpty || outline.model.map(criteria.models.contains) ?? false)
                && criteria.played.map { !$0.contains(outline.id) } ?? true
            guard goes else {
                keptCount += 1
                return
            }
            removed.append(
                Recording(
                    id: outline.id,
                    request: outline.request,
                    model: outline.model,
                    recordedAt: outline.recordedAt
                )
            )
        }
    }
}

extension CassettePruning {
    /// The numbers of the recordings of a cassette that a run played, from its journal.
    ///
    /// - Parameters:
    ///   - journal: what `GET /_sim/journal` answers.
    ///   - path: of the cassette; the run may have named it from another folder, so the last part counts.
    /// - Returns: nil if the journal names no recording of it.
    package static func played(in journal: JSONDocument, of path: String) -> Set<Int64>? {
        let name = lastPart(of: path)
        var numbers: Set<Int64> = []
        for entry in journal.root["entries"]?.elements.map({ $0 }) ?? [] {
            // `cassette session.cassette #12 + slicer`, see `Origin`.
            guard let origin = entry["origin"]?.string, origin.hasPrefix("cassette "),
                let mark = origin.lastRange(of: " #")
            else { continue }
            let file = origin[..<mark.lowerBound].dropFirst("cassette ".count)
            let digits = origin[mark.upperBound...].prefix { $0.isASCII && $0.isNumber }
            guard lastPart(of: String(file)) == name, let number = Int64(digits) else { continue }
            numbers.insert(number)
        }
        return numbers.isEmpty ? nil : numbers
    }

    private static func lastPart(of path: String) -> Substring {
        path.split(separator: "/").last ?? ""
    }

    package var json: JSON {
        [
            "kept": .integer(keptCount),
            "removed": .array(
                removed.map { recording in
                    [
                        "number": .integer(Int(recording.id)),
                        "request": .string(recording.request),
                        "model": recording.model.map { .string($0) } ?? .null,
                        "recorded_at": .string(Timestamp.text(microseconds: recording.recordedAt)),
                    ]
                }
            ),
        ]
    }

    /// A line for each recording that goes, then the counts; a rehearsal changed nothing.
    package func text(isRehearsal: Bool) -> String {
        let rows = removed.map { recording in
            [
                "#\(recording.id)", Timestamp.text(microseconds: recording.recordedAt),
                TextTable.printable(recording.request), TextTable.printable(recording.model ?? "-"),
            ]
        }
        let count = "\(isRehearsal ? "would remove" : "removed") \(removed.count), kept \(keptCount)"
        return rows.isEmpty ? count : TextTable.text(rows, rightAligned: [0]) + "\n" + count
    }
}

extension String {
    fileprivate func lastRange(of text: String) -> Range<Index>? {
        ranges(of: text).last
    }
}

extension CassettePruning {
    /// A point in time as people give it: an age such as `90d` or `36h`, or a date with or without a time.
    ///
    /// - Parameters:
    ///   - text: the age or date.
    ///   - now: in microseconds since 1970-01-01T00:00:00Z.
    /// - Returns: Microseconds since then; nil for another text.
    package static func moment(_ text: String, now: Int64) -> Int64? {
        let units: [Character: Int64] = ["d": 86_400_000_000, "h": 3_600_000_000, "w": 604_800_000_000]
        if let unit = text.last.flatMap({ units[$0] }), let count = Int64(text.dropLast()), (0...1_000_000) ~= count {
            return now - count * unit
        }
        return Timestamp.microseconds(text)
    }
}
