internal import OpenRouterAPI

/// The requests written by hand, in the order in which they are sent, so that each finds what it needs.
enum SampleRequests {
    static let all =
        chat + responses + messages + embeddings + rerank + images + videos + audio + files + generations + models
        + presets + authorizationCodes + providerKeys + destinations + guardrails + data + workspaces
        + groupMappings + others

    /// A model that every inference operation for text serves.
    static let textModel: JSON = "openai/gpt-4o-mini"

    /// 1 by 1 pixel, PNG.
    static let image =
        "data:image/png;base64,"
        + "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="

    /// 16 bytes of silence, WAV.
    static let sound = "UklGRjQAAABXQVZFZm10IBAAAAABAAEAgD4AAAB9AAACABAAZGF0YRAAAAAAAAAAAAAAAAAAAAAAAAAA"

    static let weatherSchema: JSON = [
        "type": "object",
        "properties": ["city": ["type": "string"], "days": ["type": "integer", "minimum": 1, "maximum": 7]],
        "required": ["city"],
    ]
}
