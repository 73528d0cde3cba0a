package import Tapes

/// Makes short headings.
package enum TitleText {
    /// A phrase of a few words about `prompt`, without a full stop, such as "A Closer Look at Tidal Power".
    ///
    /// The same prompt and the same state of `generator` give the same phrase. The generator moves on by one number.
    package static func title(about prompt: String, using generator: inout SeededGenerator) -> String {
        let topic = TopicPhrase(prompt: prompt)
        var branch = generator.branch(mixing: prompt)
        let subject =
            topic.isFromPrompt
            ? topic.words.map(\.capitalizedAtStart).joined(separator: " ")
            : branch.choice(of: TextVocabulary.titleSubjects) ?? ""
        let pattern = branch.choice(of: TextVocabulary.titles) ?? ("", "")
        return pattern.before + subject + pattern.after
    }
}
