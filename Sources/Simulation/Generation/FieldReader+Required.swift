internal import OpenRouterAPI

/// Members that may not be missing.
extension FieldReader {
    func requiredString(_ name: String) throws(APIError) -> String {
        guard let string = try string(name) else { throw invalid(name, expected: "a string") }
        return string
    }

    func requiredObject(_ name: String) throws(APIError) -> FieldReader {
        guard let object = try object(name) else { throw invalid(name, expected: "an object") }
        return object
    }

    func requiredArray(_ name: String) throws(APIError) -> JSONValue {
        guard let array = try array(name) else { throw invalid(name, expected: "an array") }
        return array
    }

    func requiredChoice<Choice: CaseIterable & RawRepresentable<String>>(
        _ name: String,
        of type: Choice.Type
    ) throws(APIError) -> Choice {
        guard let choice = try choice(name, of: type) else {
            throw invalid(name, expected: "one of " + type.allCases.map(\.rawValue).joined(separator: ", "))
        }
        return choice
    }
}
