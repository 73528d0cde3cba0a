package import Faults
package import OpenRouterAPI

/// A script of answers: rules, of which the first that matches decides.
package struct Scenario: Sendable {
    /// Unique among the scenarios in use; in URLs, headers and the journal.
    package var name: String
    /// One sentence for lists; empty when the file gives none.
    package var description: String
    /// The file as the user named it, or `built-in`.
    package var file: String
    package var rules: [ScenarioRule]
    /// As it was written.
    package var source: String
    /// Where the file says the name, for messages about names that are taken.
    package var namePosition = JSONPosition(line: 1, column: 1)

    package init(name: String, description: String, file: String, rules: [ScenarioRule], source: String) {
        self.name = name
        self.description = description
        self.file = file
        self.rules = rules
        self.source = source
    }
}

/// What to do with the requests that match.
package struct ScenarioRule: Sendable {
    /// What comes after the last response was used.
    package enum Exhausted: String, Sendable, CaseIterable {
        /// The last one again.
        case repeatLast = "repeat-last"
        /// The first one again, and so on.
        case cycle
        /// The rule no longer matches.
        case nextRule = "next-rule"
        /// An explained error.
        case fail
    }

    /// Counts from 0 in its file; with the scenario's name it is what progress is counted by.
    package var index: Int
    /// Where the rule starts in its file, from 1.
    package var line: Int
    package var column: Int
    package var matcher: RequestMatcher
    /// One for each matching call; empty for a rule that only has faults.
    package var responses: [ScriptedResponse]
    package var exhausted: Exhausted
    /// Made on whatever answers.
    package var faults: [any Fault]
    /// The state that must be in force, and the one that comes into force with a match.
    package var requiredState: String?
    package var nextState: String?

    package init(
        index: Int,
        line: Int,
        column: Int = 1,
        matcher: RequestMatcher,
        responses: [ScriptedResponse] = [],
        exhausted: Exhausted = .repeatLast,
        faults: [any Fault] = [],
        requiredState: String? = nil,
        nextState: String? = nil
    ) {
        self.index = index
        self.line = line
        self.column = column
        self.matcher = matcher
        self.responses = responses
        self.exhausted = exhausted
        self.faults = faults
        self.requiredState = requiredState
        self.nextState = nextState
    }
}
