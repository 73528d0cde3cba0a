internal import Faults
internal import HTTPTypes
internal import OpenRouterAPI
internal import Scenarios
internal import Simulation
internal import Tapes
internal import YAMLDocuments

/// Faults switched on and off while the server runs.
enum FaultControl {
    static let operations: [ControlOperation] = [
        ControlOperation(
            method: .get,
            path: "/faults",
            summary: "The faults that are on in a world, and those that there are.",
            query: [.world],
            respond: show
        ),
        ControlOperation(
            method: .post,
            path: "/faults",
            summary: "Switches faults on, after those that are.",
            query: [.world],
            body: schema,
            respond: add
        ),
        ControlOperation(
            method: .put,
            path: "/faults",
            summary: "Switches faults on, in the place of those that are.",
            query: [.world],
            body: schema,
            respond: replace
        ),
        ControlOperation(
            method: .delete,
            path: "/faults",
            summary: "Switches all faults off.",
            query: [.world],
            respond: clear
        ),
    ]

    private static let schema: JSON = [
        "type": "object",
        "additionalProperties": false,
        "required": ["faults"],
        "properties": [
            "faults": [
                "type": "array", "minItems": 1,
                "description": "As in a scenario's rule: a name, or an object of a name and its parameters.",
            ],
            "match": ["type": "object", "description": "Which requests are meant, as in a scenario's rule."],
        ],
    ]

    private static func show(_ call: ControlCall) throws(APIError) -> ControlAnswer {
        .json(json(try call.world()))
    }

    private static func add(_ call: ControlCall) throws(APIError) -> ControlAnswer {
        let faults = try requested(call)
        return .json(json(try call.worldBornIfNew()) { $0.faults += faults })
    }

    private static func replace(_ call: ControlCall) throws(APIError) -> ControlAnswer {
        let faults = try requested(call)
        return .json(json(try call.worldBornIfNew()) { $0.faults = faults })
    }

    private static func clear(_ call: ControlCall) throws(APIError) -> ControlAnswer {
        .json(json(try call.world()) { $0.faults = [] })
    }

    private static func requested(_ call: ControlCall) throws(APIError) -> [ServedWorld.ActiveFault] {
        let body = try call.body()
        try body.check(names: ["faults", "match"])
        let faults = try faults(in: body)
        guard !faults.isEmpty else {
            throw body.invalid("faults", expected: #"at least one fault, as in {"faults": [{"latency": "200ms"}]}"#)
        }
        return faults
    }

    /// The faults of a member `faults`, for the requests of a member `match`; none without the first.
    static func faults(in body: FieldReader) throws(APIError) -> [ServedWorld.ActiveFault] {
        guard let list = try body.array("faults"), list.count > 0 else { return [] }
        var rule: JSONObject = ["faults": JSON(list)]
        let match = body.optional("match").map { JSON($0) }
        rule.append("match", match)
        do throws(ScenarioFileError) {
            let rule = try ScenarioRule(reading: JSON.object(rule).serialized(), file: "request")
            return rule.faults.map { ServedWorld.ActiveFault(fault: $0, matcher: rule.matcher, match: match) }
        } catch {
            throw .unreadable(error)
        }
    }

    private static func json(
        _ served: ServedWorld,
        changing change: (inout ServedWorld.Script) -> Void = { _ in }
    ) -> JSON {
        let faults = served.withScript { script in
            change(&script)
            return script.faults
        }
        return [
            "world": .string(served.world.name),
            "faults": .array(faults.map { .object([type(of: $0.fault).name: $0.fault.arguments.json]) }),
            "matches": .array(faults.map { $0.match ?? .null }),
            "available": .array(FaultTable.all.map { .string($0.name) }),
        ]
    }
}

extension FaultArguments {
    var json: JSON {
        .object(
            JSONObject(
                values.sorted { $0.key < $1.key }.map { name, value in
                    switch value {
                    case .duration(let duration): (name, .string(duration.text))
                    case .integer(let integer): (name, .integer(integer))
                    case .bool(let bool): (name, .bool(bool))
                    case .text(let text): (name, .string(text))
                    }
                }
            )
        )
    }
}

extension APIError {
    /// What is wrong in a rule or a scenario, all of it.
    static func unreadable(_ error: ScenarioFileError) -> APIError {
        APIError(
            status: 400,
            message: error.description,
            metadata: [
                "error_type": "invalid_request",
                "errors": .array(
                    error.errors.map { error in
                        [
                            "line": .integer(error.position.line), "column": .integer(error.position.column),
                            "message": .string(error.message),
                        ]
                    }
                ),
            ]
        )
    }
}
