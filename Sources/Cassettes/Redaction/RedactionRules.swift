internal import OpenRouterAPI

/// What a user says is secret besides what every recorder knows.
///
/// A cassette keeps the rules it was recorded with, so that a replay finds the same fingerprints without being told.
package struct RedactionRules: Sendable {
    package var patterns: [RedactionPattern]
    package var pointers: [RedactionPointer]

    package init(patterns: [RedactionPattern] = [], pointers: [RedactionPointer] = []) {
        self.patterns = patterns
        self.pointers = pointers
    }

    package var isEmpty: Bool { patterns.isEmpty && pointers.isEmpty }

    /// These rules and those of the others that are not among them.
    package func adding(_ others: RedactionRules) -> RedactionRules {
        let sources = Set(patterns.map(\.source))
        return RedactionRules(
            patterns: patterns + others.patterns.filter { !sources.contains($0.source) },
            pointers: pointers + others.pointers.filter { !pointers.contains($0) }
        )
    }
}

extension RedactionRules: Equatable {
    package static func == (left: RedactionRules, right: RedactionRules) -> Bool {
        left.patterns.map(\.source) == right.patterns.map(\.source) && left.pointers == right.pointers
    }
}

extension RedactionRules {
    /// As a cassette keeps them: `{"patterns":["…"],"pointers":["…"]}`.
    var text: String {
        let json: JSON = [
            "patterns": .array(patterns.map { .string($0.source) }),
            "pointers": .array(pointers.map { .string($0.source) }),
        ]
        return json.text
    }

    /// Nil if the text is none of ours, or holds an expression that this build does not understand.
    init?(text: String) {
        guard let root = (try? JSONDocument(parsing: text.utf8))?.root,
            let patterns = root["patterns"], let pointers = root["pointers"]
        else { return nil }
        self.init()
        for element in patterns.elements {
            guard let source = element.string, let pattern = try? RedactionPattern(source) else { return nil }
            self.patterns.append(pattern)
        }
        for element in pointers.elements {
            guard let source = element.string, let pointer = try? RedactionPointer(source) else { return nil }
            self.pointers.append(pointer)
        }
    }
}
