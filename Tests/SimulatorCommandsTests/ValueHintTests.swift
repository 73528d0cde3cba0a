import Testing

@testable import SimulatorCommands

@Suite struct ValueHintTests {
    @Test(
        "The nearest value comes before the list of all",
        arguments: [
            (
                "The value 'stict' is invalid for '--auth <auth>'. Please provide one of 'open' and 'strict'.",
                "The value 'stict' is invalid for '--auth <auth>'. Did you mean 'strict'? Please provide one of 'open' and 'strict'."
            ),
            (
                "The value 'New_Episodes' is invalid for '--record-mode <m>'. Please provide one of 'once', 'new-episodes' or 'all'.\nHelp:  'x'",
                "The value 'New_Episodes' is invalid for '--record-mode <m>'. Did you mean 'new-episodes'? Please provide one of 'once', 'new-episodes' or 'all'.\nHelp:  'x'"
            ),
        ]
    )
    func near(_ message: String, _ hinted: String) {
        #expect(ValueHint.added(to: message) == hinted)
    }

    @Test(
        "Where none is near, and in other errors, nothing is added",
        arguments: [
            "The value 'closed' is invalid for '--auth <auth>'. Please provide one of 'open' and 'strict'.",
            "The value '3' is invalid for '--timing <timing>'",
            "Unknown option '--aut'. Did you mean '--auth'?",
            "",
        ]
    )
    func far(_ message: String) {
        #expect(ValueHint.added(to: message) == message)
    }
}
