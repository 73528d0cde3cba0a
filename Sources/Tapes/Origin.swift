/// Where a tape comes from, for people who ask why they got this answer.
package struct Origin: Sendable, Hashable {
    package enum Source: Sendable, Hashable {
        /// The simulation made it; the seed is the world's.
        case synthetic(seed: UInt64)
        /// A recording; `interaction` is its number in the file.
        case cassette(file: String, interaction: Int64)
        /// The upstream answered just now.
        case upstream(url: String)
        /// A line of a scenario file.
        case scenario(file: String, line: Int)
        /// The control API.
        case control
        /// The server itself, for what it refuses before anybody is asked: malformed HTTP, limits, misses.
        case server
    }

    package var source: Source

    /// Names of the faults applied, in order.
    package var faults: [String]

    package init(_ source: Source, faults: [String] = []) {
        self.source = source
        self.faults = faults
    }

    package static let control = Origin(.control)
    package static let server = Origin(.server)
}

extension Origin {
    /// One word for metrics and logs.
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        case synthetic, cassette, upstream, scenario, control, server
    }

    package var kind: Kind {
        switch source {
        case .synthetic: .synthetic
        case .cassette: .cassette
        case .upstream: .upstream
        case .scenario: .scenario
        case .control: .control
        case .server: .server
        }
    }
}

extension Origin: CustomStringConvertible {
    package var description: String {
        let text =
            switch source {
            case .synthetic(let seed): "synthetic seed \(seed)"
            case .cassette(let file, let interaction): "cassette \(file) #\(interaction)"
            case .upstream(let url): "upstream \(url)"
            case .scenario(let file, let line): "scenario \(file):\(line)"
            case .control, .server: kind.rawValue
            }
        return faults.isEmpty ? text : text + " + " + faults.joined(separator: ", ")
    }
}
