internal import OpenRouterAPI
internal import Tapes

/// The scenario language, declared: what each mapping of a file may hold.
enum ScenarioLanguage {
    static let file = MappingShape(
        "a scenario",
        definition: "scenario",
        "A script of answers: of its rules, the first that matches decides.",
        fields: [
            FieldShape("name", .text(.name), "The scenario's name, in URLs and in X-Sim-Scenario.", isRequired: true),
            FieldShape("description", .text(.plain), "One sentence for lists."),
            FieldShape(
                "rules",
                .list(.mapping(rule)),
                "Tried in this order; the first that matches decides.",
                isRequired: true
            ),
        ]
    )

    static let rule = MappingShape(
        "a rule",
        definition: "rule",
        "What to do with the requests that match.",
        fields: [
            FieldShape("match", .mapping(match), "All of it must hold; without it, every request matches."),
            FieldShape(
                "respond",
                .oneOrMany(.either([.choice(["pass"]), .mapping(response)])),
                "One response for each matching call; without it, whoever answers anyway does."
            ),
            FieldShape(
                "then",
                .choice(ScenarioRule.Exhausted.allCases.map(\.rawValue)),
                "What comes after the last response; repeat-last unless said otherwise."
            ),
            FieldShape("state", .mapping(state), "The rule's part in the scenario's state machine."),
            FieldShape("faults", .oneOrMany(fault), "Made on whatever answers, in this order."),
        ]
    )

    static let state = MappingShape(
        "a state",
        definition: "state",
        "A scenario is in one state at a time, 'started' at first.",
        fields: [
            FieldShape("requires", .text(.state), "The state that must be in force."),
            FieldShape("becomes", .text(.state), "The state that comes into force when the rule matches."),
        ]
    )

    static let match = MappingShape(
        "a match",
        definition: "match",
        count: .any,
        "Which requests a rule is for; all that is said must hold.",
        fields: [
            FieldShape(
                "endpoint",
                .oneOrMany(.text(.endpoint)),
                "An endpoint by name, a group (inference, text, platform, any), or a path with '*'."
            ),
            FieldShape("method", .oneOrMany(.choice(methods, noun: "method")), "The request's method."),
            FieldShape("model", .oneOrMany(.text(.glob)), "The model asked for, such as anthropic/*."),
            FieldShape("stream", .bool, "Whether a stream is asked for."),
            FieldShape(
                "last_message",
                .either([.text(.plain), .mapping(textMatcher)]),
                "The text of the last message, of whatever role; a string means exact."
            ),
            FieldShape(
                "headers",
                .map(keys: .headerName, of: .either([.scalarText, .mapping(textMatcher)])),
                "Header fields by name; a string means exact."
            ),
            FieldShape(
                "json",
                .map(keys: .pointer, of: .either([.scalarText, .nothing, .list(.json), .mapping(jsonMatcher)])),
                "Values of the body by JSON pointer; a value means exact."
            ),
            FieldShape(
                "call",
                .either([.integer(1...Int.max), .text(.calls)]),
                "Which of this world's calls that match otherwise: 2, 1..3 or 2.."
            ),
            FieldShape("every", .integer(1...Int.max), "Each so-many-th of the calls that match otherwise."),
            FieldShape("chance", .text(.percent), "How often at random, by the world's seed, such as 10%."),
            FieldShape("state", .mapping(state), "The same as 'state' of the rule."),
        ]
    )

    static let methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"]

    private static let textMatcherFields = [
        FieldShape("contains", .text(.plain), "A part of the text, case included."),
        FieldShape("regex", .text(.regex), "A regular expression that matches somewhere in the text."),
        FieldShape("present", .bool, "Whether there is one at all."),
    ]

    static let textMatcher = MappingShape(
        "a matcher",
        definition: "textMatcher",
        "What a text must be; all that is said must hold.",
        fields: [FieldShape("exact", .scalarText, "The whole text.")] + textMatcherFields
    )

    static let jsonMatcher = MappingShape(
        "a matcher",
        definition: "jsonMatcher",
        "What a JSON value must be; all that is said must hold.",
        fields: [FieldShape("exact", .json, "The value, however it is written.")] + textMatcherFields
    )
}
