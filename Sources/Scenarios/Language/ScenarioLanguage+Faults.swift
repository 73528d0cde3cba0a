internal import Faults

extension ScenarioLanguage {
    /// A fault by its bare name, or with what is said about it: read from ``FaultTable``, so that none is forgotten.
    static let fault: ValueShape = {
        let bare = FaultTable.all.filter { type in !type.parameters.contains { $0.isRequired } }.map { $0.name }
        let mapping = MappingShape(
            "a fault",
            definition: "fault",
            keyNoun: "fault",
            count: .one,
            "A defect of the answer on the wire.",
            fields: FaultTable.all.map { FieldShape($0.name, shape(of: $0), $0.summary) }
        )
        return .either([.choice(bare, noun: "fault"), .mapping(mapping)])
    }()

    private static func shape(of type: any Fault.Type) -> ValueShape {
        var shapes: [ValueShape] = []
        if let shorthand = type.parameters.first(where: \.isShorthand) { shapes += alternatives(of: shorthand.kind) }
        if !type.parameters.contains(where: \.isRequired) { shapes.append(.nothing) }
        let arguments = MappingShape(
            "what is said about \(type.name)",
            definition: "fault-\(type.name)",
            count: .any,
            type.summary,
            fields: type.parameters.map {
                FieldShape($0.name, .either(alternatives(of: $0.kind)), $0.summary, isRequired: $0.isRequired)
            }
        )
        shapes.append(.mapping(arguments))
        return .either(shapes)
    }

    private static func alternatives(of kind: FaultParameter.Kind) -> [ValueShape] {
        switch kind {
        case .duration: [.text(.duration)]
        case .byteCount(let range): [.integer(range), .text(.byteCount(range))]
        case .integer(let range): [.integer(range)]
        case .bool: [.bool]
        case .text: [.text(.plain)]
        case .choice(let words): [.choice(words)]
        }
    }
}
