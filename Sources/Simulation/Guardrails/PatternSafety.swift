/// Finds in a regular expression what guardrails do not take, because it may take for ever (guides "Guardrails" and
/// "Sensitive info guardrail", August 2026): look-around, references to groups, nested repetitions such as `(a+)+`, and
/// repeated alternatives that begin alike such as `(a|a)*`.
///
/// Reads the expression once, from left to right, and knows no more of it than that takes.
struct PatternSafety {
    /// A group that is open.
    private struct Group {
        /// Whether something in it is repeated without a bound.
        var repeats = false
        /// What its alternatives begin with, as written; nil before the first thing.
        var beginnings: [String?] = [nil]
        /// What the enclosing group begins its alternative with, if it is this group.
        var isFirst = false

        /// Whether two alternatives begin alike, so that a repetition can take the same text in several ways.
        var isAmbiguous: Bool {
            let known = beginnings.compactMap(\.self)
            guard known.count > 1 else { return false }
            let takesMuch = known.contains { [".", "\\w", "\\S", "\\D", "\\W"].contains($0) }
            return takesMuch || Set(known).count < known.count
        }
    }

    /// - Throws: ``ContentPatternError`` naming the first such thing.
    static func check(_ source: String) throws(ContentPatternError) {
        var safety = PatternSafety(source)
        try safety.check()
    }

    private let scalars: [Unicode.Scalar]
    private var position = 0
    private var groups = [Group()]
    /// What the last thing is, for a quantifier that follows it: nil for nothing, or a group that has just been closed.
    private var closed: Group?

    private init(_ source: String) {
        scalars = Array(source.unicodeScalars)
    }

    private mutating func check() throws(ContentPatternError) {
        while position < scalars.count {
            let scalar = scalars[position]
            switch scalar {
            case "\\": try readEscape()
            case "[": readClass()
            case "(": try open()
            case ")": close()
            case "|":
                position += 1
                groups[groups.count - 1].beginnings.append(nil)
                closed = nil
            case "*", "+", "{": try readQuantifier()
            case "?":
                position += 1
            default:
                position += 1
                note(String(scalar))
            }
        }
    }

    /// Notes what an alternative begins with.
    private mutating func note(_ thing: String) {
        closed = nil
        let group = groups.count - 1
        let alternative = groups[group].beginnings.count - 1
        if groups[group].beginnings[alternative] == nil { groups[group].beginnings[alternative] = thing }
    }

    private func follows(_ text: String) -> Bool {
        scalars[position...].starts(with: text.unicodeScalars)
    }

    private mutating func readEscape() throws(ContentPatternError) {
        guard position + 1 < scalars.count else {
            position += 1
            return
        }
        let next = scalars[position + 1]
        if ("1"..."9").contains(next) || follows("\\k<") {
            throw ContentPatternError(reason: "it refers to a group")
        }
        note("\\" + String(next))
        position += 2
    }

    private mutating func readClass() {
        let start = position
        position += 1
        if position < scalars.count, scalars[position] == "^" { position += 1 }
        while position < scalars.count, scalars[position] != "]" {
            position += scalars[position] == "\\" ? 2 : 1
        }
        position = min(position + 1, scalars.count)
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars[start..<position])
        note(String(text))
    }

    private mutating func open() throws(ContentPatternError) {
        if follows("(?=") || follows("(?!") { throw ContentPatternError(reason: "it looks ahead") }
        if follows("(?<=") || follows("(?<!") { throw ContentPatternError(reason: "it looks behind") }
        position += 1
        if follows("?") {
            // `?:`, or a name up to its bracket.
            while position < scalars.count, scalars[position] != ":", scalars[position] != ">" { position += 1 }
            position = min(position + 1, scalars.count)
        }
        let isFirst = groups[groups.count - 1].beginnings.last == .some(nil)
        groups.append(Group(isFirst: isFirst))
        closed = nil
    }

    private mutating func close() {
        position += 1
        guard groups.count > 1 else { return }
        let group = groups.removeLast()
        if group.repeats { groups[groups.count - 1].repeats = true }
        if group.isFirst, let beginning = group.beginnings.first.flatMap(\.self) { note(beginning) }
        closed = group
    }

    /// A quantifier, or a brace that is none.
    private mutating func readQuantifier() throws(ContentPatternError) {
        let isUnbounded: Bool
        if scalars[position] == "{" {
            var end = position + 1
            while end < scalars.count, scalars[end] != "}" { end += 1 }
            let bounds = scalars[(position + 1)..<min(end, scalars.count)]
            guard end < scalars.count, !bounds.isEmpty, bounds.allSatisfy({ "0123456789,".unicodeScalars.contains($0) })
            else {
                position += 1
                return note("{")
            }
            isUnbounded = bounds.last == ","
            position = end + 1
        } else {
            isUnbounded = true
            position += 1
        }
        guard isUnbounded else {
            closed = nil
            return
        }
        if let closed, closed.repeats { throw ContentPatternError(reason: "it repeats a repetition, as in (a+)+") }
        if let closed, closed.isAmbiguous {
            throw ContentPatternError(reason: "it repeats alternatives that begin alike, as in (a|a)*")
        }
        closed = nil
        groups[groups.count - 1].repeats = true
    }
}
