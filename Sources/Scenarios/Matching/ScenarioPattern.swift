internal import Synchronization

/// A regular expression in the syntax of Swift's `Regex`, which is close to that of PCRE.
package final class ScenarioPattern: Sendable {
    package let source: String
    /// A `Regex` is not Sendable, since it may hold closures.
    private let regex: Mutex<Regex<AnyRegexOutput>>

    /// - Throws: whatever `Regex` finds wrong.
    package init(_ source: String) throws {
        self.source = source
        regex = Mutex(try Regex(source))
    }

    /// Whether it matches somewhere in a text.
    package func matches(_ text: String) -> Bool {
        regex.withLock { text.contains($0) }
    }
}

extension ScenarioPattern: Hashable {
    package static func == (left: ScenarioPattern, right: ScenarioPattern) -> Bool {
        left.source == right.source
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(source)
    }
}
