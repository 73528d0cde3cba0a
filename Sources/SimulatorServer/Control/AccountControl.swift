internal import HTTPTypes
internal import OpenRouterAPI
internal import Simulation

/// Who has an account in a world, and what their answers cost.
enum AccountControl {
    static let operations: [ControlOperation] = [
        ControlOperation(
            method: .get,
            path: "/accounts",
            summary: "The accounts of a world with credits, spending and keys.",
            query: [.world],
            respond: accounts
        ),
        ControlOperation(
            method: .get,
            path: "/generations",
            summary: "The latest generations of all accounts of a world, newest first, as GET /generation shows them.",
            query: [
                .world,
                ControlOperation.Parameter(
                    name: "limit",
                    summary: "At most so many; 200 unless told.",
                    schema: ["type": "integer", "minimum": 0]
                ),
            ],
            respond: generations
        ),
    ]

    private static func accounts(_ call: ControlCall) throws(APIError) -> ControlAnswer {
        let world = try call.world().world
        return .json(["world": .string(world.name), "accounts": .array(world.accountOverviews)])
    }

    private static func generations(_ call: ControlCall) throws(APIError) -> ControlAnswer {
        let world = try call.world().world
        let limit = try call.queryCount("limit") ?? 200
        return .json([
            "world": .string(world.name),
            "total": .integer(world.generationCount),
            "generations": .array(world.latestGenerations(limit)),
        ])
    }
}
