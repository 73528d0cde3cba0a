internal import HTTPTypes
internal import OpenRouterAPI
internal import Tapes

/// A preset, or a new version of one, from the body of an inference request; no inference runs (reference: platform
/// §5.8).
extension Operation {
    /// `POST /presets/{slug}/chat/completions`.
    static let createPresetFromChat = presetCreation("createPresetsChatCompletions", "chat/completions", .chat) {
        body,
        now throws(APIError) in
        _ = try ChatRequestReader(body, now: now).read()
    }

    /// `POST /presets/{slug}/messages`.
    static let createPresetFromMessages = presetCreation("createPresetsMessages", "messages", .messages) {
        body,
        now throws(APIError) in
        _ = try MessagesRequestReader(body, now: now).read()
    }

    /// `POST /presets/{slug}/responses`.
    static let createPresetFromResponses = presetCreation("createPresetsResponses", "responses", .responses) {
        body,
        now throws(APIError) in
        _ = try ResponsesRequestReader(body, now: now).read()
    }

    /// - Parameters:
    ///   - id: of this operation.
    ///   - path: of the inference operation.
    ///   - skin: of its requests.
    ///   - check: throws what that operation would throw at this body and time.
    /// - Returns: the operation that keeps such a request.
    private static func presetCreation(
        _ id: String,
        _ path: String,
        _ skin: RequestSkin,
        check: @escaping @Sendable (JSONValue, Int64) throws(APIError) -> Void
    ) -> Operation {
        Operation(id, .post, "/presets/:slug/" + path, .inferenceKey, reads: .body(skin.bodyShape)) {
            call throws(APIError) in
            let slug = call.pathParameters["slug", default: ""]
            guard Preset.isValid(slug: slug) else {
                throw .invalidField(
                    "slug",
                    expected: "at most 100 letters, digits, dashes, dots, underscores and tildes",
                    found: JSON.string(slug).text
                )
            }
            // A body that names a preset is kept as it would run.
            let body = try call.presetBody(skin).value
            try check(body, call.world.now)
            let settings = try PresetSettings(from: body, skin: skin)
            var generator = call.world.generator(forRequestDigest: call.contentDigest(of: body))
            let ids = PresetStore.NewIDs(
                preset: generator.uuid(),
                version: generator.uuid(),
                workspace: call.caller.workspace.id
            )
            let preset = try call.world.storePreset(settings, slug: slug, key: call.accountID, ids: ids)
            return .preset(preset, account: call.account)
        }
    }
}
