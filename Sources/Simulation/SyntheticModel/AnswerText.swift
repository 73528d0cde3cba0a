package import Tapes

/// Makes prose that reads like an answer to a prompt.
///
/// The text mentions a phrase of the prompt and nothing else of it. It is English, has two to six sentences and
/// 40 to 160 tokens of ``TokenSplitter``, is one paragraph, two, or a short list between two sentences, and always
/// ends with a full sentence.
package enum AnswerText {
    /// The fewest and the most tokens of an answer.
    package static let tokenCounts = 40...160

    /// The answer to `prompt`, usually the last message of the user, in any language, possibly empty.
    ///
    /// The same prompt and the same state of `generator` give the same text. The generator moves on by one number.
    package static func answer(to prompt: String, using generator: inout SeededGenerator) -> String {
        var composer = TextComposer(
            topic: TopicPhrase(prompt: prompt),
            generator: generator.branch(mixing: prompt)
        )
        switch composer.integer(in: 0...9) {
        case 0...1: return list(&composer)
        case 2...4: return paragraphs(&composer)
        default: return paragraph(&composer, sentenceCount: composer.integer(in: 2...5))
        }
    }

    /// An opening sentence, others, and now and then a closing one.
    ///
    /// There are more sentences than asked for while the text is too short.
    private static func paragraph(_ composer: inout TextComposer, sentenceCount: Int) -> String {
        var text = composer.sentence("opening", from: TextVocabulary.openings)
        var count = 1
        let closes = sentenceCount > 2 && composer.chance(percent: 60)
        while count < sentenceCount - (closes ? 1 : 0) || (TokenSplitter.count(text) < 30 && count < 5) {
            text += " " + composer.sentence("body", from: TextVocabulary.bodies)
            count += 1
        }
        if closes || TokenSplitter.count(text) < tokenCounts.lowerBound {
            text += " " + composer.sentence("closing", from: TextVocabulary.closings)
        }
        return text
    }

    private static func paragraphs(_ composer: inout TextComposer) -> String {
        let first =
            composer.sentence("opening", from: TextVocabulary.openings) + " "
            + composer.sentence("body", from: TextVocabulary.bodies)
        var second = composer.sentence("body", from: TextVocabulary.bodies)
        if composer.chance(percent: 50) { second += " " + composer.sentence("body", from: TextVocabulary.bodies) }
        if composer.chance(percent: 50) {
            second += " " + composer.sentence("closing", from: TextVocabulary.closings)
        }
        return first + "\n\n" + second
    }

    private static func list(_ composer: inout TextComposer) -> String {
        let isNumbered = composer.chance(percent: 50)
        var text = composer.sentence("introduction", from: TextVocabulary.listIntroductions) + "\n"
        for number in 1...composer.integer(in: 3...4) {
            let item = composer.sentence("item", from: TextVocabulary.listItems)
            text += isNumbered ? "\n\(number). \(item)" : "\n- \(item)"
        }
        return text + "\n\n" + composer.sentence("closing", from: TextVocabulary.closings)
    }
}
