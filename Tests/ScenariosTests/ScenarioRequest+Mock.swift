internal import HTTPTypes
internal import OpenRouterAPI
internal import Scenarios

extension ScenarioRequest {
    /// A chat request whose body is JSON as text.
    static func make(
        _ body: String = #"{"model":"openai/gpt-4o","messages":[{"role":"user","content":"Hello"}]}"#,
        path: String = "/api/v1/chat/completions",
        method: HTTPRequest.Method = .post,
        fields: HTTPFields = [:],
        milliseconds: Int64 = 0
    ) -> ScenarioRequest {
        ScenarioRequest(
            method: method,
            path: path,
            fields: fields,
            json: try? JSONDocument(parsing: Array(body.utf8)).root,
            milliseconds: milliseconds
        )
    }
}

extension HTTPFields {
    /// `X-Title: My App`.
    static let titled: HTTPFields = {
        var fields = HTTPFields()
        if let name = HTTPField.Name("X-Title") { fields[name] = "My App" }
        return fields
    }()
}

extension Scenario {
    /// A scenario of the rules in a YAML list.
    static func make(_ rules: String, name: String = "test") throws -> Scenario {
        try Scenario(reading: Array("name: \(name)\nrules:\n\(rules)\n".utf8), file: "test.yaml")
    }
}
