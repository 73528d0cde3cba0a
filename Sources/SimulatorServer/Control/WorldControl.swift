internal import HTTPTypes
internal import OpenRouterAPI
internal import Simulation

/// Worlds: what there are, made to order, thrown away, made as new.
enum WorldControl {
    static let operations: [ControlOperation] = [
        ControlOperation(method: .get, path: "/worlds", summary: "All worlds, main first.", respond: list),
        ControlOperation(method: .get, path: "/worlds/{world}", summary: "One world.", respond: show),
        ControlOperation(
            method: .put,
            path: "/worlds/{world}",
            summary: "Makes a world, in the place of one of its name.",
            body: birthSchema,
            respond: create
        ),
        ControlOperation(
            method: .post,
            path: "/worlds/{world}",
            summary: "The same as PUT.",
            body: birthSchema,
            respond: create
        ),
        ControlOperation(
            method: .patch,
            path: "/worlds/{world}",
            summary: "Changes which scenario a world plays; how far it has come in others stays.",
            body: [
                "type": "object",
                "additionalProperties": false,
                "required": ["scenario"],
                "properties": [
                    "scenario": [
                        "type": ["string", "null"],
                        "description": "What it plays when a request names no scenario; null for the rules of files.",
                    ]
                ],
            ],
            respond: play
        ),
        ControlOperation(method: .delete, path: "/worlds/{world}", summary: "Throws a world away.", respond: delete),
        ControlOperation(
            method: .post,
            path: "/reset",
            summary: "Makes a world as new, and says what was thrown away; seed, clock and scenario stay.",
            query: [.world, ControlOperation.Parameter(name: "all", summary: "Whether all worlds are meant.")],
            respond: reset
        ),
    ]

    private static let birthSchema: JSON = [
        "type": "object",
        "additionalProperties": false,
        "properties": [
            "scenario": ["type": "string", "description": "What it plays when a request names no scenario."],
            "seed": ["type": "integer", "minimum": 0],
            "clock": ["type": "string", "description": "system, or fixed: and an RFC 3339 time."],
            "credits": ["type": "number", "minimum": 0, "description": "US dollars that its accounts open with."],
            "faults": ["type": "array", "items": ["type": "object"], "description": "As in a scenario's rule."],
            "stream": [
                "type": "string",
                "description": "Worlds of one stream and one seed answer alike; the name where nothing is said.",
            ],
        ],
    ]

    private static func list(_ call: ControlCall) -> ControlAnswer {
        let worlds = call.services.worlds
        return .json([
            "worlds": .array(worlds.all.map(json)),
            "forgotten": .integer(worlds.forgottenCount),
        ])
    }

    private static func show(_ call: ControlCall) throws(APIError) -> ControlAnswer {
        let name = call.parameter("world")
        guard let world = call.services.worlds.existing(name) else { throw .noWorld(name, call.services.worlds) }
        return .json(json(world))
    }

    private static func create(_ call: ControlCall) throws(APIError) -> ControlAnswer {
        let name = try RequestAddress.name(call.parameter("world"), of: "world", in: "the path")
        guard name != call.services.worlds.main.world.name else {
            throw APIError(status: 409, message: "main is there from the start; name another world, or reset it")
        }
        let body = try call.body()
        try body.check(names: ["scenario", "seed", "clock", "credits", "faults", "stream"])
        var birth = WorldRegistry.Birth()
        birth.scenario = try body.string("scenario")
        if let scenario = birth.scenario, call.services.library.scenario(named: scenario) == nil {
            throw .noScenario(scenario, call.services.library)
        }
        birth.stream = try body.string("stream")
        birth.seed = try body.integer("seed", in: 0...Int.max).map(UInt64.init)
        if let text = try body.string("clock") {
            guard let clock = WorldClock(text) else {
                throw body.invalid("clock", expected: "system, or fixed: and a time such as 2026-08-30T09:15:00Z")
            }
            birth.clock = clock
        }
        let credits = try body.number("credits", in: 0...1e9)
        let faults = try FaultControl.faults(in: body)
        let world = call.services.worlds.create(name, birth)
        if let credits { world.world.openAccounts(with: USD(credits)) }
        world.withScript { $0.faults = faults }
        return .json(json(world), status: 201)
    }

    private static func play(_ call: ControlCall) throws(APIError) -> ControlAnswer {
        let name = call.parameter("world")
        guard let world = call.services.worlds.existing(name) else { throw .noWorld(name, call.services.worlds) }
        let body = try call.body()
        try body.check(names: ["scenario"])
        guard body.value["scenario"] != nil else {
            throw body.invalid("scenario", expected: "a scenario's name, or null for the rules of files")
        }
        let scenario = try body.string("scenario")
        if let scenario, world.scenario(named: scenario, in: call.services.library) == nil {
            throw .noScenario(scenario, call.services.library)
        }
        world.withScript { $0.scenario = scenario }
        return .json(json(world))
    }

    private static func delete(_ call: ControlCall) throws(APIError) -> ControlAnswer {
        let name = call.parameter("world")
        guard name != call.services.worlds.main.world.name else {
            throw APIError(status: 409, message: "main cannot be deleted; POST /_sim/reset makes it as new")
        }
        guard call.services.worlds.remove(name) else { throw .noWorld(name, call.services.worlds) }
        return .json(["deleted": .string(name)])
    }

    private static func reset(_ call: ControlCall) throws(APIError) -> ControlAnswer {
        guard call.queryFlag("all") else {
            return .json(reset(try call.world()))
        }
        return .json(["worlds": .array(call.services.worlds.all.map(reset))])
    }

    private static func reset(_ world: ServedWorld) -> JSON {
        let summary = world.reset()
        return [
            "world": .string(world.world.name),
            "reset": [
                "accounts": .integer(summary.world.accounts),
                "generations": .integer(summary.world.generations),
                "journal_entries": .integer(summary.world.journalEntries),
                "recording_cursors": .integer(summary.world.recordingCursors),
                "scenario_calls": .integer(summary.scenarioCalls),
                "scenario_states": .integer(summary.scenarioStates),
                "faults": .integer(summary.faults),
            ],
        ]
    }

    private static func json(_ served: ServedWorld) -> JSON {
        let world = served.world
        let script = served.withScript { $0 }
        return [
            "name": .string(world.name),
            "seed": .integer(Int(clamping: world.seed)),
            "time": .string(CivilTime(microseconds: world.now).iso8601),
            "clock": .string(world.clock.kind),
            "scenario": script.scenario.map { .string($0) } ?? .null,
            "faults": .integer(script.faults.count),
            "requests": .integer(world.journal.total),
            "path": .string("/w/\(world.name)/api/v1"),
        ]
    }
}

extension WorldClock {
    /// One word.
    var kind: String {
        switch self {
        case .system: "system"
        case .shifted: "shifted"
        case .fixed: "fixed"
        }
    }
}

extension FieldReader {
    /// - Throws: ``APIError`` 400 for a member of another name, with the nearest one.
    func check(names: [String]) throws(APIError) {
        for member in value.members where !names.contains(member.key) {
            throw .unknownName(member.key, of: "member", valid: names)
        }
    }
}
