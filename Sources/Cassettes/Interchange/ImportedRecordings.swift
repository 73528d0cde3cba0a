/// What an importer made of a file of another tool.
package struct ImportedRecordings: Sendable {
    package var interactions: [ImportedInteraction] = []

    /// What could not be carried over, a line each, with how often it happened.
    ///
    /// In the order in which they first came up.
    package private(set) var losses: [Loss] = []

    package struct Loss: Sendable, Hashable {
        package var what: String
        package var count: Int
    }

    mutating func lose(_ what: String) {
        if let index = losses.firstIndex(where: { $0.what == what }) {
            losses[index].count += 1
        } else {
            losses.append(Loss(what: what, count: 1))
        }
    }
}

extension ImportedRecordings.Loss: CustomStringConvertible {
    package var description: String {
        count == 1 ? what : "\(what) (\(count) times)"
    }
}

/// The tools whose files can be imported.
package enum ImportFormat: String, Sendable, CaseIterable {
    /// A text of this tool, see ``Cassette/exportText(to:progress:)``.
    case yaml
    /// HTTP Archive 1.2, as browsers and mitmproxy write it.
    case har
    /// Cassettes of vcrpy, in YAML or JSON.
    case vcrpy
    /// Fixtures of aimock.
    case aimock
}
