@testable internal import OpenRouterAPI

extension JSONValue {
    /// The root of a document that a test writes as text.
    init(parsing text: String) throws(JSONSyntaxError) {
        self = try JSONDocument(parsing: text.utf8).root
    }
}
