internal import Foundation
internal import HTTPTypes
internal import OpenRouterAPI
internal import Testing

@testable internal import Simulation

@Suite("State of earlier versions")
struct EarlierStateTests {
    @Test("A file without lists of keys is read, and its keys are listed from the oldest to the newest")
    func keyLists() throws {
        let office = Office()
        let hashes = try ["a", "b", "c"].map { name in
            office.time.pass(seconds: 60)
            return try office.createKey(#"{"name":"\#(name)"}"#).hash
        }
        office.world.trackChanges()
        _ = try office.createKey(#"{"name":"d"}"#)
        let snapshot = try #require(office.world.takeChanges()).snapshot
        var state = try #require(
            try JSONSerialization.jsonObject(with: JSONEncoder().encode(snapshot)) as? [String: Any]
        )
        var platform = try #require(state["platform"] as? [String: Any])
        #expect(platform.removeValue(forKey: "keyLists") != nil)
        state["platform"] = platform
        let earlier = try JSONSerialization.data(withJSONObject: state)

        let later = Office()
        later.world.restore(try JSONDecoder().decode(World.Snapshot.self, from: earlier), generations: [])
        let listed = try later.call(.get, "/keys").json()["data"]?.elements.compactMap { $0["hash"]?.string } ?? []
        #expect(Array(listed.prefix(3)) == hashes)
        #expect(listed.count == 4)
    }
}
