internal import OpenRouterAPI

/// Settings that requests name instead of repeating them (schema `Preset`).
struct Preset: Sendable, Codable {
    enum Status: String, Sendable, CaseIterable, Codable {
        case active, disabled, archived
    }

    /// One state of the settings (schema `PresetDesignatedVersion`).
    struct Version: Sendable, Codable {
        /// A UUID.
        let id: String
        /// From 1.
        let number: Int
        let settings: PresetSettings
        /// Microseconds since 1970 on the world's clock.
        let createdAt: Int64
    }

    /// A UUID.
    let id: String
    let slug: String
    /// Where the key that made it belongs; the preset itself is the account's.
    let workspaceID: String
    var status = Status.active
    /// Microseconds since 1970; nil while the status is that of the beginning.
    var statusChangedAt: Int64?
    /// Microseconds since 1970, as ``changedAt``.
    let createdAt: Int64
    var changedAt: Int64
    /// Counts the changes of a world's presets: under a fixed clock times are equal.
    var changeNumber: Int
    /// From old to new.
    private(set) var versions: [Version]

    init(id: String, slug: String, workspaceID: String, first: Version, changeNumber: Int) {
        self.id = id
        self.slug = slug
        self.workspaceID = workspaceID
        self.changeNumber = changeNumber
        createdAt = first.createdAt
        changedAt = first.createdAt
        versions = [first]
        designated = first
    }

    /// The version that requests get: always the newest.
    private(set) var designated: Version

    mutating func designate(_ version: Version, changeNumber: Int) {
        versions.append(version)
        designated = version
        changedAt = version.createdAt
        self.changeNumber = changeNumber
    }
}

extension Preset {
    private static let longestSlug = 100

    /// Whether a text can stand in a URL as it is: unreserved characters (RFC 3986 §2.3).
    static func isValid(slug: String) -> Bool {
        let isUnreserved = { (byte: UInt8) in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "A")...UInt8(ascii: "Z"):
                true
            default: "-._~".utf8.contains(byte)
            }
        }
        return (1...longestSlug).contains(slug.utf8.count) && slug.utf8.allSatisfy(isUnreserved)
    }
}
