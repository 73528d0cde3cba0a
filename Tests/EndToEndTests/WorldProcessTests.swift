import Foundation
import OpenRouterAPI
import TestSupport
import Testing

/// Worlds, clocks, scenario files, the journal and the protection of the control API, with the real binary.
@Suite("Worlds of a server process")
struct WorldProcessTests {
    private static func scenario(_ name: String, _ steps: String) -> String {
        "name: \(name)\nrules:\n  - match: { endpoint: text }\n    respond:\n      steps: [\(steps)]\n"
    }

    private static func write(_ text: String, to folder: TemporaryFolder, _ name: String) throws {
        try text.write(toFile: folder.path(name), atomically: true, encoding: .utf8)
    }

    private static func holds(_ text: String) -> ([UInt8]) -> Bool {
        { $0.firstRange(of: Array(text.utf8)) != nil }
    }

    /// Asks until the condition holds.
    private static func wait(for what: String, until isDone: () throws -> Bool) throws {
        let deadline = ContinuousClock.now + .seconds(120)
        while try !isDone() { try #require(ContinuousClock.now < deadline, "\(what)") }
    }

    // MARK: Clocks

    @Test("A stream that waits an hour goes on as soon as its world's clock is moved by one, and no other does")
    func movedClock() throws {
        let folder = try TemporaryFolder()
        try Self.write(
            Self.scenario("late", "{ text: before }, { pause: 1h }, { text: after }"),
            to: folder,
            "late.yaml"
        )
        let server = try SimulatorProcess(["serve", folder.url.path])
        defer { server.stop() }
        let (moved, other) = (WorldClient(server: server, world: "moved"), WorldClient(server: server, world: "other"))
        let (stream, waiting) = (try moved.openStream(), try other.openStream())
        let start = stream.read(until: Self.holds("before"))
        #expect(start.end == .found && !start.text.contains("after"), "\(start.text)")
        #expect(waiting.read(until: Self.holds("before")).end == .found)

        try moved.control("POST", "/clock", #"{"advance":"59m"}"#)
        #expect(stream.read(silenceLimit: .milliseconds(300)).end == .silence)
        try moved.control("POST", "/clock", #"{"advance":"1m"}"#)
        let rest = stream.read(silenceLimit: .seconds(30), until: { $0.suffix(5) == Array("0\r\n\r\n".utf8)[...] })
        #expect(rest.end == .found && rest.text.contains("after") && rest.text.contains("[DONE]"), "\(rest.text)")
        #expect(waiting.read(silenceLimit: .milliseconds(300)).end == .silence)
    }

    @Test(
        "On a clock that stands still a pause is as long as it says, and the journal tells the times that were wanted"
    )
    func fixedClock() throws {
        let folder = try TemporaryFolder()
        try Self.write(Self.scenario("slow", "{ pause: 150ms }, { text: there }"), to: folder, "slow.yaml")
        let server = try SimulatorProcess([
            "serve", folder.url.path, "--clock", "fixed:2026-08-30T09:15:00Z",
        ])
        defer { server.stop() }
        let client = WorldClient(server: server, world: "fixed")
        let start = ContinuousClock.now
        #expect(try client.openStream().read(until: HTTPExchange.isComplete).end == .found)
        #expect(ContinuousClock.now - start >= .milliseconds(150))
        let journal = try client.control("GET", "/journal")
        #expect(journal.contains(#""time":"2026-08-30T09:15:00.000000+00:00""#), "\(journal)")
        #expect(journal.contains(#""duration_us":150000"#), "\(journal)")
    }

    // MARK: Scenario files

    @Test("A good edit of a file is played, a bad one leaves the scenarios as they were and is told")
    func hotReload() throws {
        let folder = try TemporaryFolder()
        try Self.write(Self.scenario("mine", "{ text: One. }"), to: folder, "mine.yaml")
        let server = try SimulatorProcess(["serve", folder.url.path])
        defer { server.stop() }
        let client = WorldClient(server: server, world: "reload")
        #expect(try client.text() == "One.")
        try Self.write(Self.scenario("mine", "{ text: Number two. }"), to: folder, "mine.yaml")
        try Self.wait(for: "the good edit") { try client.text() == "Number two." }
        try Self.wait(for: "its message") { server.errors.contains("scenarios loaded again: mine") }

        try Self.write("name: mine\nrules:\n  - respond: { txt: Three. }\n", to: folder, "mine.yaml")
        try Self.wait(for: "the bad edit's message") {
            server.errors.contains("the scenarios stay as they were: ")
                && server.errors.contains("mine.yaml:3:16: unknown key 'txt' in a response. Did you mean 'text'?")
        }
        #expect(try client.text() == "Number two.")

        // A new file beside it counts as an edit as well.
        try Self.write(Self.scenario("mine", "{ text: Four. }"), to: folder, "mine.yaml")
        try Self.write(Self.scenario("zwei", "{ text: Five. }"), to: folder, "zwei.yaml")
        try Self.wait(for: "the new file") { server.errors.contains("scenarios loaded again: mine, zwei") }
        #expect(try client.text() == "Four.")
        #expect(try WorldClient(server: server, world: "reload", scenario: "zwei").text() == "Five.")
    }

    @Test("serve and run play a scenario by its name or its file where a request names none")
    func scenarioOption() throws {
        let folder = try TemporaryFolder()
        try Self.write(Self.scenario("mine", "{ text: From a file. }"), to: folder, "mine.yaml")
        for (scenario, text) in [("ok", "Everything is fine."), (folder.path("mine.yaml"), "From a file.")] {
            let server = try SimulatorProcess(["serve", "--scenario", scenario])
            defer { server.stop() }
            let main = try HTTPExchange(
                "POST",
                "/api/v1/chat/completions",
                body: WorldClient.question,
                port: server.port
            )
            #expect(main.body.contains(text), "\(main.body)")
            #expect(try WorldClient(server: server, world: "born-later").text() == text)
            #expect(try WorldClient(server: server, world: "another", scenario: "length").text().hasPrefix("There are"))
        }
        let script = """
            import json, os, urllib.request
            request = urllib.request.Request(os.environ["OPENROUTER_BASE_URL"] + "/chat/completions", method="POST",
                data=b'{"model":"openai/gpt-4o-mini","messages":[{"role":"user","content":"Hi"}]}',
                headers={"Authorization": "Bearer " + os.environ["OPENROUTER_API_KEY"], "Content-Type": "application/json"})
            print(json.load(urllib.request.urlopen(request))["choices"][0]["message"]["content"])
            """
        let ran = try SimulatorProcess.run(["run", "--scenario", "ok", "--", "python3", "-c", script])
        #expect(ran.status == 0 && ran.output == "Everything is fine.\n", "\(ran.output)\(ran.errors)")
    }

    // MARK: State

    @Test("Two worlds go on after a restart, each with its own keys, ledger and presets")
    func stateOfWorlds() throws {
        let folder = try TemporaryFolder()
        let arguments = ["serve", "--state", folder.path("worlds.sqlite")]
        let first = try SimulatorProcess(arguments)
        defer { first.stop() }
        var before: [String: [String]] = [:]
        for (world, count) in [("red", 1), ("blue", 3)] {
            let client = WorldClient(server: first, world: world)
            for _ in 0..<count { _ = try client.text() }
            #expect(try client.ask("POST", "/keys", #"{"name":"of \#(world)"}"#).status == 201)
            let preset = try client.ask("POST", "/presets/\(world)/chat/completions", WorldClient.question)
            #expect(preset.status == 200)
            before[world] = try Self.views(client)
        }
        #expect(before["red"]?[0] != before["blue"]?[0])
        #expect(before["red"]?[1].contains("of red") == true && before["red"]?[1].contains("of blue") == false)
        #expect(first.stop().status == 0)

        let second = try SimulatorProcess(arguments)
        defer { second.stop() }
        for (world, views) in before {
            #expect(try Self.views(WorldClient(server: second, world: world)) == views, "\(world)")
        }
        // A world that nobody has named before is as new.
        let fresh = try WorldClient(server: second, world: "green").ask("GET", "/credits").body
        #expect(fresh.contains(#""total_usage":0"#), "\(fresh)")
    }

    private static func views(_ client: WorldClient) throws -> [String] {
        try ["/credits", "/keys", "/presets"].map { try client.ask("GET", $0).body }
    }

    // MARK: Journal

    @Test("Who follows a world's journal hears of each request when it has come and when it was played")
    func followedJournal() throws {
        let folder = try TemporaryFolder()
        try Self.write(
            Self.scenario("late", "{ text: before }, { pause: 1h }, { text: after }"),
            to: folder,
            "late.yaml"
        )
        let server = try SimulatorProcess(["serve", folder.url.path])
        defer { server.stop() }
        let (client, other) = (WorldClient(server: server, world: "seen"), WorldClient(server: server, world: "unseen"))
        try client.control("PUT", "/worlds/seen", "{}")
        let follower = try RawConnection(port: server.port)
        follower.send("GET /_sim/journal?world=seen&follow=1 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        let head = follower.read(until: Self.holds("\r\n\r\n"))
        #expect(head.text.contains("Content-Type: text/event-stream"), "\(head.text)")

        let unseen = try other.openStream()
        #expect(unseen.read(until: Self.holds("before")).end == .found)
        let stream = try client.openStream()
        #expect(stream.read(until: Self.holds("before")).end == .found)
        let received = follower.read(until: Self.holds("\n\n"))
        #expect(received.text.contains("id: 1\nevent: received\ndata: {\"id\":1,"), "\(received.text)")
        #expect(received.text.contains(#""played":null"#), "\(received.text)")
        try client.control("POST", "/clock", #"{"advance":"1h"}"#)
        let played = follower.read(until: Self.holds("\n\n"))
        #expect(played.text.contains("id: 1\nevent: played\ndata: {\"id\":1,"), "\(played.text)")
        #expect(played.text.contains(#""outcome":"played""#), "\(played.text)")
        #expect(!(received.text + played.text).contains("unseen"))
    }

    // MARK: Protection

    struct Visit: Sendable, CustomTestStringConvertible {
        var path = "/_sim/worlds"
        var fields: [String]
        var status: Int

        var testDescription: String { "\(path) \(fields.joined(separator: ", ")) is \(status)" }
    }

    static let visits: [Visit] = [
        Visit(fields: ["Host: 127.0.0.1:1"], status: 200),
        Visit(fields: ["Host: localhost"], status: 200),
        Visit(fields: ["Host: simulator:6464"], status: 200),
        Visit(fields: ["Host: [::1]:6464"], status: 200),
        Visit(fields: ["Host: rebound.example"], status: 403),
        Visit(fields: ["Host: 127.0.0.1.example:6464"], status: 403),
        Visit(fields: ["Host: localhost", "Origin: http://localhost"], status: 200),
        Visit(fields: ["Host: localhost", "Origin: https://page.example"], status: 403),
        Visit(fields: ["Host: localhost", "Origin: http://localhost:3000"], status: 403),
        Visit(fields: ["Host: localhost", "Origin: null"], status: 403),
        Visit(path: "/_sim/journal?follow=1", fields: ["Host: rebound.example"], status: 403),
        Visit(path: "/w/any/_sim/worlds", fields: ["Host: rebound.example"], status: 403),
        // Only the control API is kept from pages; who asks whether the server is up may come by any name.
        Visit(path: "/_sim/health", fields: ["Host: rebound.example", "Origin: https://page.example"], status: 200),
        Visit(path: "/api/v1/models/count", fields: ["Host: rebound.example"], status: 200),
    ]

    @Test("Web pages cannot drive the control API, by a name of theirs or from their own origin")
    func protection() throws {
        let server = try SimulatorProcess(["serve"])
        defer { server.stop() }
        for visit in Self.visits {
            let connection = try RawConnection(port: server.port)
            let fields = (visit.fields + ["Authorization: Bearer sk-or-v1-test"]).map { $0 + "\r\n" }.joined()
            connection.send("GET \(visit.path) HTTP/1.1\r\n\(fields)\r\n")
            let answer = HTTPExchange(connection.read(until: HTTPExchange.isComplete))
            #expect(answer.status == visit.status, "\(visit.testDescription): \(answer.body)")
            if visit.status == 403 {
                #expect(answer.body.contains("The control API refuses requests of web pages: the "), "\(answer.body)")
            }
        }
    }
}
