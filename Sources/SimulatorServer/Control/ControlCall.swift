internal import Cassettes
internal import NIOCore
internal import OpenRouterAPI
internal import Simulation
internal import Tapes

/// A request to the control API with all that answering it needs.
struct ControlCall: Sendable {
    let services: ControlServices
    let request: Tapes.Request
    let address: RequestAddress
    /// What stands for `{name}` in the path.
    let parameters: [String: String]

    func parameter(_ name: String) -> String { parameters[name] ?? "" }

    func query(_ name: String) -> String? { address.target.queryValue(name) }

    /// - Throws: ``APIError`` 400 for what is no whole number of at least zero.
    func queryCount(_ name: String) throws(APIError) -> Int? {
        guard let text = query(name) else { return nil }
        guard let count = Int(text), count >= 0 else {
            throw .invalidField(name, expected: "a whole number of at least 0", found: JSON.string(text).text)
        }
        return count
    }

    /// - Throws: ``APIError`` 400 for a parameter that the operation has not, with the nearest one: left out, a misspelled
    ///   filter would have all for an answer.
    func checkQuery(of operation: ControlOperation) throws(APIError) {
        let known = operation.query.map(\.name)
        // The world is named by path or header as well, whether an operation is about one or not.
        for (name, _) in address.target.queryItems where !known.contains(name) && name != "world" {
            throw .unknownName(name, of: "query parameter", valid: known)
        }
    }

    func queryFlag(_ name: String) -> Bool {
        query(name).map { ["", "1", "true", "yes"].contains($0) } ?? false
    }

    /// The world that the request names by query, path, header or key.
    private func worldName() throws(APIError) -> String? {
        guard let name = query("world") else { return address.world }
        return try RequestAddress.name(name, of: "world", in: "the query")
    }

    /// - Throws: ``APIError`` 404 for a world that there is not.
    func world() throws(APIError) -> ServedWorld {
        let name = try worldName()
        guard let world = services.worlds.existing(name) else { throw .noWorld(name ?? "", services.worlds) }
        return world
    }

    /// The same, born now if there is none.
    func worldBornIfNew() throws(APIError) -> ServedWorld {
        services.worlds.world(try worldName())
    }

    /// The body's object; an empty one for an empty body.
    func body() throws(APIError) -> FieldReader {
        let bytes = request.body.readableBytes > 0 ? request.body : .init(string: "{}")
        let document: JSONDocument
        do {
            document = try JSONDocument(parsing: bytes.readableBytesView)
        } catch {
            throw .malformedJSON(error)
        }
        return try FieldReader(document.root)
    }
}

/// What the control API works on.
struct ControlServices: Sendable {
    let worlds: WorldRegistry
    let library: ScenarioLibrary
    let sources: [CassetteAnswerSource]
    /// Takes secrets out of what the journal shows.
    let redactor: Redactor
    let metrics: Metrics
    let status: ServerStatus
}

extension APIError {
    /// A name that nothing has where it stands; `kind` is what it would be.
    static func unknownName(_ name: String, of kind: String, valid: [String]) -> APIError {
        let hint = NearestWord.to(name, among: valid).map { " Did you mean '\($0)'?" } ?? ""
        return APIError(
            status: 400,
            message: "Invalid request parameters: unknown \(kind) '\(name)'.\(hint) "
                + (valid.isEmpty ? "There are none here" : "Valid: \(valid.joined(separator: ", "))"),
            metadata: ["error_type": "invalid_request"]
        )
    }

    static func noWorld(_ name: String, _ worlds: WorldRegistry) -> APIError {
        let names = worlds.all.map(\.world.name)
        let hint = NearestWord.to(name, among: names).map { " Did you mean \'\($0)\'?" } ?? ""
        return APIError(
            status: 404,
            message: "There is no world '\(name)'.\(hint) Worlds are born with their first request, or by "
                + "PUT /_sim/worlds/\(name)",
            metadata: ["error_type": "not_found"]
        )
    }
}
