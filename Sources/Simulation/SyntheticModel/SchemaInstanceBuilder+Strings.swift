internal import OpenRouterAPI

extension SchemaInstanceBuilder {
    /// A string that satisfies pattern, format and length, in this order, or else is plausible for its name.
    mutating func string(of layers: SchemaLayers, name: String) -> String {
        // Lengths are in Unicode code points (JSON Schema Validation 2020-12, section 6.3.1).
        let minimum = min(max(layers.largest("minLength") ?? 0, 0), 100_000)
        let maximum = layers.smallest("maxLength") ?? .max
        guard minimum <= maximum else {
            report(.impossible("'maxLength' is smaller than 'minLength'"))
            return words.text(named: name)
        }
        let patterns = layers.values("pattern").compactMap(\.string)
        if let expression = patterns.first {
            if let pattern = StringPattern(expression) {
                if let text = pattern.text(lengths: minimum...maximum, using: &words.generator) {
                    for other in patterns.dropFirst() where other != expression { report(.unsupportedPattern(other)) }
                    return text
                }
                report(.impossible("no string of the allowed length was found for the pattern '\(expression)'"))
            } else {
                report(.unsupportedPattern(expression))
            }
        }
        if let format = layers.values("format").compactMap(\.string).first, let text = words.text(format: format) {
            let length = text.unicodeScalars.count
            if (minimum...maximum).contains(length) { return text }
        }
        return fit(words.text(named: name), into: minimum...maximum)
    }

    /// The text, cut or extended by words to a length in `lengths`.
    private mutating func fit(_ text: String, into lengths: ClosedRange<Int>) -> String {
        var scalars = Array(text.unicodeScalars)
        while scalars.count < lengths.lowerBound {
            scalars.append(" ")
            scalars.append(contentsOf: words.key().unicodeScalars)
        }
        if scalars.count > lengths.upperBound {
            scalars.removeLast(scalars.count - lengths.upperBound)
            // A cut after a space leaves a ragged end; within the limits it goes.
            while scalars.last == " ", scalars.count > lengths.lowerBound { scalars.removeLast() }
        }
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }
}
