/// What a filter looks for.
enum ContentDetector: Sendable {
    case pattern(ContentPattern)
    case sensitive(SensitivePattern)
    case promptInjection

    init(_ kind: BuiltinFilter.Kind) {
        self =
            switch kind {
            case .email: .sensitive(.email)
            case .phone: .sensitive(.phone)
            case .ssn: .sensitive(.socialSecurityNumber)
            case .creditCard: .sensitive(.creditCard)
            case .ipAddress: .sensitive(.ipAddress)
            case .personName: .sensitive(.personName)
            case .address: .sensitive(.address)
            case .promptInjection: .promptInjection
            }
    }

    func ranges(in text: String) -> [Range<String.Index>] {
        switch self {
        case .pattern(let pattern): pattern.ranges(in: text)
        case .sensitive(let pattern): pattern.ranges(in: text)
        case .promptInjection: PromptInjection.ranges(in: text)
        }
    }
}
