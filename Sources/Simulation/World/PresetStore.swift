/// The presets of a world's accounts.
struct PresetStore: Sendable, Codable {
    /// Versions kept in all, and bytes of their settings; OpenRouter states no limits.
    private static let versionLimit = 10_000
    private static let byteLimit = 64 << 20

    /// By key and slug.
    private var presets: [String: [String: Preset]] = [:]
    private var changeCount = 0
    private var versionCount = 0
    private var byteCount = 0

    /// An account's presets, the last changed one first.
    func all(of key: String) -> [Preset] {
        (presets[key]?.values).map { $0.sorted { $0.changeNumber > $1.changeNumber } } ?? []
    }

    subscript(slug slug: String, key key: String) -> Preset? {
        presets[key]?[slug]
    }

    /// Ids of what a change may create.
    struct NewIDs: Sendable {
        var preset: String
        var version: String
        /// Not new: that of the key which makes the change.
        var workspace: String
    }

    /// Creates a preset, or adds a version to it and designates that.
    ///
    /// - Returns: nil when the world holds no more.
    mutating func store(
        _ settings: PresetSettings,
        slug: String,
        key: String,
        ids: NewIDs,
        at now: Int64
    ) -> Preset? {
        guard versionCount < Self.versionLimit, byteCount + settings.byteCount <= Self.byteLimit else { return nil }
        versionCount += 1
        byteCount += settings.byteCount
        changeCount += 1
        let number = (presets[key]?[slug]?.designated.number ?? 0) + 1
        let version = Preset.Version(id: ids.version, number: number, settings: settings, createdAt: now)
        if presets[key]?[slug]?.designate(version, changeNumber: changeCount) == nil {
            let preset = Preset(
                id: ids.preset,
                slug: slug,
                workspaceID: ids.workspace,
                first: version,
                changeNumber: changeCount
            )
            presets[key, default: [:]][slug] = preset
        }
        return presets[key]?[slug]
    }

    /// - Returns: false when there is no such preset.
    mutating func setStatus(_ status: Preset.Status, slug: String, key: String, at now: Int64) -> Bool {
        guard var preset = presets[key]?[slug] else { return false }
        changeCount += 1
        preset.status = status
        preset.statusChangedAt = now
        preset.changedAt = now
        preset.changeNumber = changeCount
        presets[key]?[slug] = preset
        return true
    }
}
