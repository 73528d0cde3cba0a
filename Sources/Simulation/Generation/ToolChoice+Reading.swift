internal import OpenRouterAPI

extension GenerationRequest.ToolChoice {
    /// The choices that are one word; nil for any other.
    init?(word: String) {
        switch word {
        case "none": self = .none
        case "auto": self = .auto
        case "required": self = .required
        default: return nil
        }
    }

    /// Forces one tool.
    ///
    /// - Parameters:
    ///   - name: nil when the request names none.
    ///   - tools: those declared.
    ///   - path: where the name stands.
    /// - Returns: the choice.
    /// - Throws: ``APIError`` 400 unless the tool is declared.
    static func function(
        named name: String?,
        among tools: [GenerationRequest.Tool],
        path: String
    ) throws(APIError) -> Self {
        guard let name else { throw .invalidField(path, expected: "the name of a tool", found: "nothing") }
        guard tools.contains(where: { $0.name == name }) else {
            throw .invalidField(
                path,
                expected: expectation(among: tools.map(\.name)),
                found: JSON.string(name).text
            )
        }
        return .function(name)
    }

    /// What a choice of one tool has to name.
    static func expectation(among names: [String]) -> String {
        names.isEmpty ? "tools beside it to choose from" : "one of the tools: " + names.joined(separator: ", ")
    }
}
