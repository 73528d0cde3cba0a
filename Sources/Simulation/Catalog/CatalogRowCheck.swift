internal import OpenRouterAPI

/// Holds rows of a file, or models of a listing, against what the loader takes for granted.
struct CatalogRowCheck {
    let file: String
    private var ids: Set<String> = []

    init(file: String) {
        self.file = file
    }

    /// - Throws: ``CatalogFileError`` where there is none.
    func array(_ value: JSONValue, _ name: String) throws(CatalogFileError) -> JSONValue {
        guard let array = value[name], array.kind == .array else {
            throw error(value[name] ?? value, "expected an array '\(name)'")
        }
        return array
    }

    mutating func models(_ rows: JSONValue) throws(CatalogFileError) {
        guard rows.count > 0 else { throw error(rows, "expected at least one model") }
        for row in rows.elements { try model(row) }
        for row in rows.elements {
            guard let target = row["alias_of"]?.string, !ids.contains(target) else { continue }
            throw error(row, "'alias_of' names '\(target)', which is no model of this file")
        }
    }

    /// What a model's row and a listed model have in common.
    mutating func model(_ row: JSONValue) throws(CatalogFileError) {
        guard let id = row["id"]?.string, id.split(separator: "/").count == 2, !id.contains(" ") else {
            throw error(row["id"] ?? row, "expected an 'id' such as \"openai/gpt-4o-mini\"")
        }
        guard ids.insert(id).inserted else { throw error(row, "'\(id)' occurs again; expected each id once") }
        for name in ["name", "canonical_slug"] {
            guard let value = row[name], value.string?.isEmpty ?? true else { continue }
            throw error(value, "'\(name)' of '\(id)' is \(value.typeName), expected a string")
        }
        for name in ["created", "context_length", "max_completion_tokens"] {
            guard let value = row[name], !value.isNull, (value.int ?? -1) < 0 else { continue }
            throw error(value, "'\(name)' of '\(id)' is no whole number from 0 up")
        }
        guard let pricing = row["pricing"], pricing.kind == .object else {
            throw error(row["pricing"] ?? row, "'\(id)' has no 'pricing'; expected an object of prices")
        }
        try prices(pricing, of: id, needs: ["prompt", "completion"])
        try strings(row["supported_parameters"], "supported_parameters", of: id)
        for endpoint in row["endpoints"]?.elements.map({ $0 }) ?? [] { try self.endpoint(endpoint, of: id) }
    }

    private func endpoint(_ row: JSONValue, of id: String) throws(CatalogFileError) {
        guard let provider = row["provider"]?.string, !provider.isEmpty else {
            throw error(row, "an endpoint of '\(id)' has no 'provider'; expected its name")
        }
        try prices(row, of: id, needs: [])
    }

    /// Decimal strings of USD for one unit; `-1` is a price that varies.
    func prices(_ pricing: JSONValue, of id: String, needs: [String]) throws(CatalogFileError) {
        for name in needs where pricing[name] == nil {
            throw error(pricing, "'\(id)' has no price '\(name)'; expected a decimal string")
        }
        for name in PriceKind.allCases.map(\.key) {
            guard let value = pricing[name] else { continue }
            guard let text = value.string, USD(text) != nil else {
                throw error(value, "'\(name)' of '\(id)' is no price; expected a decimal string such as \"0.00000015\"")
            }
        }
    }

    func providers(_ rows: JSONValue) throws(CatalogFileError) {
        for row in rows.elements where row["name"]?.string?.isEmpty ?? true {
            throw error(row, "a provider has no 'name'")
        }
    }

    func strings(_ value: JSONValue?, _ name: String, of id: String) throws(CatalogFileError) {
        guard let value, !value.isNull else { return }
        guard value.kind == .array, value.elements.allSatisfy({ $0.string != nil }) else {
            throw error(value, "'\(name)' of '\(id)' is no array of strings")
        }
    }

    func error(_ value: JSONValue, _ message: String) -> CatalogFileError {
        CatalogFileError(file: file, position: value.position, message: message)
    }
}
