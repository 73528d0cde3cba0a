internal import OpenRouterAPI

extension Generation {
    /// The same with its JSON closed where it was cut off: open strings, arrays and objects are ended, a member without
    /// a value is dropped.
    func healed() -> Generation {
        guard failure == nil, toolCalls.isEmpty, let whole = JSONHealing.healed(text) else { return self }
        var copy = self
        copy.steps.removeAll { if case .text = $0 { true } else { false } }
        copy.steps.append(.text(whole))
        return copy
    }
}
