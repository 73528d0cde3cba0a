package import OpenRouterAPI

/// Which recordings of several cassettes make one, in which order, and where they disagree.
///
/// The plan follows from what the cassettes hold and the order in which they are named, from nothing else.
package struct CassetteMerge: Sendable {
    /// Whose answers stay when cassettes have different ones for the same request.
    package enum Preference: String, Sendable, CaseIterable {
        /// Those of the cassette that is named first.
        case first
        /// Those of the cassette that is named last.
        case last
    }

    /// A request to which cassettes have different answers.
    package struct Conflict: Sendable, Hashable {
        package var request: String
        package var fingerprint: Fingerprint
        /// Of each recording that differs: the number of its cassette, counted from 0, and its own.
        package var recordings: [Place]
    }

    package struct Place: Sendable, Hashable {
        package var cassette: Int
        package var id: Int64
    }

    /// What the merged cassette holds, in its order.
    package private(set) var recordings: [Place] = []
    package private(set) var conflicts: [Conflict] = []
    /// Recordings that were in more than one cassette, or only repeat an answer of another one.
    package private(set) var duplicateCount = 0

    /// Plans the union of all.
    ///
    /// A recording of a later cassette is left out when an earlier one has it too, or has the same answer to the same
    /// request as often. What remains comes behind what is there: equal requests replay in this order.
    ///
    /// - Parameters:
    ///   - cassettes: in the order that counts.
    ///   - preference: whose answers stay in a conflict; nil to keep all in sequence.
    /// - Throws: ``CassetteError`` where one cannot be read.
    package init(_ cassettes: [Cassette], preference: Preference? = nil) throws(CassetteError) {
        var outlines: [[RecordingOutline]] = []
        for cassette in cassettes { outlines.append(try cassette.outlines()) }
        merge(outlines, preference: preference)
    }

    /// Plans what both sides made of a common ancestor: recordings that one of them removed or replaced are gone.
    ///
    /// - Parameters:
    ///   - ours: cassette 0 of the plan.
    ///   - theirs: cassette 1.
    ///   - ancestor: what both come from; nil if there is none.
    ///   - preference: whose answers stay in a conflict; nil to keep all in sequence.
    /// - Throws: ``CassetteError`` where one cannot be read.
    package init(
        ours: Cassette,
        theirs: Cassette,
        ancestor: Cassette?,
        preference: Preference? = nil
    ) throws(CassetteError) {
        let old = try ancestor?.outlines() ?? []
        var (left, right) = (try ours.outlines(), try theirs.outlines())
        let (inLeft, inRight) = (Set(left.map(\.identity)), Set(right.map(\.identity)))
        let removed = Set(old.map(\.identity)).filter { !inLeft.contains($0) || !inRight.contains($0) }
        left.removeAll { removed.contains($0.identity) }
        right.removeAll { removed.contains($0.identity) }
        let common = inLeft.intersection(inRight)
        merge([left, right], common: common, preference: preference)
    }

    /// - Parameters:
    ///   - cassettes: the recordings of each.
    ///   - common: identities that are no reason for a conflict: every side has them.
    ///   - preference: whose answers stay in a conflict; nil to keep all.
    private mutating func merge(
        _ cassettes: [[RecordingOutline]],
        common: Set<Hash128> = [],
        preference: Preference?
    ) {
        var kept: [(place: Place, outline: RecordingOutline)] = []
        var byRequest: [Fingerprint: [Int]] = [:]
        for (number, outlines) in cassettes.enumerated() {
            // Each recording that is there stands for one of this cassette's, so that repetitions survive.
            var spoken: Set<Int> = []
            for outline in outlines {
                let earlier = byRequest[outline.fingerprint, default: []].filter {
                    kept[$0].place.cassette != number && !spoken.contains($0)
                }
                let same =
                    earlier.first { kept[$0].outline.identity == outline.identity }
                    ?? earlier.first { kept[$0].outline.answer == outline.answer }
                if let same {
                    spoken.insert(same)
                    duplicateCount += 1
                } else {
                    byRequest[outline.fingerprint, default: []].append(kept.count)
                    kept.append((Place(cassette: number, id: outline.id), outline))
                }
            }
        }
        var dropped: Set<Int> = []
        for index in kept.indices {
            let fingerprint = kept[index].outline.fingerprint
            guard let group = byRequest[fingerprint], group.first == index else { continue }
            let disputed = group.filter { !common.contains(kept[$0].outline.identity) }
            let sides = disputed.map { kept[$0].place.cassette }
            guard let least = sides.min(), let most = sides.max(), least != most else { continue }
            conflicts.append(
                Conflict(
                    request: kept[index].outline.request,
                    fingerprint: fingerprint,
                    recordings: disputed.map { kept[$0].place }
                )
            )
            guard let preference else { continue }
            let winner = preference == .first ? least : most
            dropped.formUnion(disputed.filter { kept[$0].place.cassette != winner })
        }
        recordings = kept.indices.filter { !dropped.contains($0) }.map { kept[$0].place }
    }
}

extension CassetteMerge {
    /// What the merged cassette says of itself: what all of them do.
    ///
    /// - Throws: ``CassetteError/incompatible(path:other:key:)`` where two say different things.
    package static func metadata(of cassettes: [Cassette]) throws(CassetteError) -> [String: String] {
        var merged: [String: (value: String, path: String)] = [:]
        for cassette in cassettes {
            guard try cassette.fingerprintVersion() == cassettes[0].fingerprintVersion() else {
                throw .incompatible(path: cassette.path, other: cassettes[0].path, key: "fingerprint_version")
            }
            for (key, value) in try cassette.metadata().sorted(by: { $0.key < $1.key }) {
                if let known = merged[key], known.value != value {
                    throw .incompatible(path: cassette.path, other: known.path, key: key)
                }
                merged[key] = (value, cassette.path)
            }
        }
        return merged.mapValues(\.value)
    }

    /// Writes the planned recordings.
    package func write(
        _ cassettes: [Cassette],
        to writer: CassetteWriter,
        progress: WorkProgress = { _, _ in }
    ) async throws(CassetteError) {
        let redactor = Redactor()
        var batch = WriteBatch(writer)
        for (index, place) in recordings.enumerated() {
            let stored = try cassettes[place.cassette].interaction(place.id)
            try await batch.add(redactor.redact(stored.interaction, upstream: stored.upstream))
            progress(index + 1, recordings.count)
        }
        try await batch.finish()
    }

    /// The counts and conflicts, for machines.
    ///
    /// `names` are those of the cassettes, in the order of the plan.
    package func json(names: [String]) -> JSON {
        [
            "recordings": .integer(recordings.count),
            "duplicates": .integer(duplicateCount),
            "conflicts": .array(
                conflicts.map { conflict in
                    [
                        "request": .string(conflict.request),
                        "fingerprint": .string(conflict.fingerprint.description),
                        "recordings": .array(
                            conflict.recordings.map { place in
                                ["cassette": .string(names[place.cassette]), "number": .integer(Int(place.id))]
                            }
                        ),
                    ]
                }
            ),
        ]
    }

    /// A line for each conflict, then one with the counts.
    ///
    /// `names` are those of the cassettes, in the order of the plan; `preference` is how conflicts were settled.
    package func text(names: [String], preference: Preference?) -> String {
        let outcome = preference.map { "kept those of the \($0.rawValue)" } ?? "kept all, in sequence"
        var lines = conflicts.map { conflict in
            let places = conflict.recordings.map { "\(names[$0.cassette]) #\($0.id)" }.joined(separator: ", ")
            return "conflict: \(TextTable.printable(conflict.request)) has different answers in \(places): \(outcome)"
        }
        lines.append(
            "\(recordings.count) recordings, \(duplicateCount) duplicates left out, \(conflicts.count) conflicts"
        )
        return lines.joined(separator: "\n")
    }
}
