internal import ArgumentParser
internal import Cassettes

/// What else is secret, for commands that record, replay or look for secrets.
struct RedactionOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Pattern of a secret that is never stored; repeatable.", valueName: "regex"))
    var redact: [String] = []

    @Option(
        help: ArgumentHelp(
            "JSON pointer to a secret in bodies, * for any name or number; repeatable.",
            valueName: "pointer"
        )
    )
    var redactPointer: [String] = []

    /// - Throws: ``RedactionPatternError`` or ``RedactionPointerError`` for what is none.
    func rules() throws -> RedactionRules {
        RedactionRules(
            patterns: try redact.map { try RedactionPattern($0) },
            pointers: try redactPointer.map { try RedactionPointer($0) }
        )
    }
}
