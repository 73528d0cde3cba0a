internal import OpenRouterAPI

/// What the deltas of an event stream say together, so that a secret cut over many of them is found.
///
/// The strings at one place of the events' JSON, joined in order: the place is the names on the way, with the `index`,
/// `output_index` and `content_index` of the objects, so that choices and tool calls do not mix. Joined are the source
/// bytes between the quotes; ``SpelledText`` decodes them. Events that are no JSON are left out.
struct DeltaText {
    /// Source bytes, and where each piece of them lies in the body.
    private(set) var bytes: [UInt8] = []
    private var pieces: [(start: Int, range: Range<Int>)] = []

    /// The texts of more than one piece in a stream.
    static func all(in body: [UInt8]) -> [DeltaText] {
        var collector = DeltaCollector()
        for range in EventData.ranges(in: body) {
            collector.collect(from: body[range])
        }
        return collector.texts
    }

    /// The texts of more than one piece in a JSON document: the tokens of `logprobs`.
    static func all(inDocument body: [UInt8]) -> [DeltaText] {
        var collector = DeltaCollector()
        collector.collect(from: body[...])
        return collector.texts
    }

    fileprivate mutating func append(_ range: Range<Int>, of source: ArraySlice<UInt8>) {
        pieces.append((bytes.count, range))
        bytes.append(contentsOf: source[range])
    }

    fileprivate var isJoined: Bool { pieces.count > 1 }

    /// The edit of the joined text as edits of the body.
    func lowered(_ edit: RedactionEdit) -> [RedactionEdit] {
        var edits: [RedactionEdit] = []
        for piece in pieces[firstPiece(endingBehind: edit.range.lowerBound)...] {
            guard piece.start < edit.range.upperBound else { break }
            let lower = max(edit.range.lowerBound, piece.start)
            let upper = min(edit.range.upperBound, piece.start + piece.range.count)
            guard lower < upper else { continue }
            let start = piece.range.lowerBound + lower - piece.start
            let bytes = edit.bytes[lower - edit.range.lowerBound..<upper - edit.range.lowerBound]
            edits.append(edit.spelled(start..<start + bytes.count, Array(bytes)))
        }
        return edits
    }

    private func firstPiece(endingBehind index: Int) -> Int {
        var low = 0
        var high = pieces.count
        while low < high {
            let middle = (low + high) / 2
            if pieces[middle].start + pieces[middle].range.count <= index { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

/// Walks through the documents of a stream.
private struct DeltaCollector {
    private var all: [String: DeltaText] = [:]
    private var order: [String] = []

    var texts: [DeltaText] { order.compactMap { all[$0] }.filter(\.isJoined) }

    mutating func collect(from source: ArraySlice<UInt8>) {
        guard let document = try? JSONDocument(parsing: Array(source)) else { return }
        collect(document.root, place: "", source)
    }

    private mutating func collect(_ value: JSONValue, place: String, _ source: ArraySlice<UInt8>) {
        switch value.kind {
        case .string:
            let raw = value.raw
            guard raw.count > 2 else { return }
            if all[place] == nil { order.append(place) }
            let start = source.startIndex
            all[place, default: DeltaText()].append(start + raw.startIndex + 1..<start + raw.endIndex - 1, of: source)
        case .array:
            for element in value.elements { collect(element, place: place + "/*", source) }
        case .object:
            let indices = ["index", "output_index", "content_index"].map { name in
                value[name].map { String(decoding: $0.raw, as: UTF8.self) } ?? ""
            }
            let place = indices.allSatisfy(\.isEmpty) ? place : place + "#" + indices.joined(separator: ",")
            for member in value.members { collect(member.value, place: place + "/" + member.key, source) }
        case .number, .bool, .null: break
        }
    }
}

/// The data lines of an event stream.
enum EventData {
    /// What stands behind `data:`, line by line.
    static func ranges(in body: [UInt8]) -> [Range<Int>] {
        body.withUnsafeBufferPointer { body in
            let field = Array("data:".utf8)
            var ranges: [Range<Int>] = []
            var start = 0
            while start < body.count {
                var end = start
                while end < body.count, body[end] != 0x0A, body[end] != 0x0D {
                    end += 1
                }
                if body.holds(field, at: start) { ranges.append(start + field.count..<end) }
                start = end + 1
            }
            return ranges
        }
    }
}
