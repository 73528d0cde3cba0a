internal import Tapes

/// What somebody may have said in so many seconds.
///
/// Made up: nothing is listened to. The same sound has the same text.
struct Transcript: Sendable, Hashable {
    struct Word: Sendable, Hashable {
        /// With the marks that follow it.
        var text: String
        /// Seconds since the sound began.
        var start: Double
        var end: Double
    }

    /// A sentence.
    struct Segment: Sendable, Hashable {
        var words: Range<Int>
        var tokens: [Int]
        var averageLogprob: Double
        var compressionRatio: Double
        var noSpeechProbability: Double
    }

    /// A usual speed of speech: 150 words a minute.
    private static let wordsPerSecond = 2.5
    /// Longer sounds are not spoken to their end; our own limit, so that no header of a file can ask for gigabytes.
    private static let longest = 86_400.0

    /// Of the sound, in milliseconds' steps.
    let seconds: Double
    let words: [Word]
    private(set) var segments: [Segment] = []

    init(of duration: AudioDuration, using generator: inout SeededGenerator) {
        let seconds = (min(duration.seconds, Self.longest) * 1000).rounded() / 1000
        let count = max(1, Int(seconds * Self.wordsPerSecond))
        var composer = TextComposer(topic: TopicPhrase(prompt: ""), generator: generator.branch(mixing: "transcript"))
        var texts: [String] = []
        var ends: [Int] = []
        while texts.count < count {
            let sentence = composer.sentence(from: TextVocabulary.bodies)
            texts += sentence.split(separator: " ").prefix(count - texts.count).map(String.init)
            ends.append(texts.count)
        }
        texts[count - 1] = texts[count - 1].endingSentence
        let slot = seconds / Double(count)
        words = texts.enumerated().map { index, text in
            let start = Double(index) * slot
            return Word(text: text, start: start.inHundredths, end: (start + slot * 0.9).inHundredths)
        }
        self.seconds = seconds
        var start = 0
        for end in ends {
            segments.append(Segment(start..<end, TokenSplitter.count(text(of: start..<end)), using: &generator))
            start = end
        }
    }

    var text: String { text(of: words.indices) }

    func text(of range: Range<Int>) -> String {
        words[range].map(\.text).joined(separator: " ")
    }
}

extension Transcript.Segment {
    /// Numbers as Whisper gives them for clear speech.
    fileprivate init(_ words: Range<Int>, _ tokenCount: Int, using generator: inout SeededGenerator) {
        self.words = words
        tokens = (0..<tokenCount).map { _ in generator.integer(in: 220...50_256) }
        averageLogprob = -(0.1 + generator.fraction() * 0.3).inHundredths
        compressionRatio = (1.2 + generator.fraction() * 0.6).inHundredths
        noSpeechProbability = (0.01 + generator.fraction() * 0.05).inHundredths
    }
}

extension String {
    /// The word with a full stop after it and no other mark.
    fileprivate var endingSentence: String {
        var word = self
        while let last = word.last, !last.isLetter, !last.isNumber { word.removeLast() }
        return word + "."
    }
}

extension Double {
    /// Rounded to two decimals.
    fileprivate var inHundredths: Double { (self * 100).rounded() / 100 }
}
