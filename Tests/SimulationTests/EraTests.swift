internal import OpenRouterAPI
internal import Tapes
internal import Testing

@testable internal import Simulation

@Suite("Eras")
struct EraTests {
    @Test(
        "Answers that have changed are those of the era",
        arguments: [
            (.current, 402, "Missing Authentication header"), (.legacy, 403, "No auth credentials found"),
        ] as [(SimulationSettings.Era, Int, String)]
    )
    func answers(era: SimulationSettings.Era, keyLimitStatus: Int, missingCredentials: String) throws {
        var settings = SimulationSettings()
        settings.era = era
        let office = Office(settings)
        let (_, token) = try office.createKey(#"{"name":"a","limit":0}"#)
        let refused = office.chat(key: token)
        #expect(refused.status == keyLimitStatus)
        #expect(refused.body.contains("Key limit exceeded"))
        let missing = Exchange(.get("/key", key: nil), in: office.world, by: office.simulator)
        #expect(missing.body == #"{"error":{"message":"\#(missingCredentials)","code":401}}"#)
    }
}
