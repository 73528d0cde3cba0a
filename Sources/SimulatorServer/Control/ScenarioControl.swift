internal import HTTPTypes
internal import NIOCore
internal import OpenRouterAPI
internal import Scenarios
internal import Simulation
internal import Tapes
internal import YAMLDocuments

/// Scenarios: what there are, put and thrown away at run time.
enum ScenarioControl {
    static let operations: [ControlOperation] = [
        ControlOperation(
            method: .get,
            path: "/scenarios",
            summary: "All scenarios that can be played.",
            respond: list
        ),
        ControlOperation(
            method: .get,
            path: "/scenarios/{name}",
            summary: "A scenario's source.",
            respond: show
        ),
        ControlOperation(
            method: .put,
            path: "/scenarios/{name}",
            summary: "Adds a scenario, written in YAML, in the place of one of its name.",
            body: ["type": "object", "description": "A scenario in YAML or JSON; see scenario schema."],
            respond: put
        ),
        ControlOperation(
            method: .delete,
            path: "/scenarios/{name}",
            summary: "Throws a scenario away that was added at run time.",
            respond: delete
        ),
    ]

    private static func list(_ call: ControlCall) -> ControlAnswer {
        let scenarios = call.services.library.all.map { scenario -> JSON in
            [
                "name": .string(scenario.name),
                "description": .string(scenario.description),
                "file": .string(scenario.file),
                "rules": .integer(scenario.rules.count),
                "path": .string("/s/\(scenario.name)/api/v1"),
            ]
        }
        return .json(["scenarios": .array(scenarios)])
    }

    private static func show(_ call: ControlCall) throws(APIError) -> ControlAnswer {
        let name = call.parameter("name")
        guard let scenario = call.services.library.scenario(named: name) else {
            throw .noScenario(name, call.services.library)
        }
        return .text(scenario.source, contentType: "application/yaml; charset=utf-8")
    }

    private static func put(_ call: ControlCall) throws(APIError) -> ControlAnswer {
        let name = try RequestAddress.name(call.parameter("name"), of: "scenario", in: "the path")
        let reading = ScenarioReader.read(Array(call.request.body.readableBytesView), file: name)
        guard let scenario = reading.scenario else {
            throw .unreadable(ScenarioFileError(errors: reading.errors))
        }
        guard scenario.name == name else {
            throw APIError(
                status: 400,
                message: "The scenario calls itself '\(scenario.name)' and the path says '\(name)'; expected one name",
                metadata: ["error_type": "invalid_request"]
            )
        }
        call.services.library.put(scenario)
        return .json([
            "name": .string(name),
            "rules": .integer(scenario.rules.count),
            "warnings": .array(reading.warnings.map { .string($0.description) }),
            "path": .string("/s/\(name)/api/v1"),
        ])
    }

    private static func delete(_ call: ControlCall) throws(APIError) -> ControlAnswer {
        let name = call.parameter("name")
        guard call.services.library.remove(name) else {
            guard call.services.library.scenario(named: name) == nil else {
                throw APIError(status: 409, message: "The scenario '\(name)' was not added at run time, so it stays")
            }
            throw .noScenario(name, call.services.library)
        }
        return .json(["deleted": .string(name)])
    }
}

extension APIError {
    static func noScenario(_ name: String, _ library: ScenarioLibrary) -> APIError {
        let names = library.all.map(\.name)
        let hint = NearestWord.to(name, among: names).map { " Did you mean \'\($0)\'?" } ?? ""
        return APIError(
            status: 404,
            message: "There is no scenario '\(name)'.\(hint) GET /_sim/scenarios lists them",
            metadata: ["error_type": "not_found", "scenarios": .array(names.map { .string($0) })]
        )
    }
}
