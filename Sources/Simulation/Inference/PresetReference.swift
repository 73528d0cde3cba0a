internal import OpenRouterAPI

/// The preset that a request names (reference: platform §1.10).
///
/// `"model": "@preset/slug"`, `"model": "author/slug@preset/slug"` or `"preset": "slug"`.
struct PresetReference: Sendable {
    private static let mark = "@preset/"

    let slug: String
    /// Whether `model` holds the reference.
    let isInModel: Bool
    /// What `model` names beside it; nil when that is nothing.
    var model: String?

    /// Nil for a body that names none.
    ///
    /// - Throws: ``APIError`` 400 for a slug that is none, or two that differ.
    init?(_ body: JSONValue) throws(APIError) {
        let field = body["preset"].flatMap { $0.isNull ? nil : $0 }
        let model = body["model"]?.string
        // Most models have no @; the search for the mark is not for them.
        let mark = model.flatMap { $0.utf8.contains(UInt8(ascii: "@")) ? $0.firstRange(of: Self.mark) : nil }
        guard let model, let mark else {
            guard let field else { return nil }
            guard let slug = field.string, !slug.isEmpty else {
                throw .invalidField("preset", expected: "a preset's slug", found: field.excerpt)
            }
            self.slug = slug
            isInModel = false
            return
        }
        slug = String(model[mark.upperBound...])
        isInModel = true
        if mark.lowerBound > model.startIndex { self.model = String(model[..<mark.lowerBound]) }
        guard !slug.isEmpty else {
            throw .invalidField("model", expected: "a preset's slug after \(Self.mark)", found: JSON.string(model).text)
        }
        if let field, field.string != slug {
            throw .invalidField("preset", expected: "the preset that model names, \(slug)", found: field.excerpt)
        }
    }
}
