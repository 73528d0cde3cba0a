/// Reads a regular expression for ``StringPattern``.
///
/// Every function returns nil for what is not valid or not supported, which ends the whole parsing.
struct StringPatternParser {
    typealias Node = StringPattern.Node
    private typealias Ranges = StringPatternClass.Ranges

    /// Groups inside each other; deeper ones are refused, since they are read by recursion.
    private static let maximumDepth = 100

    private let scalars: [Unicode.Scalar]
    private var position = 0
    private var depth = 0

    /// Creates a parser at the start of an expression.
    init(_ expression: String) {
        scalars = Array(expression.unicodeScalars)
    }

    /// The whole expression.
    mutating func parse() -> Node? {
        guard let node = alternation(isTopLevel: true), position == scalars.count else { return nil }
        return node
    }

    private var next: Unicode.Scalar? {
        position < scalars.count ? scalars[position] : nil
    }

    /// Goes on if `text` is next, and says whether it was.
    private mutating func take(_ text: String) -> Bool {
        let wanted = text.unicodeScalars
        guard scalars[position...].starts(with: wanted) else { return false }
        position += wanted.count
        return true
    }

    /// Alternatives up to a closing parenthesis or the end.
    private mutating func alternation(isTopLevel: Bool) -> Node? {
        var branches: [Node] = []
        repeat {
            guard let branch = sequence(isTopLevel: isTopLevel) else { return nil }
            branches.append(branch)
        } while take("|")
        return branches.count == 1 ? branches[0] : .alternation(branches)
    }

    /// Terms up to `|`, a closing parenthesis or the end.
    ///
    /// Anchors count for nothing at the ends of the expression.
    private mutating func sequence(isTopLevel: Bool) -> Node? {
        var nodes: [Node] = []
        while let scalar = next, scalar != "|", scalar != ")" {
            if scalar == "^" {
                // `^` is always true before anything was matched; inside a group something may precede.
                guard nodes.isEmpty, isTopLevel || isAtStart else { return nil }
                position += 1
            } else if scalar == "$" {
                position += 1
                guard isTopLevel ? next == nil || next == "|" : isBeforeEnd else { return nil }
            } else {
                guard let node = term() else { return nil }
                nodes.append(node)
            }
        }
        return nodes.count == 1 ? nodes[0] : .sequence(nodes)
    }

    /// Whether only parentheses, anchors and alternatives of the same groups come before the position.
    private var isAtStart: Bool {
        scalars[..<position].allSatisfy { $0 == "(" || $0 == "?" || $0 == ":" || $0 == "^" }
    }

    /// Whether only closing parentheses and anchors come after the position.
    private var isBeforeEnd: Bool {
        scalars[position...].allSatisfy { $0 == ")" || $0 == "$" }
    }

    private mutating func term() -> Node? {
        guard let atom = atom() else { return nil }
        return quantified(atom)
    }

    /// A group, a class, an escape or a literal.
    private mutating func atom() -> Node? {
        if take("(") { return group() }
        if take("[") { return characterClass() }
        if take("\\") {
            return StringPatternClass.escape(in: scalars, at: &position, isInClass: false).map { .scalars($0) }
        }
        if take(".") { return .scalars(StringPatternClass.printable) }
        guard let scalar = next, !"*+?{".unicodeScalars.contains(scalar) else { return nil }
        position += 1
        return .scalars([scalar.value...scalar.value])
    }

    private mutating func group() -> Node? {
        if take("?") {
            if take("<") {
                // A named group; after `=` or `!` it would be look-behind.
                guard let first = next, first != "=", first != "!" else { return nil }
                while let scalar = next, scalar != ">" {
                    guard scalar.properties.isXIDContinue || scalar == "$" else { return nil }
                    position += 1
                }
                guard take(">") else { return nil }
            } else if !take(":") {
                return nil
            }
        }
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maximumDepth, let node = alternation(isTopLevel: false), take(")") else { return nil }
        return node
    }

    /// A class after its opening bracket.
    ///
    /// A complement is taken within printable ASCII.
    private mutating func characterClass() -> Node? {
        let isComplement = take("^")
        var ranges: Ranges = []
        while !take("]") {
            guard let low = classMember() else { return nil }
            // A hyphen is a range between two single characters, and itself anywhere else.
            guard low.count == 1, low[0].count == 1, next == "-", position + 1 < scalars.count,
                scalars[position + 1] != "]"
            else {
                ranges += low
                continue
            }
            position += 1
            guard let high = classMember() else { return nil }
            guard high.count == 1, high[0].count == 1 else {
                ranges += low + [0x2D...0x2D] + high
                continue
            }
            guard low[0].lowerBound <= high[0].lowerBound else { return nil }
            ranges.append(low[0].lowerBound...high[0].lowerBound)
        }
        let result = isComplement ? StringPatternClass.complement(of: ranges) : StringPatternClass.valid(ranges)
        return result.isEmpty ? nil : .scalars(result)
    }

    private mutating func classMember() -> Ranges? {
        if take("\\") { return StringPatternClass.escape(in: scalars, at: &position, isInClass: true) }
        guard let scalar = next else { return nil }
        position += 1
        return [scalar.value...scalar.value]
    }

    /// The atom with the quantifier that follows, if one does.
    private mutating func quantified(_ atom: Node) -> Node? {
        let counts: (Int, Int?)
        if take("*") {
            counts = (0, nil)
        } else if take("+") {
            counts = (1, nil)
        } else if take("?") {
            counts = (0, 1)
        } else if take("{") {
            guard let minimum = number() else { return nil }
            if take("}") {
                counts = (minimum, minimum)
            } else {
                guard take(",") else { return nil }
                counts = (minimum, number())
                guard take("}"), minimum <= counts.1 ?? .max else { return nil }
            }
        } else {
            return atom
        }
        _ = take("?")
        // A second quantifier is an error, or possessive in other dialects.
        if let scalar = next, "*+?{".unicodeScalars.contains(scalar) { return nil }
        return .repetition(atom, minimum: counts.0, maximum: counts.1)
    }

    /// Up to nine digits.
    private mutating func number() -> Int? {
        let start = position
        while let scalar = next, ("0"..."9").contains(scalar), position - start < 9 { position += 1 }
        var digits = String.UnicodeScalarView()
        digits.append(contentsOf: scalars[start..<position])
        return Int(String(digits))
    }
}
