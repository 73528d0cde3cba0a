internal import OpenRouterAPI

/// The body of an inference request as it counts: with the settings of the preset it names, and without what a
/// guardrail redacts.
struct InferenceBody: Sendable {
    let value: JSONValue
    /// Nil where the request names none; then ``value`` is as it was sent.
    var preset: Preset?
    /// `model` as it was sent, where it names a preset.
    var presetModel: String?
    /// What content filters say about it; nil where there are none.
    var screening: ContentScreening?

    /// What preset and request say about the response cache (reference: platform §1.12).
    var presetCache: PresetCache? {
        guard preset != nil else { return nil }
        return PresetCache(isEnabled: value["cache_enabled"]?.bool, seconds: value["cache_ttl_seconds"]?.int)
    }
}

extension InferenceBody {
    fileprivate func screened(by policy: GuardrailPolicy) throws(APIError) -> InferenceBody {
        var scanner = ContentScanner(policy)
        let members = scanner.screened(value)
        return InferenceBody(
            value: scanner.hasRedacted ? try members.document() : value,
            preset: preset,
            presetModel: presetModel,
            screening: ContentScreening(scanner)
        )
    }
}

extension Call {
    /// Parses the body, puts the settings of the preset it names under it, gives a request without a model the one of the
    /// caller's workspace (`/messages` requires a model), and searches all with the caller's content filters.
    ///
    /// - Throws: ``APIError`` 400 for a body that is no JSON or a reference that names nothing, 404 for a preset that
    ///   there is not or that is not active.
    func inferenceBody(_ skin: RequestSkin) throws(APIError) -> InferenceBody {
        let body = try modelBody(skin)
        return caller.guardrails.screensContent ? try body.screened(by: caller.guardrails) : body
    }

    private func modelBody(_ skin: RequestSkin) throws(APIError) -> InferenceBody {
        let body = try presetBody(skin)
        guard skin != .messages, let model = caller.workspace.defaultTextModel, body.value.namesNoModel else {
            return body
        }
        var members = JSONObject(
            body.value.members.filter { $0.key != "model" }.map { ($0.key, JSON($0.value)) }
        )
        members.append("model", .string(model))
        return InferenceBody(value: try members.document(), preset: body.preset, presetModel: body.presetModel)
    }

    /// Parses the body and puts the settings of the preset it names under it.
    ///
    /// - Throws: ``APIError`` as ``inferenceBody(_:)``.
    func presetBody(_ skin: RequestSkin) throws(APIError) -> InferenceBody {
        let body = try document()
        guard let reference = try PresetReference(body) else { return InferenceBody(value: body) }
        guard let preset = world.preset(slug: reference.slug, key: accountID) else {
            throw .presetNotFound(reference.slug)
        }
        guard preset.status == .active else {
            throw APIError(status: 404, message: "Preset \(preset.slug) is \(preset.status.rawValue)")
        }
        let merge = PresetMerge(settings: preset.designated.settings, skin: skin)
        return InferenceBody(
            value: try merge.merged(body, reference).document(),
            preset: preset,
            presetModel: reference.isInModel ? body["model"]?.string : nil
        )
    }
}

extension JSONValue {
    /// Whether a body is an object with neither `model` nor anything in `models`.
    fileprivate var namesNoModel: Bool {
        kind == .object && (self["model"]?.isNull ?? true)
            && (self["models"].map { $0.isNull || $0.count == 0 } ?? true)
    }
}

extension JSONObject {
    /// The same as a document of its own.
    ///
    /// - Throws: ``APIError`` 400 for one beyond the parser's limits, which two parts within them can make together.
    func document() throws(APIError) -> JSONValue {
        do {
            return try JSONDocument(parsing: JSON.object(self).serialized()).root
        } catch {
            throw .malformedJSON(error)
        }
    }
}

extension APIError {
    static func presetNotFound(_ slug: String) -> APIError {
        APIError(status: 404, message: "Preset \(slug) not found")
    }
}
