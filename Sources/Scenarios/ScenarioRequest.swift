package import Faults
package import HTTPTypes
package import OpenRouterAPI

/// What of a request a scenario looks at.
package struct ScenarioRequest: Sendable {
    package var method: HTTPRequest.Method
    /// The canonical path, such as `/api/v1/chat/completions`.
    package var path: String
    package var fields: HTTPFields
    /// The body's root; nil for a body that is no JSON.
    package var json: JSONValue?
    /// The world's time in milliseconds since 1970, for templates.
    package var milliseconds: Int64

    package init(
        method: HTTPRequest.Method,
        path: String,
        fields: HTTPFields,
        json: JSONValue?,
        milliseconds: Int64 = 0
    ) {
        self.method = method
        self.path = path
        self.fields = fields
        self.json = json
        self.milliseconds = milliseconds
    }
}

/// How far scenarios have come in a world.
package struct ScenarioProgress: Sendable, Hashable {
    /// Matching calls so far, by `scenario#rule`.
    package var calls: [String: Int]
    /// How often a rule has decided, by `scenario#rule`; chooses among its responses.
    package var uses: [String: Int]
    /// States in force, by scenario; without an entry it is `started`.
    package var states: [String: String]

    /// In force before any rule has said otherwise.
    package static let firstState = "started"

    package init(calls: [String: Int] = [:], uses: [String: Int] = [:], states: [String: String] = [:]) {
        self.calls = calls
        self.uses = uses
        self.states = states
    }
}

/// What a scenario has decided about a request; templates are filled in.
package struct ScenarioDecision: Sendable {
    package var scenario: String
    package var file: String
    /// The rule's line.
    package var line: Int
    package var response: ScriptedResponse
    package var faults: [any Fault]
    /// Set when the rule's responses are used up and it says `then: fail`: why there is no answer.
    package var failure: String?
}
