internal import HTTPTypes
internal import NIOCore
internal import OpenRouterAPI
internal import Tapes

extension Operation {
    /// `POST /audio/transcriptions`, JSON or a form (reference: inference §6.6).
    static let createTranscription = Operation(
        "createAudioTranscriptions",
        .post,
        "/audio/transcriptions",
        .inferenceKey,
        reads: .body(.transcriptionBody)
    ) { call throws(APIError) in
        let request = try call.transcriptionRequest()
        let modelCall = ModelCall(
            call: call,
            digest: call.contentDigest(of: request.audio),
            routing: request.routing,
            apiType: .stt,
            idKind: "stt"
        )
        return try modelCall.answer { served throws(APIError) in
            let duration = AudioDuration(of: request.audio, format: request.format.rawValue)
            let transcript = Transcript(of: duration, using: &served.generator)
            var tokens = PromptTokens()
            tokens.addAudio(seconds: transcript.seconds)
            var usage = tokens.usage
            usage.completion = TokenSplitter.count(transcript.text)
            let slug = served.candidate.model.canonicalSlug
            let charges = Charges(soundFee: SoundPrice.fee(of: slug, seconds: transcript.seconds))
            let encoder = TranscriptEncoder(transcript: transcript, request: request)
            return ModelCall.Made(usage: usage, charges: charges) { _, usage in .json(encoder.body(usage)) }
        }
    }
}

extension Call {
    fileprivate func transcriptionRequest() throws(APIError) -> TranscriptionRequest {
        let contentType = request.fields[.contentType]
        guard MultipartForm.isNamed(by: contentType) else {
            return try TranscriptionRequest(reading: try document(), now: world.now)
        }
        let form = try MultipartForm(Array(request.body.readableBytesView), contentType: contentType)
        return try TranscriptionRequest(reading: form, now: world.now)
    }
}
