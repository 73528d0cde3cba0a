internal import HTTPTypes
internal import OpenRouterAPI
internal import Simulation
internal import Tapes

/// A world's clock: read, moved, frozen.
enum ClockControl {
    static let operations: [ControlOperation] = [
        ControlOperation(
            method: .get,
            path: "/clock",
            summary: "What time it is in a world.",
            query: [.world],
            respond: show
        ),
        ControlOperation(
            method: .post,
            path: "/clock",
            summary: "Moves, freezes or frees a world's clock; streams that wait go on as if the time had passed.",
            query: [.world],
            body: [
                "type": "object",
                "additionalProperties": false,
                "minProperties": 1,
                "maxProperties": 1,
                "properties": [
                    "advance": ["type": "string", "description": "A time such as 90s, 24h or 250ms."],
                    "fixed": ["type": "string", "format": "date-time", "description": "Stands still at this time."],
                    "freeze": ["const": true, "description": "Stands still from now on."],
                    "resume": ["const": true, "description": "Goes on from the time it is."],
                    "system": ["const": true, "description": "The machine's time again."],
                ],
            ],
            respond: change
        ),
    ]

    private static func show(_ call: ControlCall) throws(APIError) -> ControlAnswer {
        .json(json(try call.world().world))
    }

    private static func change(_ call: ControlCall) throws(APIError) -> ControlAnswer {
        let body = try call.body()
        let names = ["advance", "fixed", "freeze", "resume", "system"]
        try body.check(names: names)
        guard body.value.count == 1, let name = names.first(where: { body.optional($0) != nil }) else {
            throw APIError(
                status: 400,
                message: "Invalid request parameters: expected one of \(names.joined(separator: ", ")), "
                    + #"as in {"advance": "90s"}"#,
                metadata: ["error_type": "invalid_request"]
            )
        }
        let change = try change(name, body)
        let world = try call.worldBornIfNew().world
        let times = world.changeClock(change)
        var object: JSONObject = ["before": .string(CivilTime(microseconds: times.before).iso8601)]
        object.append(contentsOf: json(world).members ?? [:])
        return .json(.object(object))
    }

    private static func change(_ name: String, _ body: FieldReader) throws(APIError) -> World.ClockChange {
        switch name {
        case "advance":
            guard let time = try body.string(name).flatMap({ Duration(text: $0) }) else {
                throw body.invalid(name, expected: "a time such as 90s, 24h or 250ms")
            }
            return .advance(by: time.microseconds)
        case "fixed":
            guard let moment = try body.string(name).flatMap({ CivilTime.microseconds(rfc3339: $0) }) else {
                throw body.invalid(name, expected: "an RFC 3339 time such as 2026-08-30T09:15:00Z")
            }
            return .fix(at: moment)
        default:
            guard try body.bool(name) == true else { throw body.invalid(name, expected: "true") }
            return name == "freeze" ? .freeze : name == "resume" ? .resume : .system
        }
    }

    private static func json(_ world: World) -> JSON {
        [
            "world": .string(world.name),
            "time": .string(CivilTime(microseconds: world.now).iso8601),
            "clock": .string(world.clock.kind),
        ]
    }
}
