internal import OpenRouterAPI

extension SchemaInstanceBuilder {
    /// An integer within the bounds, near what the name suggests.
    mutating func integer(of layers: SchemaLayers, name: String) -> JSON {
        let bounds = NumberBounds(layers)
        // A step with a fraction, such as 2.5, is met by its whole multiples, for which 10 or 100 times it will do.
        let step = bounds.steps.reduce(1) { $0.leastCommonMultiple(with: $1.wholeMultiple) }
        guard let allowed = bounds.numerators(over: 1), let number = multiple(of: step, in: allowed, name: name) else {
            report(.impossible("no integer is within the bounds"))
            return .integer(0)
        }
        return .integer(number)
    }

    /// A number with up to two decimals within the bounds, near what the name suggests.
    mutating func number(of layers: SchemaLayers, name: String) -> JSON {
        let bounds = NumberBounds(layers)
        // Sought as a whole number over a power of ten, so that the result is the double nearest to its decimals.
        for divisor in [100, 1000, 1_000_000, 1_000_000_000] as [Double] {
            let steps = bounds.steps.map { Int(clamping: ($0 * divisor).rounded()) }
            guard zip(steps, bounds.steps).allSatisfy({ $0 > 0 && abs(Double($0) - $1 * divisor) < 1e-6 }) else {
                continue
            }
            let step = steps.reduce(1) { $0.leastCommonMultiple(with: $1) }
            guard let allowed = bounds.numerators(over: divisor),
                let numerator = multiple(of: step, in: allowed, scale: Int(divisor), name: name)
            else { continue }
            return .number(Double(numerator) / divisor)
        }
        let candidates = [
            bounds.least / 2 + bounds.greatest / 2, bounds.least, bounds.greatest, bounds.steps.first ?? 0, 0,
        ]
        guard let number = candidates.first(where: { $0.isFinite && bounds.contains($0) }) else {
            report(.impossible("no number was found within the bounds"))
            return .integer(0)
        }
        return .number(number)
    }

    /// A multiple of `step` in `allowed`, in the part that the name suggests if that part has one.
    private mutating func multiple(
        of step: Int,
        in allowed: ClosedRange<Int>,
        scale: Int = 1,
        name: String
    ) -> Int? {
        let usual = words.range(named: name)
        let suggested = (usual.lowerBound * scale)...(usual.upperBound * scale)
        if suggested.overlaps(allowed), let number = multiple(of: step, in: suggested.clamped(to: allowed)) {
            return number
        }
        // Near the bound that is closer to zero.
        let width = max(step, 1).multipliedReportingOverflow(by: 100)
        let near = width.overflow ? Int.max / 4 : min(width.partialValue, Int.max / 4)
        let close =
            allowed.lowerBound >= 0
            ? allowed.lowerBound...min(allowed.upperBound, allowed.lowerBound + near)
            : max(allowed.lowerBound, allowed.upperBound - near)...allowed.upperBound
        return multiple(of: step, in: close)
    }

    private mutating func multiple(of step: Int, in range: ClosedRange<Int>) -> Int? {
        let low = range.lowerBound / step + (range.lowerBound > 0 && range.lowerBound % step != 0 ? 1 : 0)
        let high = range.upperBound / step - (range.upperBound < 0 && range.upperBound % step != 0 ? 1 : 0)
        return low <= high ? words.integer(in: low...high) * step : nil
    }
}

extension Int {
    /// The least common multiple of two positive numbers; a large number when it does not fit.
    fileprivate func leastCommonMultiple(with other: Int) -> Int {
        var (divisor, rest) = (self, other)
        while rest != 0 { (divisor, rest) = (rest, divisor % rest) }
        let product = (self / divisor).multipliedReportingOverflow(by: other)
        return product.overflow ? Int.max / 4 : product.partialValue
    }
}

extension Double {
    /// The least positive multiple that is whole, for numbers with up to six decimals; 1 for others.
    fileprivate var wholeMultiple: Int {
        let numerator = Int(clamping: (self * 1_000_000).rounded())
        guard numerator > 0, abs(Double(numerator) - self * 1_000_000) < 1e-3 else { return 1 }
        return numerator.leastCommonMultiple(with: 1_000_000) / 1_000_000
    }
}
