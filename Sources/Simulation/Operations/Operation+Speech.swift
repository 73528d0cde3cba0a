internal import HTTPTypes
internal import OpenRouterAPI
internal import Tapes

extension Operation {
    /// `POST /audio/speech` (reference: inference §6.5).
    static let createSpeech = Operation(
        "createAudioSpeech",
        .post,
        "/audio/speech",
        .inferenceKey,
        reads: .body(.speechBody)
    ) {
        call throws(APIError) in
        let body = try call.document()
        let request = try SpeechRequest(reading: body, now: call.world.now)
        let modelCall = ModelCall(
            call: call,
            digest: call.contentDigest(of: Array(request.input.utf8)),
            routing: request.routing,
            apiType: .tts,
            idKind: "tts",
            user: request.user
        )
        return try modelCall.answer { served throws(APIError) in
            let speech = SyntheticSpeech(
                text: request.input,
                voice: try request.voice(of: served.candidate.model),
                speed: request.speed,
                seed: served.generator.next()
            )
            let format = request.format.audioFormat
            let frames = SpeechFrames.frames(of: speech.encoded(as: format), Pace(served.candidate.endpoint))
            // What is priced as a prompt token is a character: OpenRouter's page of openai/gpt-4o-mini-tts-2025-12-15
            // says 0.60 USD for a million characters, November 2026.
            var usage = TokenUsage(prompt: request.input.unicodeScalars.count, completion: speech.tokenCount)
            usage.completionAudio = usage.completion
            return ModelCall.Made(usage: usage) { _, _ in
                OperationAnswer(fields: [.contentType: format.mediaType], frames: frames)
            }
        }
    }
}
