extension JSONDiff {
    /// The longest stretch, without equal elements at its ends, that is aligned; the effort grows with the square.
    package static let maximumAlignedCount = 200

    static func elementSteps(at pointer: JSONPointer, from old: [JSONValue], to new: [JSONValue]) -> [Step] {
        let (oldNumbers, newNumbers) = numbers(for: old, new)
        var steps: [Step] = []
        var (oldStart, newStart) = (0, 0)
        let anchors = anchors(oldNumbers[...], newNumbers[...]) + [(old.count, new.count)]
        for (oldEnd, newEnd) in anchors {
            // Between two anchors: pairs first, then what one side has more.
            let pairs = min(oldEnd - oldStart, newEnd - newStart)
            for offset in 0..<pairs {
                let place = pointer.appending(newStart + offset)
                steps.append(.compare(place, old[oldStart + offset], new[newStart + offset]))
            }
            for index in oldStart + pairs..<oldEnd {
                steps.append(.removed(pointer.appending(index), old[index]))
            }
            for index in newStart + pairs..<newEnd {
                steps.append(.added(pointer.appending(index), new[index]))
            }
            (oldStart, newStart) = (oldEnd + 1, newEnd + 1)
        }
        return steps
    }

    /// Gives equal elements of both arrays equal numbers, so that aligning compares integers.
    private static func numbers(for old: [JSONValue], _ new: [JSONValue]) -> ([Int], [Int]) {
        var known: [[UInt8]: Int] = [:]
        func number(_ value: JSONValue) -> Int {
            let bytes = value.canonicalBytes
            if let number = known[bytes] { return number }
            known[bytes] = known.count
            return known.count - 1
        }
        return (old.map(number), new.map(number))
    }

    /// Pairs of positions that hold equal elements, ascending in both arrays.
    private static func anchors(_ old: ArraySlice<Int>, _ new: ArraySlice<Int>) -> [(Int, Int)] {
        let prefix = zip(old, new).prefix { $0 == $1 }.count
        let oldRest = old.dropFirst(prefix)
        let newRest = new.dropFirst(prefix)
        let suffix = zip(oldRest.reversed(), newRest.reversed()).prefix { $0 == $1 }.count
        let oldMiddle = oldRest.dropLast(suffix)
        let newMiddle = newRest.dropLast(suffix)

        var anchors = (0..<prefix).map { (old.startIndex + $0, new.startIndex + $0) }
        if max(oldMiddle.count, newMiddle.count) <= maximumAlignedCount {
            anchors += commonSubsequence(oldMiddle, newMiddle)
        } else {
            anchors += zip(oldMiddle.indices, newMiddle.indices).filter { old[$0] == new[$1] }
        }
        anchors += zip(oldMiddle.endIndex..<old.endIndex, newMiddle.endIndex..<new.endIndex)
        return anchors
    }

    /// The longest common subsequence as pairs of positions, by the classic table.
    private static func commonSubsequence(_ old: ArraySlice<Int>, _ new: ArraySlice<Int>) -> [(Int, Int)] {
        let width = new.count + 1
        // lengths[i * width + j]: how much the rests from i and j have in common.
        var lengths = [Int](repeating: 0, count: (old.count + 1) * width)
        for i in (0..<old.count).reversed() {
            for j in (0..<new.count).reversed() {
                lengths[i * width + j] =
                    old[old.startIndex + i] == new[new.startIndex + j]
                    ? lengths[(i + 1) * width + j + 1] + 1
                    : max(lengths[(i + 1) * width + j], lengths[i * width + j + 1])
            }
        }
        var pairs: [(Int, Int)] = []
        var (i, j) = (0, 0)
        while i < old.count, j < new.count {
            if old[old.startIndex + i] == new[new.startIndex + j] {
                pairs.append((old.startIndex + i, new.startIndex + j))
                i += 1
                j += 1
            } else if lengths[(i + 1) * width + j] >= lengths[i * width + j + 1] {
                i += 1
            } else {
                j += 1
            }
        }
        return pairs
    }
}
