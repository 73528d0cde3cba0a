internal import Faults
internal import OpenRouterAPI
internal import Tapes
internal import YAMLDocuments

/// Reads a scenario file.
///
/// Two walks: ``ShapeCheck`` compares the file with the language's declarations, and this one makes values of it and
/// notes what single keys cannot show. What does not have its shape is left out here, since it was told of already.
package struct ScenarioReader {
    let file: String
    private(set) var errors: [YAMLDocumentError] = []
    private(set) var warnings: [YAMLDocumentError] = []

    init(file: String) {
        self.file = file
    }

    /// - Parameters:
    ///   - bytes: the whole file.
    ///   - file: what messages and the journal call it.
    /// - Returns: the scenario with its warnings, or all errors.
    package static func read(_ bytes: [UInt8], file: String) -> ScenarioReading {
        let document: YAMLDocument
        do {
            document = try YAMLDocument(parsing: bytes, file: file)
        } catch {
            return ScenarioReading(scenario: nil, errors: [error], warnings: [])
        }
        var check = ShapeCheck(file: file)
        check.check(document.root, .mapping(ScenarioLanguage.file))
        var reader = ScenarioReader(file: file)
        let scenario = reader.scenario(document.root, source: String(decoding: bytes, as: UTF8.self))
        let errors = (check.errors + reader.errors).enumerated().sorted {
            ($0.element.position.line, $0.element.position.column, $0.offset)
                < ($1.element.position.line, $1.element.position.column, $1.offset)
        }.map(\.element)
        guard errors.isEmpty else { return ScenarioReading(scenario: nil, errors: errors, warnings: []) }
        return ScenarioReading(scenario: scenario, errors: [], warnings: reader.warnings + scenario.unreachableRules())
    }

    mutating func fail(_ position: JSONPosition, _ message: String) {
        errors.append(YAMLDocumentError(file: file, position: position, message: message))
    }

    mutating func warn(_ position: JSONPosition, _ message: String) {
        warnings.append(YAMLDocumentError(file: file, position: position, message: message))
    }
}

// MARK: - Scenario and rules

extension ScenarioReader {
    private mutating func scenario(_ node: YAMLNode, source: String) -> Scenario {
        var rules: [ScenarioRule] = []
        for (index, element) in (node["rules"]?.elements ?? []).enumerated() {
            rules.append(rule(element, index: index))
        }
        checkStates(node["rules"]?.elements ?? [], rules)
        var scenario = Scenario(
            name: node["name"]?.string ?? "",
            description: node["description"]?.string ?? "",
            file: file,
            rules: rules,
            source: source
        )
        scenario.namePosition = node["name"]?.position ?? node.position
        return scenario
    }

    mutating func rule(_ node: YAMLNode, index: Int) -> ScenarioRule {
        let match = node["match"]
        var rule = ScenarioRule(
            index: index,
            line: node.position.line,
            column: node.position.column,
            matcher: matcher(match)
        )
        if let respond = node["respond"] {
            for element in respond.elementsOrSelf { rule.responses.append(response(element)) }
        }
        if let then = node["then"] {
            rule.exhausted = then.string.flatMap { ScenarioRule.Exhausted(rawValue: $0) } ?? .repeatLast
            if node["respond"] == nil {
                fail(then.position, "'then' says what comes after the last response, and there is no 'respond'")
            }
        }
        for element in node["faults"]?.elementsOrSelf ?? [] {
            if let fault = fault(element) { rule.faults.append(fault) }
        }
        if match?["state"] != nil, let outer = node["state"] {
            fail(outer.position, "'state' is both in the rule and in its 'match'; expected it once")
        }
        let state = node["state"] ?? match?["state"]
        rule.requiredState = state?["requires"]?.string
        rule.nextState = state?["becomes"]?.string
        if ["respond", "faults", "state", "match"].allSatisfy({ node[$0] == nil }) { return rule }
        if node["respond"] == nil, node["faults"] == nil, rule.nextState == nil {
            fail(node.position, "the rule does nothing; expected 'respond', 'faults' or 'state' with 'becomes'")
        }
        return rule
    }

    /// A state that no rule brings about is never in force.
    private mutating func checkStates(_ nodes: [YAMLNode], _ rules: [ScenarioRule]) {
        let states = Set(rules.compactMap(\.nextState)).union([ScenarioProgress.firstState])
        for (node, rule) in zip(nodes, rules) {
            guard let required = rule.requiredState, !states.contains(required) else { continue }
            let place = (node["state"] ?? node["match"]?["state"])?["requires"]?.position ?? node.position
            fail(
                place,
                "no rule brings about the state '\(required)'." + NearestWord.hint(required, among: states.sorted())
            )
        }
    }

    /// A fault out of its name, a shorthand, or a mapping of its arguments.
    private mutating func fault(_ node: YAMLNode) -> (any Fault)? {
        let name = node.string ?? node.entries.first?.key ?? ""
        guard let type = FaultTable.fault(named: name) else { return nil }
        let said = node.entries.first?.value
        var arguments = FaultArguments()
        for parameter in type.parameters {
            guard let written = said?[parameter.name] ?? (parameter.isShorthand ? said : nil),
                written.scalar.map({ $0.value != .null }) == true
            else {
                if parameter.isRequired { return nil }
                continue
            }
            // A fault takes only what its parameters allow; anything else was told of by its shape.
            guard let value = written.faultValue(parameter.kind), parameter.accepts(value) else { return nil }
            arguments[parameter.name] = value
        }
        do throws(FaultArgumentError) {
            return try type.init(arguments)
        } catch {
            let place = error.parameter.flatMap { said?[$0]?.position } ?? node.position
            fail(place, error.message)
            return nil
        }
    }
}

extension YAMLNode {
    /// The elements of a list, or the one thing that is there instead of it.
    var elementsOrSelf: [YAMLNode] {
        if case .sequence(let elements) = content { elements } else { [self] }
    }

    /// A scalar's text as it is written.
    var scalarText: String? {
        scalar?.text
    }

    var bool: Bool? {
        if case .bool(let value)? = scalar?.value { value } else { nil }
    }

    var integer: Int? {
        if case .integer(let value)? = scalar?.value { value } else { nil }
    }

    var duration: Duration? {
        string.flatMap { Duration(text: $0) }
    }

    fileprivate func faultValue(_ kind: FaultParameter.Kind) -> FaultValue? {
        switch kind {
        case .duration: duration.map { .duration($0) }
        case .byteCount: (integer ?? string.flatMap { TextFormat.byteCount($0) }).map { .integer($0) }
        case .integer: integer.map { .integer($0) }
        case .bool: bool.map { .bool($0) }
        case .text, .choice: string.map { .text($0) }
        }
    }
}
