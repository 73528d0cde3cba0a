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
        case 0...1: writeList(&composer)
        case 2...4: writeParagraphs(&composer)
        default: writeParagraph(&composer, sentenceCount: composer.integer(in: 2...5))
        }
        return composer.text
    }

    /// An opening sentence, others, and now and then a closing one.
    ///
    /// There are more sentences than asked for while the text is too short.
    private static func writeParagraph(_ composer: inout TextComposer, sentenceCount: Int) {
        composer.write(from: TextVocabulary.openings)
        var count = 1
        let closes = sentenceCount > 2 && composer.chance(percent: 60)
        while count < sentenceCount - (closes ? 1 : 0) || (count < 5 && composer.tokenCount < 30) {
            composer.write(" ")
            composer.write(from: TextVocabulary.bodies)
            count += 1
        }
        guard closes || composer.tokenCount < tokenCounts.lowerBound else { return }
        composer.write(" ")
        composer.write(from: TextVocabulary.closings)
    }

    private static func writeParagraphs(_ composer: inout TextComposer) {
        composer.write(from: TextVocabulary.openings)
        composer.write(" ")
        composer.write(from: TextVocabulary.bodies)
        composer.write("\n\n")
        composer.write(from: TextVocabulary.bodies)
        for patterns in [TextVocabulary.bodies, TextVocabulary.closings] where composer.chance(percent: 50) {
            composer.write(" ")
            composer.write(from: patterns)
        }
    }

    private static func writeList(_ composer: inout TextComposer) {
        let isNumbered = composer.chance(percent: 50)
        composer.write(from: TextVocabulary.listIntroductions)
        composer.write("\n")
        for number in 1...composer.integer(in: 3...4) {
            composer.write(isNumbered ? "\n\(number). " : "\n- ")
            composer.write(from: TextVocabulary.listItems)
        }
        composer.write("\n\n")
        composer.write(from: TextVocabulary.closings)
    }
}

extension TextComposer {
    fileprivate var tokenCount: Int { TokenSplitter.count(text) }
}
