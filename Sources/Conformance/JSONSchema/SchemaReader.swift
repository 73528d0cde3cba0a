internal import OpenRouterAPI
internal import YAMLDocuments

/// Reads the keywords of one schema.
struct SchemaReader {
    let value: JSONValue
    let pointer: JSONPointer
    let document: YAMLDocument
    private var schema: Schema

    init(value: JSONValue, pointer: JSONPointer, document: YAMLDocument) {
        self.value = value
        self.pointer = pointer
        self.document = document
        schema = Schema(pointer: pointer)
    }

    /// - Parameter library: takes the schemas inside this one, and those it refers to.
    /// - Returns: the schema.
    /// - Throws: ``YAMLDocumentError`` at the keyword that cannot be read.
    mutating func read(into library: inout SchemaLibrary) throws(YAMLDocumentError) -> Schema {
        if let bool = value.bool {
            schema.isNever = !bool
            return schema
        }
        guard value.kind == .object else { throw error(nil, expected: "a schema: an object, true or false", value) }
        for (keyword, value) in value.members where !Self.annotations.contains(keyword) && !keyword.hasPrefix("x-") {
            if try readAssertion(keyword, value) { continue }
            if try readApplicator(keyword, value, &library) { continue }
            library.noteUnchecked(keyword, at: pointer.appending(keyword))
        }
        return schema
    }

    /// Keywords that say nothing about validity; `discriminator` is read after the branches it names.
    private static let annotations: Set<String> = [
        "$comment", "$defs", "$id", "$schema", "contentEncoding", "contentMediaType", "default", "definitions",
        "deprecated", "description", "example", "examples", "externalDocs", "readOnly", "title", "writeOnly", "xml",
    ]

    /// - Returns: whether the keyword is one of them.
    private mutating func readAssertion(_ keyword: String, _ value: JSONValue) throws(YAMLDocumentError) -> Bool {
        switch keyword {
        case "type": schema.types = try types(value)
        case "enum": schema.constants = Schema.Constants(keyword: keyword, values: try array(keyword, value))
        case "const": schema.constants = Schema.Constants(keyword: keyword, values: [value])
        case "nullable": schema.isNullable = try bool(keyword, value)
        case "required":
            schema.required = []
            for name in try array(keyword, value) {
                guard let text = name.string else { throw error(keyword, expected: "names", name) }
                schema.required.append(text)
            }
        case "minProperties": schema.propertyCount.least = try count(keyword, value)
        case "maxProperties": schema.propertyCount.most = try count(keyword, value)
        case "minItems": schema.itemCount.least = try count(keyword, value)
        case "maxItems": schema.itemCount.most = try count(keyword, value)
        case "uniqueItems": schema.hasUniqueItems = try bool(keyword, value)
        case "minLength": schema.length.least = try count(keyword, value)
        case "maxLength": schema.length.most = try count(keyword, value)
        case "format": schema.format = value.string.flatMap { StringFormat(rawValue: $0) }
        case "pattern": try readPattern(value)
        case "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum": try readRange(keyword, value)
        default: return false
        }
        return true
    }

    /// - Returns: whether the keyword is one of them.
    private mutating func readApplicator(
        _ keyword: String,
        _ value: JSONValue,
        _ library: inout SchemaLibrary
    ) throws(YAMLDocumentError) -> Bool {
        switch keyword {
        case "$ref": schema.reference = try reference(keyword, value, &library)
        case "allOf": schema.allOf = try branches(keyword, value, &library)
        case "anyOf": schema.anyOf = try branches(keyword, value, &library)
        case "oneOf": schema.oneOf = try branches(keyword, value, &library)
        case "not": schema.not = try library.schema(at: pointer.appending(keyword), value)
        case "prefixItems": schema.prefixItems = try branches(keyword, value, &library)
        case "items": schema.items = try library.schema(at: pointer.appending(keyword), value)
        case "additionalProperties":
            schema.additionalProperties = try library.schema(at: pointer.appending(keyword), value)
        case "properties":
            guard value.kind == .object else { throw error(keyword, expected: "an object of schemas", value) }
            for (name, property) in value.members where schema.properties[name] == nil {
                schema.properties[name] = try library.schema(
                    at: pointer.appending(keyword).appending(name),
                    property
                )
                schema.propertyNames.append(name)
            }
        case "discriminator": schema.discriminator = try discriminator(value, &library)
        default: return false
        }
        return true
    }
}

// MARK: - Values of keywords

extension SchemaReader {
    private func types(_ value: JSONValue) throws(YAMLDocumentError) -> SchemaTypes {
        var types: SchemaTypes = []
        for name in value.kind == .array ? Array(value.elements) : [value] {
            guard let type = name.string.flatMap({ SchemaTypes(name: $0) }) else {
                throw error("type", expected: "one or several of \(SchemaTypes.allNames.joined(separator: ", "))", name)
            }
            types.formUnion(type)
        }
        return types
    }

    private func array(_ keyword: String, _ value: JSONValue) throws(YAMLDocumentError) -> [JSONValue] {
        guard value.kind == .array else { throw error(keyword, expected: "an array", value) }
        return Array(value.elements)
    }

    private func bool(_ keyword: String, _ value: JSONValue) throws(YAMLDocumentError) -> Bool {
        guard let bool = value.bool else { throw error(keyword, expected: "true or false", value) }
        return bool
    }

    private func count(_ keyword: String, _ value: JSONValue) throws(YAMLDocumentError) -> Int {
        guard let count = value.int, count >= 0 else { throw error(keyword, expected: "a number from 0 on", value) }
        return count
    }

    private mutating func readPattern(_ value: JSONValue) throws(YAMLDocumentError) {
        guard let pattern = value.string else { throw error("pattern", expected: "a regular expression", value) }
        guard (try? Regex(pattern)) != nil else {
            throw error("pattern", expected: "a regular expression that can be read", value)
        }
        schema.pattern = pattern
    }

    private mutating func readRange(_ keyword: String, _ value: JSONValue) throws(YAMLDocumentError) {
        // OpenAPI 3.0 had switches here, and documents that were turned into 3.1 still do.
        if let isExclusive = value.bool, keyword.hasPrefix("exclusive") {
            guard isExclusive else { return }
            let bound = self.value[keyword == "exclusiveMinimum" ? "minimum" : "maximum"]?.double
            guard let bound else { throw error(keyword, expected: "a number, or true beside a bound", value) }
            if keyword == "exclusiveMinimum" {
                schema.range.exclusiveMinimum = bound
            } else {
                schema.range.exclusiveMaximum = bound
            }
            return
        }
        guard let number = value.double else { throw error(keyword, expected: "a number", value) }
        switch keyword {
        case "minimum": schema.range.minimum = number
        case "maximum": schema.range.maximum = number
        case "exclusiveMinimum": schema.range.exclusiveMinimum = number
        default: schema.range.exclusiveMaximum = number
        }
    }

    private func branches(
        _ keyword: String,
        _ value: JSONValue,
        _ library: inout SchemaLibrary
    ) throws(YAMLDocumentError) -> [SchemaID] {
        var ids: [SchemaID] = []
        for (position, branch) in try array(keyword, value).enumerated() {
            ids.append(try library.schema(at: pointer.appending(keyword).appending(position), branch))
        }
        return ids
    }

    private func reference(
        _ keyword: String,
        _ value: JSONValue,
        _ library: inout SchemaLibrary
    ) throws(YAMLDocumentError) -> SchemaID {
        guard let text = value.string, text.hasPrefix("#"), let target = try? JSONPointer(text.dropFirst()) else {
            throw error(keyword, expected: "a reference into this document such as '#/components/schemas/Name'", value)
        }
        do {
            return try library.schema(at: target)
        } catch {
            // What is missing is told where it is asked for; what is wrong in the target, there.
            guard document.root.at(target) == nil else { throw error }
            throw self.error(keyword, expected: "a reference to something in this document", value)
        }
    }

    private func discriminator(
        _ value: JSONValue,
        _ library: inout SchemaLibrary
    ) throws(YAMLDocumentError) -> Schema.Discriminator {
        guard let property = value["propertyName"]?.string else {
            throw error("discriminator", expected: "an object with 'propertyName'", value)
        }
        var branches: [String: SchemaID] = [:]
        for (name, target) in value["mapping"]?.members.map({ $0 }) ?? [] {
            branches[name] = try reference("discriminator", target, &library)
        }
        return Schema.Discriminator(property: property, branches: branches)
    }

    /// A keyword of nil stands for the schema as a whole.
    private func error(_ keyword: String?, expected: String, _ found: JSONValue) -> YAMLDocumentError {
        let name = keyword.map { "'\($0)' is " } ?? ""
        let place = keyword.map { pointer.appending($0) } ?? pointer
        return document.error(at: place, "\(name)\(found.excerpt); expected \(expected)")
    }
}
