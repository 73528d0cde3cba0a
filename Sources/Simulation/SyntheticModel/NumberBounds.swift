internal import OpenRouterAPI

/// The numbers that schemas allow: an interval, and perhaps the multiples of a step.
struct NumberBounds {
    /// The least and the greatest number, infinite where there is no bound.
    private(set) var least = -Double.infinity
    private(set) var greatest = Double.infinity
    /// Whether the bound itself is not allowed.
    private(set) var excludesLeast = false
    private(set) var excludesGreatest = false
    /// The numbers that must divide the value.
    private(set) var steps: [Double] = []

    /// Collects the bounds of all layers.
    ///
    /// Up to draft 4, `exclusiveMinimum` is true or false beside `minimum`.
    init(_ layers: SchemaLayers) {
        for schema in layers.schemas {
            if let bound = schema["minimum"]?.double {
                raise(to: bound, exclusive: schema["exclusiveMinimum"]?.bool == true)
            }
            if let bound = schema["maximum"]?.double {
                lower(to: bound, exclusive: schema["exclusiveMaximum"]?.bool == true)
            }
            if let bound = schema["exclusiveMinimum"]?.double { raise(to: bound, exclusive: true) }
            if let bound = schema["exclusiveMaximum"]?.double { lower(to: bound, exclusive: true) }
            if let step = schema["multipleOf"]?.double, step > 0 { steps.append(step) }
        }
    }

    private mutating func raise(to bound: Double, exclusive: Bool) {
        if bound > least || (bound == least && exclusive) { (least, excludesLeast) = (bound, exclusive) }
    }

    private mutating func lower(to bound: Double, exclusive: Bool) {
        if bound < greatest || (bound == greatest && exclusive) { (greatest, excludesGreatest) = (bound, exclusive) }
    }

    /// Whether `number` is allowed.
    func contains(_ number: Double) -> Bool {
        (excludesLeast ? number > least : number >= least)
            && (excludesGreatest ? number < greatest : number <= greatest)
            && steps.allSatisfy { step in
                let quotient = number / step
                return abs(quotient - quotient.rounded()) <= 1e-9 * max(1, abs(quotient))
            }
    }

    /// The whole numbers `n` for which `n / divisor` is within the interval; steps aside.
    ///
    /// Nil when there is none.
    func numerators(over divisor: Double) -> ClosedRange<Int>? {
        var low = Int(clamping: (least * divisor).rounded(.up))
        var high = Int(clamping: (greatest * divisor).rounded(.down))
        if Double(low) / divisor < least || (excludesLeast && Double(low) / divisor <= least) { low += 1 }
        if Double(high) / divisor > greatest || (excludesGreatest && Double(high) / divisor >= greatest) { high -= 1 }
        return low <= high ? low...high : nil
    }
}
