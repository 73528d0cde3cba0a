internal import HTTPTypes
internal import NIOCore
internal import OpenRouterAPI
internal import Tapes

/// How a recording differs from a request in what counts by the rules of its cassette, line by line.
struct MissDifferences {
    /// Beyond this many, documents have nothing to do with each other.
    static let countLimit = 100

    private(set) var lines: [String] = []
    private(set) var count = 0
    private let rules: MatchingRules

    /// What could not be read differs.
    static let unreadable: MissDifferences = {
        var differences = MissDifferences(rules: .none)
        differences.add("the recorded request cannot be read")
        return differences
    }()

    private init(rules: MatchingRules) {
        self.rules = rules
    }

    /// Both sides redacted.
    init(from recorded: MissSubject, to requested: MissSubject, rules: MatchingRules) {
        self.init(rules: rules)
        let (old, new) = (recorded.request, requested.request)
        if old.method != new.method { add("method: recorded \(old.method) → requested \(new.method)") }
        if rules.normalized(old.target.path) != rules.normalized(new.target.path) {
            add("path: recorded \(Self.short(old.target.path)) → requested \(Self.short(new.target.path))")
        }
        if sortedItems(old.target) != sortedItems(new.target) {
            add("query: recorded \(Self.quoted(old.target.query)) → requested \(Self.quoted(new.target.query))")
        }
        for name in rules.headers {
            let (left, right) = (Self.values(of: name, in: old), Self.values(of: name, in: new))
            if left.map(rules.normalized) != right.map(rules.normalized) {
                add("header \(name): recorded \(Self.list(left)) → requested \(Self.list(right))")
            }
        }
        addBody(from: recorded, to: requested)
    }

    private mutating func addBody(from recorded: MissSubject, to requested: MissSubject) {
        if let found = rules.differences(from: recorded.document, to: requested.document, limit: Self.countLimit) {
            for difference in found {
                add(difference.description(limit: MissReport.textLimit))
            }
            return
        }
        let (old, new) = (recorded.request.body, requested.request.body)
        // The hash alone knows which parts of multipart count.
        if old != new, !rules.isSameText(old, new) {
            add("body: recorded \(Self.outline(old)) → requested \(Self.outline(new))")
        }
    }

    private mutating func add(_ line: @autoclosure () -> String) {
        count += 1
        if lines.count < MissReport.differenceLimit { lines.append(TextTable.printable(line())) }
    }

    private static func outline(_ body: ByteBuffer) -> String {
        body.readableBytes == 0 ? "none" : "\(body.readableBytes) bytes (\(body.hash128.description.prefix(8)))"
    }

    private func sortedItems(_ target: RequestTarget) -> [String] {
        rules.items(of: target).enumerated().sorted { ($0.element.name, $0.offset) < ($1.element.name, $1.offset) }
            .map { "\($0.element.name)=\($0.element.value)" }
    }

    private static func values(of name: String, in request: Request) -> [String] {
        request.fields.filter { $0.name.canonicalName == name }.map(\.value)
    }

    private static func list(_ values: [String]) -> String {
        values.isEmpty ? "none" : short(values.joined(separator: ", "))
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

extension MatchingRules {
    /// What differs in what counts; nil unless both bodies are JSON.
    func differences(from recorded: JSONDocument?, to requested: JSONDocument?, limit: Int) -> [JSONDifference]? {
        guard let recorded, let requested else { return nil }
        return JSONDiff.differences(
            from: DocumentRewriter.rewritten(recorded, by: self, .blanked).root,
            to: DocumentRewriter.rewritten(requested, by: self, .blanked).root,
            limit: limit
        )
        .filter { difference in !ignored.contains { $0.covers(difference.pointer) } }
    }

    fileprivate func isSameText(_ left: ByteBuffer, _ right: ByteBuffer) -> Bool {
        let texts = [left, right].map { normalized($0.readableBytesView) ?? Array($0.readableBytesView) }
        return texts[0] == texts[1]
    }
}
