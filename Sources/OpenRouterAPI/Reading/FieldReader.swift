/// Reads the members of a request's object and says which one is wrong, and how.
package struct FieldReader: Sendable {
    package let value: JSONValue

    /// Where the object stands in the request; empty for the whole body.
    package let path: String

    /// - Throws: ``APIError`` 400 when the value is no object.
    package init(_ value: JSONValue, path: String = "") throws(APIError) {
        guard value.kind == .object else {
            throw .invalidField(path.isEmpty ? "body" : path, expected: "an object", found: value.excerpt)
        }
        self.value = value
        self.path = path
    }

    /// The member unless it is missing or null.
    package func optional(_ name: String) -> JSONValue? {
        value[name].flatMap { $0.isNull ? nil : $0 }
    }

    package func path(of name: String) -> String {
        path.isEmpty ? name : "\(path).\(name)"
    }

    package func invalid(_ name: String, expected: String) -> APIError {
        .invalidField(path(of: name), expected: expected, found: value[name]?.excerpt ?? "nothing")
    }
}

extension FieldReader {
    /// Reads a string.
    ///
    /// - Parameters:
    ///   - name: the member's.
    ///   - longest: the greatest length in Unicode scalars; nil for no limit.
    /// - Returns: nil when the member is missing or null.
    /// - Throws: ``APIError`` 400 for another kind of value, or a longer string.
    package func string(_ name: String, longest: Int? = nil) throws(APIError) -> String? {
        guard let member = optional(name) else { return nil }
        guard let string = member.string else { throw invalid(name, expected: "a string") }
        if let longest, string.unicodeScalars.count > longest {
            throw .invalidField(
                path(of: name),
                expected: "at most \(longest) characters",
                found: "\(string.unicodeScalars.count)"
            )
        }
        return string
    }

    package func bool(_ name: String) throws(APIError) -> Bool? {
        guard let member = optional(name) else { return nil }
        guard let bool = member.bool else { throw invalid(name, expected: "true or false") }
        return bool
    }

    package func integer(_ name: String, in range: ClosedRange<Int>) throws(APIError) -> Int? {
        guard let member = optional(name) else { return nil }
        guard let integer = member.int, range.contains(integer) else {
            let expected =
                switch (range.lowerBound, range.upperBound) {
                case (.min, .max): "an integer"
                case (let least, .max): "an integer of at least \(least)"
                case (let least, let most): "an integer from \(least) to \(most)"
                }
            throw invalid(name, expected: expected)
        }
        return integer
    }

    package func number(_ name: String, in range: ClosedRange<Double>) throws(APIError) -> Double? {
        guard let member = optional(name) else { return nil }
        guard let number = member.double, range.contains(number) else {
            throw invalid(
                name,
                expected: "a number from \(JSON.number(range.lowerBound).text) to \(JSON.number(range.upperBound).text)"
            )
        }
        return number
    }

    /// A string out of a closed set.
    package func choice<Choice: CaseIterable & RawRepresentable<String>>(
        _ name: String,
        of type: Choice.Type
    ) throws(APIError) -> Choice? {
        guard let member = optional(name) else { return nil }
        guard let choice = member.string.flatMap(Choice.init(rawValue:)) else {
            throw invalid(name, expected: "one of " + type.allCases.map(\.rawValue).joined(separator: ", "))
        }
        return choice
    }

    /// An array of strings out of a closed set.
    package func choices<Choice: CaseIterable & RawRepresentable<String>>(
        _ name: String,
        of type: Choice.Type
    ) throws(APIError) -> [Choice]? {
        guard let strings = try strings(name) else { return nil }
        var choices: [Choice] = []
        for (index, string) in strings.enumerated() {
            guard let choice = Choice(rawValue: string) else {
                throw .invalidField(
                    "\(path(of: name))[\(index)]",
                    expected: "one of " + type.allCases.map(\.rawValue).joined(separator: ", "),
                    found: JSON.string(string).text
                )
            }
            choices.append(choice)
        }
        return choices
    }

    package func object(_ name: String) throws(APIError) -> FieldReader? {
        guard let member = optional(name) else { return nil }
        return try FieldReader(member, path: path(of: name))
    }

    package func array(_ name: String) throws(APIError) -> JSONValue? {
        guard let member = optional(name) else { return nil }
        guard member.kind == .array else { throw invalid(name, expected: "an array") }
        return member
    }

    /// An array of strings, or one string where `acceptsOne` allows that.
    package func strings(_ name: String, acceptsOne: Bool = false) throws(APIError) -> [String]? {
        guard let member = optional(name) else { return nil }
        if acceptsOne, let string = member.string { return [string] }
        guard member.kind == .array else {
            throw invalid(name, expected: acceptsOne ? "a string or an array of strings" : "an array of strings")
        }
        var strings: [String] = []
        for (index, element) in member.elements.enumerated() {
            guard let string = element.string else {
                throw .invalidField("\(path(of: name))[\(index)]", expected: "a string", found: element.excerpt)
            }
            strings.append(string)
        }
        return strings
    }
}

extension JSONValue {
    /// What was received, short enough for a message: the value of numbers and short strings, else the type.
    package var excerpt: String {
        switch kind {
        case .number: numberText.map { $0.utf8.count <= 40 ? $0 : "a number" } ?? "a number"
        case .string: string.map { $0.utf8.count <= 40 ? JSON.string($0).text : "a string" } ?? "a string"
        case .bool: bool == true ? "true" : "false"
        case .null: "null"
        case .object: "an object"
        case .array: "an array"
        }
    }
}

extension JSON {
    /// The compact serialization as text.
    package var text: String {
        String(decoding: serialized(), as: UTF8.self)
    }
}
