/// Which calls of those that match, counted from 1.
package struct CallRange: Sendable, Hashable {
    package var first: Int
    /// Nil for all from the first on.
    package var last: Int?

    package init(first: Int, last: Int?) {
        self.first = first
        self.last = last
    }

    /// `3`, `1..3` or `2..`; nil for anything else.
    init?(_ text: String) {
        guard let dots = text.firstRange(of: "..") else {
            guard let call = Self.number(text[...]) else { return nil }
            self.init(first: call, last: call)
            return
        }
        guard let first = Self.number(text[..<dots.lowerBound]) else { return nil }
        let rest = text[dots.upperBound...]
        guard !rest.isEmpty else {
            self.init(first: first, last: nil)
            return
        }
        guard let last = Self.number(rest), last >= first else { return nil }
        self.init(first: first, last: last)
    }

    package func contains(_ call: Int) -> Bool {
        call >= first && last.map { call <= $0 } ?? true
    }

    private static func number(_ text: Substring) -> Int? {
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(text), number > 0 else {
            return nil
        }
        return number
    }
}
