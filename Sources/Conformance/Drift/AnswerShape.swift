internal import OpenRouterAPI

/// Which members JSON values have, and of which types, whatever their values are.
struct AnswerShape {
    /// By pointer; `*` stands for every element of an array.
    private var types: [JSONPointer: Set<String>] = [:]
    /// The pointers in the order in which they were met.
    private var pointers: [JSONPointer] = []

    mutating func add(_ value: JSONValue, at pointer: JSONPointer = JSONPointer()) {
        // Prices and times are integers by chance.
        let type = value.typeName == "integer" ? "number" : value.typeName
        if types[pointer] == nil { pointers.append(pointer) }
        types[pointer, default: []].insert(type)
        for element in value.elements { add(element, at: pointer.appending("*")) }
        for (name, member) in value.members { add(member, at: pointer.appending(name)) }
    }

    /// What is here and not in another shape, which the problems call the simulator's.
    ///
    /// What lies inside something that the other lacks, or has as an empty array, is not told again.
    func problems(against other: AnswerShape, _ place: ConformanceProblem.Place) -> [ConformanceProblem] {
        pointers.compactMap { pointer in
            let own = types[pointer, default: []]
            var problem = ConformanceProblem(place, "")
            problem.pointer = pointer
            guard let others = other.types[pointer] else {
                guard let name = pointer.components.last, name != "*" else { return nil }
                let around = JSONPointer(components: Array(pointer.components.dropLast()))
                guard other.types[around]?.contains("object") == true else { return nil }
                problem.message = "the live answer has this member, the simulator's has not"
                return problem
            }
            guard !own.isSubset(of: others) else { return nil }
            problem.message = "\(Self.text(own)) in the live answer, \(Self.text(others)) in the simulator's"
            return problem
        }
    }

    private static func text(_ types: Set<String>) -> String {
        types.sorted().joined(separator: " or ")
    }
}
