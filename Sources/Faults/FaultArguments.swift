/// What was said about a fault, by parameter.
package struct FaultArguments: Sendable, Hashable {
    package private(set) var values: [String: FaultValue]

    package init(_ values: [String: FaultValue] = [:]) {
        self.values = values
    }

    package subscript(name: String) -> FaultValue? {
        get { values[name] }
        set { values[name] = newValue }
    }

    package func duration(_ name: String) -> Duration? {
        if case .duration(let value) = values[name] { value } else { nil }
    }

    package func integer(_ name: String) -> Int? {
        if case .integer(let value) = values[name] { value } else { nil }
    }

    package func bool(_ name: String) -> Bool? {
        if case .bool(let value) = values[name] { value } else { nil }
    }

    package func text(_ name: String) -> String? {
        if case .text(let value) = values[name] { value } else { nil }
    }
}

/// Arguments of a fault that cannot be together.
package struct FaultArgumentError: Error, Hashable {
    /// The parameter to change; nil for the fault as a whole.
    package var parameter: String?
    /// What was expected, and what to do.
    package var message: String

    package init(parameter: String? = nil, message: String) {
        self.parameter = parameter
        self.message = message
    }
}
