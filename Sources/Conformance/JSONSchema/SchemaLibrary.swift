package import OpenRouterAPI
package import YAMLDocuments

/// The schemas of a document, each read once, when something first points to it.
///
/// A reference is the number of another schema, so that schemas may refer to themselves.
package struct SchemaLibrary: Sendable {
    /// A keyword that is not checked, and where it first occurs.
    package struct UncheckedKeyword: Sendable, Hashable {
        package var keyword: String
        package var pointer: JSONPointer
    }

    package let document: YAMLDocument

    /// In the order in which they were met; each keyword once.
    package private(set) var uncheckedKeywords: [UncheckedKeyword] = []

    private var schemas: [Schema] = []
    private var ids: [JSONPointer: SchemaID] = [:]
    /// `components.schemas` by name: the document has hundreds, and finding a member is linear.
    private let components: [String: JSONValue]
    private static let componentsPointer = JSONPointer(components: ["components", "schemas"])

    package init(of document: YAMLDocument) {
        self.document = document
        let members = document.json.root.at(Self.componentsPointer)?.members.map { ($0.key, $0.value) } ?? []
        components = Dictionary(members) { $1 }
    }

    subscript(id: SchemaID) -> Schema {
        schemas[id.index]
    }

    /// Reads the schema at a pointer, and all that it refers to.
    ///
    /// - Parameters:
    ///   - pointer: into the document.
    ///   - value: what is there, where the caller has it at hand.
    /// - Returns: the schema; the same for the same pointer.
    /// - Throws: ``YAMLDocumentError`` at the first keyword that cannot be read.
    package mutating func schema(
        at pointer: JSONPointer,
        _ value: JSONValue? = nil
    ) throws(YAMLDocumentError) -> SchemaID {
        if let id = ids[pointer] { return id }
        guard let value = value ?? self.value(at: pointer) else {
            throw document.error(at: pointer, "there is nothing at '#\(pointer)'; expected a schema")
        }
        let id = SchemaID(index: schemas.count)
        ids[pointer] = id
        // Takes its place first, so that a reference back to it finds it.
        schemas.append(Schema(pointer: pointer))
        var reader = SchemaReader(value: value, pointer: pointer, document: document)
        schemas[id.index] = try reader.read(into: &self)
        return id
    }

    mutating func noteUnchecked(_ keyword: String, at pointer: JSONPointer) {
        guard !uncheckedKeywords.contains(where: { $0.keyword == keyword }) else { return }
        uncheckedKeywords.append(UncheckedKeyword(keyword: keyword, pointer: pointer))
    }

    /// What is at a pointer, or nil.
    func value(at pointer: JSONPointer) -> JSONValue? {
        guard pointer.components.count > 2, pointer.components[..<2] == Self.componentsPointer.components[...] else {
            return document.json.root.at(pointer)
        }
        return components[pointer.components[2]]?.at(JSONPointer(components: Array(pointer.components[3...])))
    }
}
