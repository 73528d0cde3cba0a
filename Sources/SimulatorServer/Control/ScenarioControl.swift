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
            query: [ownWorld],
            respond: show
        ),
        ControlOperation(
            method: .post,
            path: "/scenarios",
            summary: "Adds a scenario, written in YAML, under the name that it says.",
            query: [ownWorld, fileName],
            body: source,
            respond: add
        ),
        ControlOperation(
            method: .put,
            path: "/scenarios/{name}",
            summary: "Adds a scenario, written in YAML, in the place of one of its name.",
            query: [ownWorld, fileName],
            body: source,
            respond: put
        ),
        ControlOperation(
            method: .delete,
            path: "/scenarios/{name}",
            summary: "Throws a scenario away that was added at run time.",
            query: [ownWorld],
            respond: delete
        ),
    ]

    private static let ownWorld = ControlOperation.Parameter(
        name: "world",
        summary: "The world that alone has it; all worlds where none is named."
    )

    private static let fileName = ControlOperation.Parameter(
        name: "file",
        summary: "What errors and the journal call the source."
    )

    private static let source: JSON = [
        "type": "object", "description": "A scenario in YAML or JSON; see scenario schema.",
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
        let library = call.services.library
        let known =
            call.query("world") == nil
            ? library.scenario(named: name) : try call.world().scenario(named: name, in: library)
        guard let scenario = known else { throw .noScenario(name, library) }
        return .text(scenario.source, contentType: "application/yaml; charset=utf-8")
    }

    private static func put(_ call: ControlCall) throws(APIError) -> ControlAnswer {
        let name = try RequestAddress.name(call.parameter("name"), of: "scenario", in: "the path")
        let (scenario, warnings) = try read(call, calling: name)
        guard scenario.name == name else {
            throw APIError(
                status: 400,
                message: "The scenario calls itself '\(scenario.name)' and the path says '\(name)'; expected one name",
                metadata: ["error_type": "invalid_request"]
            )
        }
        return try added(scenario, warnings, call)
    }

    private static func add(_ call: ControlCall) throws(APIError) -> ControlAnswer {
        let (scenario, warnings) = try read(call, calling: "scenario")
        return try added(scenario, warnings, call)
    }

    private static func read(
        _ call: ControlCall,
        calling file: String
    ) throws(APIError) -> (scenario: Scenario, warnings: [String]) {
        let bytes = Array(call.request.body.readableBytesView)
        let reading = ScenarioReader.read(bytes, file: call.query("file") ?? file)
        guard let scenario = reading.scenario else {
            throw .unreadable(ScenarioFileError(errors: reading.errors))
        }
        return (scenario, reading.warnings.map(\.description))
    }

    private static func added(
        _ scenario: Scenario,
        _ warnings: [String],
        _ call: ControlCall
    ) throws(APIError) -> ControlAnswer {
        if call.query("world") == nil {
            call.services.library.put(scenario)
        } else {
            try call.worldBornIfNew().put(scenario)
        }
        return .json([
            "name": .string(scenario.name),
            "rules": .integer(scenario.rules.count),
            "warnings": .array(warnings.map { .string($0) }),
            "path": .string("/s/\(scenario.name)/api/v1"),
        ])
    }

    private static func delete(_ call: ControlCall) throws(APIError) -> ControlAnswer {
        let name = call.parameter("name")
        let isRemoved =
            call.query("world") == nil ? call.services.library.remove(name) : try call.world().removeScenario(name)
        guard isRemoved else {
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
