internal import OpenRouterAPI
internal import Tapes

/// A text as sound, in pieces of a few words, as models stream it.
///
/// Containers such as WAV hold the sound in one piece and come whole in the first; samples without a header come with
/// their words.
struct SpokenPieces: Sequence {
    struct Element {
        var audio: AudioPiece
        var tokenCount: Int
    }

    /// Words of a piece.
    private static let wordCount = 6

    private let elements: [Element]

    init(text: String, _ audio: GenerationRequest.Audio, seed: UInt64) {
        let format = AudioFormat(name: audio.format) ?? .pcm
        var elements: [Element] = []
        for (index, words) in Self.pieces(of: text).enumerated() {
            let speech = SyntheticSpeech(text: words, voice: audio.voice, seed: seed)
            let bytes =
                if format == .pcm {
                    speech.encoded(as: .pcm)
                } else if index == 0 {
                    SyntheticSpeech(text: text, voice: audio.voice, seed: seed).encoded(as: format)
                } else {
                    [UInt8]()
                }
            elements.append(
                Element(
                    audio: AudioPiece(base64: Base64.encoded(bytes), transcript: words),
                    tokenCount: speech.tokenCount
                )
            )
        }
        self.elements = elements
    }

    func makeIterator() -> [Element].Iterator {
        elements.makeIterator()
    }

    private static func pieces(of text: String) -> [String] {
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        return stride(from: 0, to: words.count, by: wordCount).map { start in
            let piece = words[start..<Swift.min(start + wordCount, words.count)].joined(separator: " ")
            return start == 0 ? piece : " " + piece
        }
    }
}
