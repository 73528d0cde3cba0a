package import Tapes

/// Makes the kind of notes that a reasoning model writes before it answers.
package enum ReasoningText {
    /// One to four sentences about how to answer `prompt`.
    ///
    /// The same prompt and the same state of `generator` give the same text. The generator moves on by one number.
    package static func reasoning(about prompt: String, using generator: inout SeededGenerator) -> String {
        var composer = TextComposer(
            topic: TopicPhrase(prompt: prompt),
            generator: generator.branch(mixing: prompt)
        )
        composer.write(from: TextVocabulary.reasoningStarts)
        for _ in 0..<composer.integer(in: 0...3) {
            composer.write(" ")
            composer.write(from: TextVocabulary.reasoningSteps)
        }
        return composer.text
    }
}
