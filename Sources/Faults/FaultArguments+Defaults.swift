/// Arguments read by their parameter, whose default stands in for what was not said.
extension FaultArguments {
    func duration(_ parameter: FaultParameter) -> Duration {
        if case .duration(let value) = self[parameter.name] ?? parameter.defaultValue { value } else { .zero }
    }

    func integer(_ parameter: FaultParameter) -> Int {
        if case .integer(let value) = self[parameter.name] ?? parameter.defaultValue { value } else { 0 }
    }

    func bool(_ parameter: FaultParameter) -> Bool {
        if case .bool(let value) = self[parameter.name] ?? parameter.defaultValue { value } else { false }
    }

    func text(_ parameter: FaultParameter) -> String {
        if case .text(let value) = self[parameter.name] ?? parameter.defaultValue { value } else { "" }
    }

    /// The word of a choice.
    func word<Word: RawRepresentable<String>>(_ parameter: FaultParameter, as type: Word.Type = Word.self) -> Word {
        guard let word = Word(rawValue: text(parameter)) else {
            preconditionFailure("'\(text(parameter))' is no word of the parameter \(parameter.name)")
        }
        return word
    }

    /// The same without what goes without saying.
    func withoutDefaults(of parameters: [FaultParameter]) -> FaultArguments {
        var rest = self
        for parameter in parameters where rest[parameter.name] == parameter.defaultValue {
            rest[parameter.name] = nil
        }
        return rest
    }
}
