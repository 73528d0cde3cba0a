package import OpenRouterAPI
internal import Tapes

/// How two cassettes differ: by request, then by answer, in shape or only in values.
package struct CassetteComparison: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable {
        /// Only the first cassette has a recording of this request, or has more of them.
        case removed
        /// Only the second one.
        case added
        /// Both have one; the answers differ in status, type, ending, or in which members their JSON has.
        case shape
        /// The answers differ in values only.
        case value
    }

    package struct Difference: Sendable, Hashable {
        package var kind: Kind
        package var request: String
        package var fingerprint: Fingerprint
        /// Numbers of the recordings in the first and in the second cassette.
        package var first: Int64?
        package var second: Int64?
        /// What differs, a line each.
        package var details: [String]
    }

    /// In the order of the first cassette, then of the second.
    package private(set) var differences: [Difference] = []
    package private(set) var equalCount = 0

    /// Compares what recordings answer; requests with several recordings are compared in their order.
    ///
    /// - Parameters:
    ///   - first: what things were changed from.
    ///   - second: what they were changed to.
    ///   - detailLimit: at most so many lines of details for each difference.
    /// - Throws: ``CassetteError`` where one cannot be read.
    package init(_ first: Cassette, _ second: Cassette, detailLimit: Int = 20) throws(CassetteError) {
        var others: [Fingerprint: [RecordingOutline]] = [:]
        let right = try second.outlines()
        for outline in right { others[outline.fingerprint, default: []].append(outline) }
        for outline in try first.outlines() {
            guard let other = others[outline.fingerprint]?.first else {
                differences.append(Self.difference(.removed, outline, first: outline.id, second: nil))
                continue
            }
            others[outline.fingerprint]?.removeFirst()
            if other.answer == outline.answer {
                equalCount += 1
                continue
            }
            var difference = Self.difference(.value, outline, first: outline.id, second: other.id)
            let left = try first.interaction(outline.id).interaction.tape
            let right = try second.interaction(other.id).interaction.tape
            difference.details = AnswerShape(left).drift(to: AnswerShape(right)).map(\.description)
            if difference.details.isEmpty {
                difference.details = Self.values(left, right, limit: detailLimit)
            } else {
                difference.kind = .shape
            }
            difference.details = Array(difference.details.prefix(detailLimit))
            differences.append(difference)
        }
        for outline in right where others[outline.fingerprint]?.contains(outline) == true {
            differences.append(Self.difference(.added, outline, first: nil, second: outline.id))
        }
    }

    private static func difference(
        _ kind: Kind,
        _ outline: RecordingOutline,
        first: Int64?,
        second: Int64?
    ) -> Difference {
        Difference(
            kind: kind,
            request: outline.request,
            fingerprint: outline.fingerprint,
            first: first,
            second: second,
            details: []
        )
    }

    /// Members with other values; of streams, those of events at the same place.
    private static func values(_ left: Tape, _ right: Tape, limit: Int) -> [String] {
        let (old, new) = (AnswerShape.documents(in: left), AnswerShape.documents(in: right))
        var lines: [String] = []
        for (index, pair) in zip(old, new).enumerated() where lines.count < limit {
            let place = old.count > 1 ? "event \(index + 1) " : ""
            lines += JSONDiff.differences(from: pair.0.root, to: pair.1.root, limit: limit - lines.count)
                .map { place + $0.description }
        }
        if old.count != new.count { lines.append("events with JSON: \(old.count) → \(new.count)") }
        if lines.isEmpty {
            let same = left.body == right.body
            lines.append(
                same
                    ? "header fields, trailers or completion"
                    : "body: \(left.bodyByteCount) bytes → \(right.bodyByteCount) bytes"
            )
        }
        return lines
    }
}

extension CassetteComparison {
    package var json: JSON {
        [
            "equal": .integer(equalCount),
            "differences": .array(
                differences.map { difference in
                    [
                        "kind": .string(difference.kind.rawValue),
                        "request": .string(difference.request),
                        "fingerprint": .string(difference.fingerprint.description),
                        "first": difference.first.map { .integer(Int($0)) } ?? .null,
                        "second": difference.second.map { .integer(Int($0)) } ?? .null,
                        "details": .array(difference.details.map { .string($0) }),
                    ]
                }
            ),
        ]
    }

    package var text: String {
        var lines: [String] = []
        for difference in differences {
            let places = [difference.first, difference.second].map { $0.map { "#\($0)" } ?? "-" }
            let request = TextTable.printable(difference.request)
            lines.append("\(difference.kind.rawValue)  \(places.joined(separator: " → "))  \(request)")
            lines += difference.details.map { "    " + TextTable.printable($0) }
        }
        lines.append("\(equalCount) equal, \(differences.count) different")
        return lines.joined(separator: "\n")
    }
}
