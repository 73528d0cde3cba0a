/// What takes endpoints away, in this order.
enum RoutingStep: CaseIterable {
    case tier
    case allowedProviders
    case ignoredProviders
    case training
    case zeroDataRetention
    case guardrails
    case distillation
    case outputModalities
    case imageInput
    case audioInput
    case videoInput
    case tools
    case toolChoice
    case parameters
    case quantization
    case maximumPrice
    case outputLength
    case contextLength
    case fallback

    /// As in the `routing_funnel` of captured answers of 2026.
    ///
    /// Never captured, and so our own: the names for distillation, audio and video input, and the length of the output.
    var name: String {
        switch self {
        case .tier: "Filter by Tier Endpoint Rows"
        case .allowedProviders: "Filter by Allowed Providers"
        case .ignoredProviders: "Filter by Ignored Providers"
        case .training, .zeroDataRetention: "Filter by Data Policy"
        case .guardrails: "Filter by Guardrails"
        case .distillation: "Filter by Text Distillation"
        case .outputModalities: "Filter by Model Output Modalities"
        case .imageInput: "Filter by Image Support"
        case .audioInput: "Filter by Audio Support"
        case .videoInput: "Filter by Video Support"
        case .tools, .toolChoice: "Filter by Tool Compatibility"
        case .parameters: "Filter by Parameters"
        case .quantization: "Filter by Quantization"
        case .maximumPrice: "Filter by Max Price"
        case .outputLength: "Filter by Max Completion Tokens"
        case .contextLength: "Filter by Context Length"
        case .fallback: "Filter by Fallback"
        }
    }

    /// What the step asks an endpoint's model to read.
    var inputModality: String? {
        switch self {
        case .imageInput: "image"
        case .audioInput: "audio"
        case .videoInput: "video"
        default: nil
        }
    }
}
