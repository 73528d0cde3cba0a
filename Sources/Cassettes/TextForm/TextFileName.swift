/// The name of a recording's file: its place in the order and the start of its fingerprint, `0001-3f2a9c….yaml`.
struct TextFileName: Hashable {
    /// The half of a fingerprint tells any two requests of a cassette apart.
    static let digitCount = 16

    var number: Int
    var fingerprint: String

    init(number: Int, fingerprint: Fingerprint) {
        self.number = number
        self.fingerprint = Self.short(fingerprint)
    }

    /// Nil for other names.
    init?(_ name: String) {
        guard name.hasSuffix(".yaml") else { return nil }
        let parts = name.dropLast(5).split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let number = Int(parts[0]), number > 0, parts[0].utf8.allSatisfy({ $0 >= 0x30 }),
            parts[1].utf8.count == Self.digitCount, parts[1].utf8.allSatisfy({ "0123456789abcdef".utf8.contains($0) })
        else { return nil }
        self.number = number
        fingerprint = String(parts[1])
    }

    static func short(_ fingerprint: Fingerprint) -> String {
        String(fingerprint.description.prefix(digitCount))
    }

    var text: String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "-" + fingerprint + ".yaml"
    }
}

/// Gives recordings their files, so that a request that is recorded again keeps its file.
struct TextFileNames {
    /// Names that recordings left, or had before an export, by fingerprint, lowest first.
    private var vacant: [String: [TextFileName]] = [:]
    private var taken: [Int64: TextFileName] = [:]
    private var highest = 0

    /// Names that are there, for recordings that are yet to come.
    init(vacant names: [TextFileName] = []) {
        for name in names.sorted(by: { $0.number < $1.number }) {
            vacant[name.fingerprint, default: []].append(name)
            highest = max(highest, name.number)
        }
    }

    /// The name for a recording: its own, or else one that the same request had, or else the next number.
    mutating func name(for id: Int64, _ fingerprint: Fingerprint) -> TextFileName {
        let short = TextFileName.short(fingerprint)
        if let name = taken[id], name.fingerprint == short { return name }
        leave(id)
        var name = TextFileName(number: highest + 1, fingerprint: fingerprint)
        if let earlier = vacant[short]?.first {
            vacant[short]?.removeFirst()
            name = earlier
        }
        take(name, for: id)
        return name
    }

    mutating func take(_ name: TextFileName, for id: Int64) {
        taken[id] = name
        highest = max(highest, name.number)
    }

    mutating func leave(_ id: Int64) {
        guard let name = taken.removeValue(forKey: id) else { return }
        vacant[name.fingerprint, default: []].append(name)
        vacant[name.fingerprint]?.sort { $0.number < $1.number }
    }

    /// Names without a recording.
    var vacantNames: [TextFileName] {
        vacant.values.flatMap { $0 }
    }
}
