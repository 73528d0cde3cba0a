internal import HTTPTypes
internal import NIOCore
internal import OpenRouterAPI
internal import Tapes

/// How a recording differs from a request, line by line.
struct MissDifferences {
    /// Beyond this many, documents have nothing to do with each other.
    static let countLimit = 100

    private(set) var lines: [String] = []
    private(set) var count = 0

    /// `recorded` is the candidate's body, or nil if it could not be read.
    init(of candidate: MissCandidate, recorded: ByteBuffer?, from subject: MissSubject) {
        let request = subject.request
        if candidate.method != request.method.rawValue {
            add("method: recorded \(candidate.method) → requested \(request.method.rawValue)")
        }
        if candidate.path != request.target.path {
            add("path: recorded \(Self.short(candidate.path)) → requested \(Self.short(request.target.path))")
        }
        let query = RequestTarget(candidate.target).query
        if Self.sortedItems(RequestTarget(candidate.target)) != Self.sortedItems(request.target) {
            add("query: recorded \(Self.quoted(query)) → requested \(Self.quoted(request.target.query))")
        }
        if let recorded {
            addBody(recorded: recorded, subject: subject)
        } else {
            add("body: the recorded one cannot be read")
        }
    }

    private mutating func addBody(recorded: ByteBuffer, subject: MissSubject) {
        var other = subject.request
        other.body = recorded
        if let requested = subject.document, let recorded = JSONDocument(bodyOf: other) {
            let found = JSONDiff.differences(from: recorded.root, to: requested.root, limit: Self.countLimit)
            for difference in found {
                add(difference.description(limit: MissReport.textLimit))
            }
        } else if recorded != subject.request.body {
            add("body: recorded \(Self.outline(recorded)) → requested \(Self.outline(subject.request.body))")
        }
    }

    private mutating func add(_ line: @autoclosure () -> String) {
        count += 1
        if lines.count < MissReport.differenceLimit { lines.append(TextTable.printable(line())) }
    }

    private static func outline(_ body: ByteBuffer) -> String {
        body.readableBytes == 0 ? "none" : "\(body.readableBytes) bytes (\(body.hash128.description.prefix(8)))"
    }

    private static func sortedItems(_ target: RequestTarget) -> [String] {
        target.queryItems.enumerated().sorted { ($0.element.name, $0.offset) < ($1.element.name, $1.offset) }
            .map { "\($0.element.name)=\($0.element.value)" }
    }

    private static func quoted(_ query: String) -> String {
        query.isEmpty ? "none" : short("?" + query)
    }

    /// At most ``MissReport/textLimit`` characters.
    static func short(_ text: String) -> String {
        text.count <= MissReport.textLimit
            ? TextTable.printable(text) : TextTable.printable(String(text.prefix(MissReport.textLimit - 1))) + "…"
    }
}
