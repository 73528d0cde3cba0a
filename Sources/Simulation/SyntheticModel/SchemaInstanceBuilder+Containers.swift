internal import OpenRouterAPI

extension SchemaInstanceBuilder {
    /// Elements of an array, or free properties of an object, that are made at most.
    private static let longestContainer = 1000

    /// An object with all properties in the order of the schema; only the required ones when frugal.
    mutating func object(of layers: SchemaLayers) -> JSON {
        let required = layers.required
        var object = JSONObject()
        var names: [String] = []
        for properties in layers.values("properties") {
            for (name, _) in properties.members where !names.contains(where: { $0.utf8.elementsEqual(name.utf8) }) {
                names.append(name)
            }
        }
        for name in required where !names.contains(where: { $0.utf8.elementsEqual(name.utf8) }) { names.append(name) }
        for name in names {
            let isRequired = required.contains { $0.utf8.elementsEqual(name.utf8) }
            guard isRequired || !isFrugal else { continue }
            var schemas = layers.values("properties").compactMap { $0[name] }
            if schemas.isEmpty { schemas = layers.values("additionalProperties") }
            guard isRequired || !schemas.contains(where: { $0.bool == false }) else { continue }
            append(name, schemas, to: &object)
        }
        addFreeProperties(to: &object, layers: layers)
        return .object(object)
    }

    /// Adds entries to an object that is a dictionary, and to one that has too few properties.
    private mutating func addFreeProperties(to object: inout JSONObject, layers: SchemaLayers) {
        let minimum = layers.largest("minProperties") ?? 0
        let maximum = layers.smallest("maxProperties") ?? .max
        let patterns = layers.values("patternProperties").flatMap { Array($0.members) }
        let additional = layers.values("additionalProperties")
        let isClosed = additional.contains { $0.bool == false }
        let isDictionary = object.isEmpty && (additional.contains { $0.kind == .object } || !patterns.isEmpty)
        let wanted = min(isDictionary && !isFrugal ? max(minimum, min(2, maximum)) : minimum, Self.longestContainer)
        var attempts = 0
        while object.count < wanted, attempts < wanted + 50 {
            attempts += 1
            if let (pattern, schema) = words.choice(of: patterns) {
                guard let name = StringPattern(pattern)?.text(using: &words.generator) else {
                    report(.unsupportedPattern(pattern))
                    break
                }
                if object[name] == nil { append(name, [schema], to: &object) }
            } else if !isClosed {
                let name = attempts < 20 ? words.key() : "\(words.key())_\(attempts)"
                if object[name] == nil { append(name, additional, to: &object) }
            }
        }
        if object.count < minimum { report(.impossible("'minProperties' asks for more properties than are allowed")) }
        if object.count > maximum { report(.impossible("'maxProperties' allows fewer properties than there are")) }
    }

    private mutating func append(_ name: String, _ schemas: [JSONValue], to object: inout JSONObject) {
        path.append(name)
        object.append(name, value(of: schemas, name: name))
        path.components.removeLast()
    }
}

extension SchemaInstanceBuilder {
    /// An array with all leading items and a few more; as short as allowed when frugal.
    mutating func array(of layers: SchemaLayers, name: String) -> JSON {
        let minimum = layers.largest("minItems") ?? 0
        let maximum = layers.smallest("maxItems") ?? .max
        // Up to draft 2019-09 the schemas of leading items are an array in `items`.
        let tuples = (layers.values("prefixItems") + layers.values("items")).filter { $0.kind == .array }
        let items = layers.values("items").filter { $0.kind != .array } + layers.values("additionalItems")
        let leading = tuples.map(\.count).max() ?? 0
        let isClosed = items.contains { $0.bool == false }
        var wanted = minimum
        if !isFrugal {
            let usual = leading > 0 ? leading : max(minimum, 1) + words.integer(in: 0...2)
            wanted = max(minimum, min(usual, maximum))
        }
        if isClosed { wanted = min(wanted, leading) }
        wanted = min(wanted, Self.longestContainer)
        let mustDiffer = layers.isTrue("uniqueItems")
        var elements: [JSON] = []
        var seen: Set<[UInt8]> = []
        var attempts = 0
        while elements.count < wanted, attempts < wanted + 200 {
            attempts += 1
            let position = elements.count
            let schemas = position < leading ? tuples.compactMap { $0[position] } : items
            path.append(position)
            let element = value(of: schemas, name: name.singular)
            path.components.removeLast()
            if !mustDiffer || seen.insert(element.serialized()).inserted { elements.append(element) }
        }
        if elements.count < minimum {
            report(.impossible("'minItems' asks for more items than could be found"))
        } else if elements.count > maximum {
            report(.impossible("'maxItems' is smaller than 'minItems'"))
        }
        return .array(elements)
    }
}

extension String {
    /// The name without a plural ending: what `tags` and `cities` hold is a `tag` and a `citie`, near enough to look up.
    fileprivate var singular: String {
        if hasSuffix("ies") { return dropLast(3) + "y" }
        return hasSuffix("s") && !hasSuffix("ss") ? String(dropLast()) : self
    }
}
