internal import OpenRouterAPI

/// The presets of each account.
extension World {
    /// An account's presets, the last changed one first.
    func presets(key: String) -> [Preset] {
        withInferenceState { state, _ in state.presets.all(of: key) }
    }

    func preset(slug: String, key: String) -> Preset? {
        withInferenceState { state, _ in state.presets[slug: slug, key: key] }
    }

    /// Creates a preset, or adds a version to it and designates that.
    ///
    /// - Throws: ``APIError`` 400 when the world holds no more.
    func storePreset(
        _ settings: PresetSettings,
        slug: String,
        key: String,
        ids: PresetStore.NewIDs
    ) throws(APIError) -> Preset {
        let stored = withInferenceState { state, now in
            state.presets.store(settings, slug: slug, key: key, ids: ids, at: now)
        }
        guard let stored else {
            throw APIError(status: 400, message: "The simulator holds no more presets; reset it or use another world.")
        }
        return stored
    }

    /// Switches a preset on or off, which OpenRouter has on its web pages only.
    ///
    /// - Returns: false when there is no such preset.
    func setPresetStatus(_ status: Preset.Status, slug: String, key: String) -> Bool {
        withInferenceState { state, now in state.presets.setStatus(status, slug: slug, key: key, at: now) }
    }
}
