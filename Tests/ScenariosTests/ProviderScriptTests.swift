internal import Scenarios
internal import Testing

@Suite("Provider scripts")
struct ProviderScriptTests {
    /// Who says something of a request that three providers of two models could answer.
    private func answers(_ respond: String) throws -> [String] {
        let scenario = try Scenario.make("  - respond: \(respond)")
        let response = scenario.rules[0].responses[0]
        let models = [["a/small"], ["b/large"]]
        let providers = [["OpenAI", "openai"], ["Amazon Bedrock", "amazon-bedrock"], ["Azure", "azure"]]
        var said: [String] = []
        for (modelIndex, model) in models.enumerated() {
            for (index, names) in providers.enumerated() {
                let attempt = ScriptedAttempt(
                    providerNames: names,
                    providerIndex: index,
                    providerCount: providers.count,
                    modelNames: model,
                    modelIndex: modelIndex,
                    modelCount: models.count
                )
                guard let steps = response.steps(for: attempt) else {
                    said.append("-")
                    continue
                }
                if case .text(let text)? = steps.first { said.append(text.value) }
            }
        }
        return said
    }

    @Test(
        "Providers and models are meant by name or by position, and the first entry that fits counts",
        arguments: [
            ("{ text: x }", ["x", "x", "x", "x", "x", "x"]),
            ("pass", ["-", "-", "-", "-", "-", "-"]),
            ("{ error: { status: 500 } }", ["-", "-", "-", "-", "-", "-"]),
            ("{ providers: { Amazon Bedrock: { text: x } } }", ["-", "x", "-", "-", "x", "-"]),
            ("{ providers: { amazon-bedrock: { text: x } } }", ["-", "x", "-", "-", "x", "-"]),
            ("{ providers: { openai: { text: x }, any: { text: y } } }", ["x", "y", "y", "x", "y", "y"]),
            ("{ providers: { first: { text: x }, third: { text: y } } }", ["x", "-", "y", "x", "-", "y"]),
            ("{ providers: { last: { text: x } } }", ["-", "-", "x", "-", "-", "x"]),
            ("{ providers: { all-but-last: { text: x } } }", ["x", "x", "-", "x", "x", "-"]),
            ("{ models: { first: { text: x } } }", ["x", "x", "x", "-", "-", "-"]),
            ("{ models: { b/*: [ { text: x } ] } }", ["-", "-", "-", "x", "x", "x"]),
            ("{ models: { last: { providers: { second: { text: x } } } } }", ["-", "-", "-", "-", "x", "-"]),
            (
                "{ models: { first: { text: x } }, providers: { openai: { text: y } } }",
                ["x", "x", "x", "y", "-", "-"]
            ),
        ]
    )
    func selection(respond: String, expected: [String]) throws {
        #expect(try answers(respond) == expected)
    }
}
