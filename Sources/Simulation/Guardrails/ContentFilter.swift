internal import OpenRouterAPI

/// What happens to a request in which a filter finds something.
///
/// The stricter one counts where filters find the same text (guide "Prompt injection detection", August 2026).
enum FilterAction: String, Sendable, Codable, CaseIterable {
    /// Told in `openrouter_metadata`, and nothing else.
    case flag
    /// A placeholder takes the place of the text before a provider gets it.
    case redact
    /// 403.
    case block
}

extension FilterAction: Comparable {
    private var strictness: Int {
        switch self {
        case .flag: 0
        case .redact: 1
        case .block: 2
        }
    }

    static func < (left: FilterAction, right: FilterAction) -> Bool { left.strictness < right.strictness }
}

/// A regular expression of the client's for what a request must not say (schema `ContentFilterEntry`).
struct ContentFilter: Sendable, Codable {
    let pattern: String
    let action: FilterAction
    /// As it was sent, with or without brackets.
    let label: String?
}

/// A filter that OpenRouter brings along (schema `ContentFilterBuiltinEntry`).
struct BuiltinFilter: Sendable, Codable {
    enum Kind: String, Sendable, Codable, CaseIterable {
        case email, phone, ssn
        case creditCard = "credit-card"
        case ipAddress = "ip-address"
        case personName = "person-name"
        case address
        case promptInjection = "regex-prompt-injection"
    }

    enum ScanScope: String, Sendable, Codable, CaseIterable {
        case userOnly = "user_only"
        case allMessages = "all_messages"
    }

    let kind: Kind
    let action: FilterAction
    /// As it was sent; it counts for prompt injection only (schema `PromptInjectionScanScope`).
    let scanScope: ScanScope?
}

extension BuiltinFilter.Kind {
    /// The placeholder without its brackets; assigned by the system, whatever label is sent.
    var label: String {
        switch self {
        case .email: "EMAIL"
        case .phone: "PHONE"
        case .ssn: "SSN"
        case .creditCard: "CREDIT_CARD"
        case .ipAddress: "IP_ADDRESS"
        case .personName: "PERSON_NAME"
        case .address: "ADDRESS"
        case .promptInjection: "PROMPT_INJECTION"
        }
    }

    /// What Presidio calls it; nil for what OpenRouter finds by regular expressions (guide "Sensitive info guardrail",
    /// August 2026).
    var recognizedEntity: String? {
        switch self {
        case .personName: "PERSON"
        case .address: "LOCATION"
        default: nil
        }
    }
}
