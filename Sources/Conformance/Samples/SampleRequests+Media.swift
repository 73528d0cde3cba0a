internal import OpenRouterAPI

extension SampleRequests {
    private static let embeddingModel: JSON = "openai/text-embedding-3-small"
    private static let speechModel: JSON = "hexgrad/kokoro-82m"
    private static let transcriptionModel = "openai/whisper-large-v3"

    static let embeddings: [SampleRequest] = [
        SampleRequest("POST /embeddings", "minimal", json: ["model": embeddingModel, "input": "Hello"]),
        SampleRequest(
            "POST /embeddings",
            "rich",
            json: [
                "model": embeddingModel, "input": ["Hello", "World"], "dimensions": 8, "encoding_format": "float",
                "user": "user-1", "provider": ["allow_fallbacks": true],
            ]
        ),
        SampleRequest(
            "POST /embeddings",
            "base64",
            json: ["model": embeddingModel, "input": "Hello", "encoding_format": "base64"]
        ),
        SampleRequest("GET /embeddings/models", "minimal"),
    ]

    static let rerank: [SampleRequest] = [
        SampleRequest(
            "POST /rerank",
            "minimal",
            json: [
                "model": "cohere/rerank-v3.5", "query": "capital of France",
                "documents": ["Paris is the capital of France.", "Berlin is the capital of Germany."],
            ]
        ),
        SampleRequest(
            "POST /rerank",
            "rich",
            json: [
                "model": "cohere/rerank-v3.5", "query": "capital of France", "top_n": 1,
                "documents": ["Berlin", ["text": "Paris is the capital of France."]],
            ]
        ),
    ]

    static let images: [SampleRequest] = {
        let minimal = SampleRequest(
            "POST /images",
            "minimal",
            json: ["model": "bytedance-seed/seedream-4.5", "prompt": "a red panda"]
        )
        let rich = SampleRequest(
            "POST /images",
            "rich",
            json: [
                "model": "black-forest-labs/flux.2-pro", "prompt": "a red panda", "n": 1, "seed": 7,
                "aspect_ratio": "1:1", "resolution": "1K", "quality": "low", "output_format": "png",
                "background": "auto",
            ]
        )
        // Not every model's provider streams; the others answer with a document all the same.
        let streamed = SampleRequest(
            "POST /images",
            "minimal",
            json: ["model": "openai/gpt-5-image", "prompt": "a red panda"]
        ).streamed
        return [
            minimal, streamed, rich,
            SampleRequest("GET /images/models", "minimal"),
            SampleRequest(
                operation: "GET /images/models/{author}/{slug}/endpoints",
                name: "minimal",
                path: ["author": "bytedance-seed", "slug": "seedream-4.5"]
            ),
        ]
    }()

    static let videos: [SampleRequest] = [
        SampleRequest(
            "POST /videos",
            "minimal",
            json: ["model": "google/veo-3.1", "prompt": "a sunset"],
            captures: ["video": JSONPointer(components: ["id"])]
        ),
        SampleRequest(
            "POST /videos",
            "rich",
            json: [
                "model": "google/veo-3.1", "prompt": "a sunset", "duration": 8, "resolution": "720p",
                "aspect_ratio": "16:9", "generate_audio": true, "seed": 7,
            ]
        ),
        SampleRequest(operation: "GET /videos/{jobId}", name: "first poll", path: ["jobId": "{{video}}"]),
        SampleRequest(operation: "GET /videos/{jobId}", name: "second poll", path: ["jobId": "{{video}}"]),
        SampleRequest(operation: "GET /videos/{jobId}", name: "third poll", path: ["jobId": "{{video}}"]),
        SampleRequest(operation: "GET /videos/{jobId}/content", name: "minimal", path: ["jobId": "{{video}}"]),
        SampleRequest("GET /videos/models", "minimal"),
    ]

    static let audio: [SampleRequest] = [
        SampleRequest(
            "POST /audio/speech",
            "minimal",
            json: ["model": speechModel, "input": "Hello", "voice": "af_bella"]
        ),
        SampleRequest(
            "POST /audio/speech",
            "rich",
            json: [
                "model": speechModel, "input": "Hello", "voice": "af_bella", "response_format": "mp3", "speed": 1.25,
            ]
        ),
        SampleRequest(
            "POST /audio/transcriptions",
            "minimal",
            json: [
                "model": .string(transcriptionModel),
                "input_audio": ["data": .string(sound), "format": "wav"],
            ]
        ),
        SampleRequest(
            "POST /audio/transcriptions",
            "rich",
            json: [
                "model": .string(transcriptionModel),
                "input_audio": ["data": .string(sound), "format": "wav"],
                "language": "en", "response_format": "verbose_json", "temperature": 0.0,
                "timestamp_granularities": ["word", "segment"],
            ]
        ),
        SampleRequest(
            operation: "POST /audio/transcriptions",
            name: "multipart",
            body: .form([
                SampleRequest.FormPart("model", transcriptionModel),
                SampleRequest.FormPart("language", "en"),
                SampleRequest.FormPart("file", "RIFF4\0\0\0WAVEfmt ", file: ("audio.wav", "audio/wav")),
            ])
        ),
    ]
}
