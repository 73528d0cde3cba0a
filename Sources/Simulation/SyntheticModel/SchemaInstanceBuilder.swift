internal import OpenRouterAPI

/// Makes the value of ``SchemaInstance`` from the top down.
///
/// Objects and arrays, strings, and numbers are in files of their own. Schemas that refer to themselves end because
/// inside the second round through one reference, below some depth, and above some size, only what is required is
/// made: no optional properties, arrays as short as allowed, and the simplest branch.
struct SchemaInstanceBuilder {
    /// How often one reference may be entered on the way to a value before only the required is made.
    private static let freeRounds = 1
    /// Containers inside each other and values in total above which only the required is made.
    private static let freedom = (depth: 12, count: 4000)
    /// Containers inside each other and values in total above which nothing is made.
    private static let limit = (depth: 48, count: 20_000)

    /// How many problems are kept.
    private static let maximumProblemCount = 32

    /// The whole schema, where references start.
    let root: JSONValue
    /// The source of words and of every choice.
    var words: PlausibleWords
    /// What could not be honored.
    private(set) var problems: [SchemaProblem] = []
    /// The place in the instance.
    var path = JSONPointer()
    /// How often each reference is entered on the way to the current value.
    private var rounds: [String: Int] = [:]
    /// How many values were begun.
    private var count = 0

    /// Creates a builder for one instance.
    init(root: JSONValue, words: PlausibleWords) {
        self.root = root
        self.words = words
    }

    /// Whether only what is required shall be made.
    var isFrugal: Bool {
        path.components.count > Self.freedom.depth || count > Self.freedom.count
            || rounds.values.contains { $0 > Self.freeRounds }
    }

    /// Notes that the value at the current place may be invalid.
    ///
    /// The first problems suffice for a message.
    mutating func report(_ reason: SchemaProblem.Reason) {
        guard problems.count < Self.maximumProblemCount else { return }
        let problem = SchemaProblem(pointer: path.description, reason: reason)
        if !problems.contains(problem) { problems.append(problem) }
    }

    /// A value that satisfies all of `schemas`.
    ///
    /// The name of the property makes the value plausible; it is empty when there is none.
    mutating func value(of schemas: [JSONValue], name: String) -> JSON {
        count += 1
        guard path.components.count < Self.limit.depth, count < Self.limit.count else {
            report(.endless)
            return .null
        }
        var layers = SchemaLayers()
        for schema in schemas { add(schema, to: &layers) }
        for reference in layers.references { rounds[reference, default: 0] += 1 }
        defer { for reference in layers.references { rounds[reference, default: 1] -= 1 } }
        if layers.isImpossible { report(.impossible("the schema is 'false'")) }
        return fixedValue(of: layers) ?? freeValue(of: layers, name: name)
    }

    /// The value that the author of the schema wrote down: constant, one of an enumeration, example, default.
    private mutating func fixedValue(of layers: SchemaLayers) -> JSON? {
        if let constant = layers.values("const").first { return JSON(constant) }
        let enumerations = layers.values("enum").filter { $0.kind == .array }
        if let first = enumerations.first {
            let choices = first.elements.filter { choice in
                layers.allowType(of: choice)
                    && enumerations.dropFirst().allSatisfy { $0.elements.contains { JSON($0) == JSON(choice) } }
            }
            let preferred = choices.filter { !$0.isNull }
            if let choice = words.choice(of: preferred.isEmpty ? choices : preferred) { return JSON(choice) }
            report(.impossible("'enum' has no value that the rest of the schema allows"))
            return first[0].map { JSON($0) }
        }
        let examples = layers.values("examples").flatMap { Array($0.elements) } + layers.values("example")
        // `null`, "" and [] as defaults mean that nothing was said; a model says something.
        let defaults = layers.values("default").filter { value in
            !value.isNull && value.string != "" && !(value.kind.isContainer && value.count == 0)
        }
        let suitable = (examples + defaults).filter { allows($0, layers: layers) }
        return (suitable.first { !$0.isNull } ?? suitable.first).map { JSON($0) }
    }

    /// Whether an example or default is plainly valid.
    ///
    /// Authors' containers are trusted only without demands on them.
    private func allows(_ value: JSONValue, layers: SchemaLayers) -> Bool {
        guard layers.allowType(of: value) else { return false }
        switch value.kind {
        case .object, .array: return layers.values("properties").isEmpty && layers.values("items").isEmpty
        case .string:
            let length = value.string?.unicodeScalars.count ?? 0
            return layers.values("pattern").isEmpty && length >= layers.largest("minLength") ?? 0
                && length <= layers.smallest("maxLength") ?? .max
        case .number: return value.double.map { NumberBounds(layers).contains($0) } ?? false
        case .bool, .null: return true
        }
    }

    /// A value by the type.
    private mutating func freeValue(of layers: SchemaLayers, name: String) -> JSON {
        for keyword in ["not", "if", "dependentRequired", "dependentSchemas", "propertyNames", "contains"]
        where !layers.values(keyword).isEmpty {
            report(.unsupportedKeyword(keyword))
        }
        guard let types = layers.types else { return .string(words.text(named: name)) }
        let valued = types.filter { $0 != .null }
        let choosesNull = valued.count < types.count && (isFrugal || valued.isEmpty || words.chance(percent: 10))
        let choices = choosesNull ? [.null] : valued
        switch words.choice(of: choices) {
        case .object: return object(of: layers)
        case .array: return array(of: layers, name: name)
        case .string: return .string(string(of: layers, name: name))
        case .integer: return integer(of: layers, name: name)
        case .number: return number(of: layers, name: name)
        case .boolean: return .bool(words.chance(percent: 70))
        case .null: return .null
        case nil:
            report(.impossible("the types contradict each other"))
            return .null
        }
    }
}

// MARK: - Layers

extension SchemaInstanceBuilder {
    /// Adds a schema and what it refers to.
    private mutating func add(_ schema: JSONValue, to layers: inout SchemaLayers) {
        if schema.bool == false { layers.isImpossible = true }
        guard schema.kind == .object else { return }
        layers.schemas.append(schema)
        if let reference = schema["$ref"]?.string {
            if let target = target(of: reference) {
                if !layers.references.contains(reference) {
                    layers.references.append(reference)
                    add(target, to: &layers)
                }
            } else {
                report(.unresolvedReference(reference))
            }
        }
        if let all = schema["allOf"] {
            for part in all.elements { add(part, to: &layers) }
        }
        for keyword in ["anyOf", "oneOf"] {
            if let branch = schema[keyword].flatMap({ branch(of: Array($0.elements), with: layers) }) {
                add(branch, to: &layers)
            }
        }
    }

    /// The branch to satisfy: one that fits the layers so far, rarely `null`, and the simplest when frugal.
    private mutating func branch(of branches: [JSONValue], with layers: SchemaLayers) -> JSONValue? {
        let fitting = branches.filter { branch in
            guard branch.bool != false else { return false }
            var both = layers
            both.schemas.append(contentsOf: resolved(branch))
            return both.types?.isEmpty != true
        }
        guard !fitting.isEmpty else {
            if !branches.isEmpty { report(.impossible("no branch of 'anyOf' or 'oneOf' fits the rest of the schema")) }
            return branches.first
        }
        let effort = fitting.map { self.effort(of: $0) }
        if isFrugal || !effort.contains(where: { $0 < .recursion }) {
            return zip(fitting, effort).min { $0.1 < $1.1 }?.0
        }
        let free = zip(fitting, effort).filter { $0.1 != .recursion }
        let valued = free.filter { $0.1 != .nothing }
        let choices = valued.isEmpty || (valued.count < free.count && words.chance(percent: 10)) ? free : valued
        return words.choice(of: choices)?.0
    }

    /// How much a branch makes necessary.
    private enum Effort: Int, Comparable {
        case nothing
        case scalar
        case array
        case object
        case recursion

        static func < (left: Effort, right: Effort) -> Bool {
            left.rawValue < right.rawValue
        }
    }

    private func effort(of branch: JSONValue) -> Effort {
        if let reference = branch["$ref"]?.string, rounds[reference, default: 0] > Self.freeRounds { return .recursion }
        let layers = SchemaLayers(schemas: resolved(branch))
        if !layers.values("const").isEmpty || !layers.values("enum").isEmpty { return .scalar }
        guard let types = layers.types else { return .object }
        if types.contains(.null) { return .nothing }
        if types.contains(where: { $0 != .object && $0 != .array }) { return .scalar }
        return types.contains(.array) ? .array : .object
    }

    /// A schema and the chain of schemas that it refers to.
    private func resolved(_ schema: JSONValue) -> [JSONValue] {
        var chain = [schema]
        while chain.count < 16, let reference = chain.last?["$ref"]?.string, let target = target(of: reference) {
            chain.append(target)
        }
        return chain
    }

    /// What a reference within the schema points to: `#`, or `#` and a JSON Pointer, percent-encoded or not.
    private func target(of reference: String) -> JSONValue? {
        guard reference.utf8.first == UInt8(ascii: "#") else { return nil }
        let text = reference.unicodeScalars.dropFirst()
        guard let pointer = try? JSONPointer(String(text)) else { return nil }
        return root.at(pointer) ?? (try? JSONPointer(String(text).percentDecoded)).flatMap { root.at($0) }
    }
}

extension JSONKind {
    /// Whether values of the kind hold other values.
    fileprivate var isContainer: Bool {
        self == .object || self == .array
    }
}

extension String {
    /// The text with `%` and two hexadecimal digits replaced by that byte (RFC 3986, section 2.1).
    fileprivate var percentDecoded: String {
        var bytes: [UInt8] = []
        var rest = utf8[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let code = UInt8(String(Substring(rest.prefix(2))), radix: 16) {
                bytes.append(code)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
