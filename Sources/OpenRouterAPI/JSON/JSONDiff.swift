/// Finds what differs between two documents, ignoring spelling and the order of members.
package enum JSONDiff {
    /// The differences from a recorded value to a requested one.
    ///
    /// Depth first. Objects: the recording's members in its order, then those only the request has in its order.
    /// Arrays: aligned on their longest common subsequence, so that one inserted message is one difference; in a
    /// stretch without equal elements the first is compared with the first, and so on. A stretch of more than
    /// ``maximumAlignedCount`` elements is compared by position.
    ///
    /// - Parameters:
    ///   - recorded: The value that things were changed from.
    ///   - requested: The value that they were changed to.
    ///   - limit: How many differences to find at most.
    /// - Returns: None exactly if ``JSONValue/isCanonicallyEqual(to:)`` is true (and the limit is above 0).
    package static func differences(
        from recorded: JSONValue,
        to requested: JSONValue,
        limit: Int = .max
    ) -> [JSONDifference] {
        var found: [JSONDifference] = []
        // Work waits in an array, next item last, so that deep documents need no deep stack.
        var pending = [Step.compare(JSONPointer(), recorded, requested)]
        while found.count < limit, let step = pending.popLast() {
            switch step {
            case .report(let difference): found.append(difference)
            case .compare(let pointer, let recorded, let requested):
                pending.append(contentsOf: steps(at: pointer, from: recorded, to: requested).reversed())
            }
        }
        return found
    }

    enum Step {
        case compare(JSONPointer, JSONValue, JSONValue)
        case report(JSONDifference)

        static func added(_ pointer: JSONPointer, _ value: JSONValue) -> Step {
            .report(JSONDifference(pointer: pointer, change: .added(value)))
        }

        static func removed(_ pointer: JSONPointer, _ value: JSONValue) -> Step {
            .report(JSONDifference(pointer: pointer, change: .removed(value)))
        }
    }

    private static func steps(at pointer: JSONPointer, from recorded: JSONValue, to requested: JSONValue) -> [Step] {
        if recorded.raw == requested.raw { return [] }
        switch (recorded.kind, requested.kind) {
        case (.object, .object):
            return memberSteps(at: pointer, from: recorded, to: requested)
        case (.array, .array):
            return elementSteps(at: pointer, from: Array(recorded.elements), to: Array(requested.elements))
        default:
            if recorded.isCanonicallyEqual(to: requested) { return [] }
            return [.report(JSONDifference(pointer: pointer, change: .changed(from: recorded, to: requested)))]
        }
    }

    private static func memberSteps(
        at pointer: JSONPointer,
        from recorded: JSONValue,
        to requested: JSONValue
    ) -> [Step] {
        let old = DistinctMembers(of: recorded)
        let new = DistinctMembers(of: requested)
        var steps: [Step] = []
        for member in old.members {
            let place = pointer.appending(member.key)
            if let value = new.value(named: member.name) {
                steps.append(.compare(place, member.value, value))
            } else {
                steps.append(.removed(place, member.value))
            }
        }
        for member in new.members where old.value(named: member.name) == nil {
            steps.append(.added(pointer.appending(member.key), member.value))
        }
        return steps
    }
}

/// The members of an object without the values that a later one of the same name replaces.
private struct DistinctMembers {
    /// The name's comparable bytes, the name as text, the value.
    private(set) var members: [(name: [UInt8], key: String, value: JSONValue)] = []
    private var places: [[UInt8]: Int] = [:]

    init(of object: JSONValue) {
        for (key, value) in object.members {
            // A member's name is the node before its value.
            let name = object.storage.comparableBytes(at: value.index - 1)
            if let place = places[name] {
                members[place].value = value
            } else {
                places[name] = members.count
                members.append((name, key, value))
            }
        }
    }

    func value(named name: [UInt8]) -> JSONValue? {
        places[name].map { members[$0].value }
    }
}
