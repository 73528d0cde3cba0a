internal import OpenRouterAPI

/// Shapes a transcript as `POST /audio/transcriptions` does (schema `STTResponse`).
struct TranscriptEncoder: Sendable {
    let transcript: Transcript
    let request: TranscriptionRequest

    func body(_ usage: UsageEncoder) -> JSON {
        var members: JSONObject = [:]
        switch request.responseFormat {
        case .json: members.append("text", .string(transcript.text))
        case .verboseJSON:
            members.append("task", "transcribe")
            members.append("language", .string(language))
            members.append("duration", .number(transcript.seconds))
            members.append("text", .string(transcript.text))
            members.append("segments", .array(transcript.segments.enumerated().map(segment)))
            members.append("words", request.granularities.contains(.word) ? words : nil)
        }
        members.append("usage", usage.transcription(seconds: transcript.seconds))
        return .object(members)
    }

    /// Member order and the blank before the text are Whisper's.
    private func segment(_ index: Int, _ segment: Transcript.Segment) -> JSON {
        let words = transcript.words[segment.words]
        let start = words.first?.start ?? 0
        return [
            "id": .integer(index),
            "seek": .integer(Int(start / 30) * 3000),
            "start": .number(start),
            "end": .number(words.last?.end ?? 0),
            "text": .string(" " + transcript.text(of: segment.words)),
            "tokens": .array(segment.tokens.map { .integer($0) }),
            "temperature": .number(request.temperature),
            "avg_logprob": .number(segment.averageLogprob),
            "compression_ratio": .number(segment.compressionRatio),
            "no_speech_prob": .number(segment.noSpeechProbability),
        ]
    }

    /// Without the marks around them.
    private var words: JSON {
        .array(
            transcript.words.map { word in
                let bare = word.text.drop { !$0.isLetter && !$0.isNumber }
                let end = bare.lastIndex { $0.isLetter || $0.isNumber }.map(bare.index(after:)) ?? bare.startIndex
                return [
                    "word": .string(String(bare[..<end])),
                    "start": .number(word.start),
                    "end": .number(word.end),
                ]
            }
        )
    }

    /// OpenAI names languages in English; the text is English whatever the language is said to be.
    private var language: String {
        guard let language = request.language, !language.isEmpty else { return "english" }
        return Self.languages[language.lowercased()] ?? language
    }

    private static let languages = [
        "ar": "arabic", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english",
        "es": "spanish", "fi": "finnish", "fr": "french", "he": "hebrew", "hi": "hindi", "hu": "hungarian",
        "id": "indonesian", "it": "italian", "ja": "japanese", "ko": "korean", "nl": "dutch", "no": "norwegian",
        "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sv": "swedish", "th": "thai",
        "tr": "turkish", "uk": "ukrainian", "vi": "vietnamese", "zh": "chinese",
    ]
}
