internal import OpenRouterAPI

/// One walk over a value.
struct SchemaCheck {
    let library: SchemaLibrary
    /// Set where only validity counts.
    var stopsAtFirst = false
    private(set) var violations: [SchemaViolation] = []
    /// Where the walk stands in the value.
    private var place: JSONPointer
    /// The schemas that are being applied at this place; one that comes again says nothing new.
    private var active: [SchemaID] = []

    init(library: SchemaLibrary, stopsAtFirst: Bool = false, place: JSONPointer = JSONPointer()) {
        self.library = library
        self.stopsAtFirst = stopsAtFirst
        self.place = place
    }

    private var isDone: Bool {
        stopsAtFirst && !violations.isEmpty
    }

    mutating func apply(_ id: SchemaID, to value: JSONValue) {
        guard !isDone, !active.contains(id) else { return }
        let schema = library[id]
        // A leftover of OpenAPI 3.0: null is fine whatever else is said.
        if schema.isNullable, value.isNull { return }
        active.append(id)
        if schema.isNever { fail("", of: schema, "is not allowed here") }
        checkKind(value, by: schema)
        if let reference = schema.reference { apply(reference, to: value) }
        for branch in schema.allOf { apply(branch, to: value) }
        checkAlternatives(value, by: schema)
        switch value.kind {
        case .object: checkObject(value, by: schema)
        case .array: checkArray(value, by: schema)
        case .string: checkString(value.string ?? "", by: schema)
        case .number: checkNumber(value, by: schema)
        case .bool, .null: break
        }
        active.removeLast()
    }

    private mutating func fail(_ keyword: String, of schema: Schema, _ message: String) {
        let pointer = keyword.isEmpty ? schema.pointer : schema.pointer.appending(keyword)
        violations.append(SchemaViolation(instance: place, schema: pointer, message: message))
    }

    /// Applies a schema to a part of the value.
    private mutating func descend(_ component: String, _ value: JSONValue, _ id: SchemaID) {
        guard !isDone else { return }
        var outer: [SchemaID] = []
        swap(&outer, &active)
        place.append(component)
        apply(id, to: value)
        place.components.removeLast()
        swap(&outer, &active)
    }
}

// MARK: - Keywords of every kind

extension SchemaCheck {
    private mutating func checkKind(_ value: JSONValue, by schema: Schema) {
        if let types = schema.types, !types.allows(value) {
            fail("type", of: schema, "expected \(types.text), found \(value.excerpt)")
        }
        if let constants = schema.constants,
            !constants.values.contains(where: { $0.isCanonicallyEqual(to: value) })
        {
            let expected = constants.values.map(\.excerpt)
            let list =
                expected.count > 8 ? expected[..<7].joined(separator: ", ") + ", …" : expected.joined(separator: ", ")
            fail(
                constants.keyword,
                of: schema,
                "expected \(expected.count > 1 ? "one of " : "")\(list), found \(value.excerpt)"
            )
        }
        if let not = schema.not, isValid(value, by: not) {
            fail("not", of: schema, "is what the schema excludes: \(value.excerpt)")
        }
    }

    private func isValid(_ value: JSONValue, by id: SchemaID) -> Bool {
        var check = SchemaCheck(library: library, stopsAtFirst: true)
        check.active = active
        check.apply(id, to: value)
        return check.violations.isEmpty
    }

    private mutating func checkAlternatives(_ value: JSONValue, by schema: Schema) {
        if !schema.anyOf.isEmpty, !isDone, !schema.anyOf.contains(where: { isValid(value, by: $0) }) {
            failAlternatives("anyOf", schema.anyOf, value, schema)
        }
        guard !schema.oneOf.isEmpty, !isDone else { return }
        let valid = schema.oneOf.filter { isValid(value, by: $0) }
        if valid.isEmpty {
            failAlternatives("oneOf", schema.oneOf, value, schema)
        } else if valid.count > 1 {
            let names = valid.map { "#\(target(of: $0))" }.joined(separator: " and ")
            fail("oneOf", of: schema, "fits \(valid.count) branches, expected exactly one: \(names)")
        }
    }

    /// Tells what the branch says that was most likely meant.
    private mutating func failAlternatives(
        _ keyword: String,
        _ branches: [SchemaID],
        _ value: JSONValue,
        _ schema: Schema
    ) {
        guard !stopsAtFirst else { return fail(keyword, of: schema, "") }
        let outcomes = branches.map { branch in
            var check = SchemaCheck(library: library, place: place)
            check.active = active
            check.apply(branch, to: value)
            return SchemaBranch(id: branch, target: self.target(of: branch), violations: check.violations, place: place)
        }
        let named = schema.discriminator.flatMap { discriminator in
            value[discriminator.property]?.string.flatMap { discriminator.branches[$0] }.map { library[$0].pointer }
        }
        guard let best = outcomes.first(where: { $0.target == named }) ?? outcomes.min(), !best.isOfOtherKind else {
            let list = outcomes.prefix(8).map(\.summary).joined(separator: "; ")
            return fail(keyword, of: schema, "fits none of \(branches.count) branches, found \(value.excerpt): \(list)")
        }
        violations += best.violations
    }

    /// Where a branch is defined, for one that is a mere reference.
    private func target(of id: SchemaID) -> JSONPointer {
        library[id].reference.map { library[$0].pointer } ?? library[id].pointer
    }
}

// MARK: - Keywords of one kind

extension SchemaCheck {
    private mutating func checkObject(_ value: JSONValue, by schema: Schema) {
        for name in schema.required where value[name] == nil {
            fail("required", of: schema, "the member '\(name)' is missing")
        }
        check(value.count, schema.propertyCount, "Properties", "members", schema)
        guard !schema.properties.isEmpty || schema.additionalProperties != nil else { return }
        for (name, member) in value.members {
            if let property = schema.properties[name] {
                descend(name, member, property)
            } else if let additional = schema.additionalProperties {
                if library[additional].isNever {
                    place.append(name)
                    fail("additionalProperties", of: schema, "this member is not declared, and no others are allowed")
                    place.components.removeLast()
                } else {
                    descend(name, member, additional)
                }
            }
        }
    }

    private mutating func checkArray(_ value: JSONValue, by schema: Schema) {
        check(value.count, schema.itemCount, "Items", "elements", schema)
        if schema.hasUniqueItems, Set(value.elements.map(\.canonicalBytes)).count != value.count {
            fail("uniqueItems", of: schema, "has elements that are equal")
        }
        guard schema.items != nil || !schema.prefixItems.isEmpty else { return }
        for (position, element) in value.elements.enumerated() {
            let item = position < schema.prefixItems.count ? schema.prefixItems[position] : schema.items
            if let item { descend(String(position), element, item) }
        }
    }

    private mutating func checkString(_ text: String, by schema: Schema) {
        if schema.length != Schema.Bounds() {
            // Characters are code points (JSON Schema Validation 2020-12, section 6.3.1).
            check(text.unicodeScalars.count, schema.length, "Length", "characters", schema)
        }
        if let pattern = schema.pattern, !Self.matches(text, pattern) {
            fail("pattern", of: schema, "does not match \(pattern): \(JSON.string(text))")
        }
        if let format = schema.format, !format.allows(text) {
            fail("format", of: schema, "expected \(format.text), found \(JSON.string(text))")
        }
    }

    private static func matches(_ text: String, _ pattern: String) -> Bool {
        // The library has read every pattern once.
        guard let regex = try? Regex(pattern) else { return true }
        // As ECMA-262 means `\d` and `\w`, and `.` one code point.
        let ecmaScript = regex.asciiOnlyCharacterClasses().matchingSemantics(.unicodeScalar)
        return (try? ecmaScript.firstMatch(in: text)) != nil
    }

    private mutating func checkNumber(_ value: JSONValue, by schema: Schema) {
        guard schema.range != Schema.NumberRange(), let number = value.double else { return }
        func text(_ bound: Double) -> String { JSON.number(bound).text }
        if let bound = schema.range.minimum, number < bound {
            fail("minimum", of: schema, "expected at least \(text(bound)), found \(value.excerpt)")
        }
        if let bound = schema.range.exclusiveMinimum, number <= bound {
            fail("exclusiveMinimum", of: schema, "expected more than \(text(bound)), found \(value.excerpt)")
        }
        if let bound = schema.range.maximum, number > bound {
            fail("maximum", of: schema, "expected at most \(text(bound)), found \(value.excerpt)")
        }
        if let bound = schema.range.exclusiveMaximum, number >= bound {
            fail("exclusiveMaximum", of: schema, "expected less than \(text(bound)), found \(value.excerpt)")
        }
    }

    private mutating func check(
        _ count: Int,
        _ bounds: Schema.Bounds,
        _ suffix: String,
        _ unit: String,
        _ schema: Schema
    ) {
        if let least = bounds.least, count < least {
            fail("min" + suffix, of: schema, "expected at least \(least) \(unit), found \(count)")
        }
        if let most = bounds.most, count > most {
            fail("max" + suffix, of: schema, "expected at most \(most) \(unit), found \(count)")
        }
    }
}
