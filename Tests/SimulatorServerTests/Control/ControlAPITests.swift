import HTTPTypes
import NIOCore
import OpenRouterAPI
import Playback
import Simulation
import Tapes
import Testing

@testable import SimulatorServer

@Suite("Control API")
struct ControlAPITests {
    @Test("A world is made to order, shown, listed and thrown away")
    func worlds() async throws {
        let station = Station()
        let order = #"{"seed":7,"clock":"fixed:2026-08-30T09:15:00Z","credits":0.5,"scenario":"ok","faults":["bom"]}"#
        let made = await station.ask("/_sim/worlds/a", order, method: .put)
        #expect(made.status == 201)
        let json = try made.json()
        #expect(json["time"]?.string == "2026-08-30T09:15:00.000000+00:00")
        #expect(json["seed"]?.int == 7)
        #expect(json["scenario"]?.string == "ok")
        #expect(json["faults"]?.int == 1)
        let credits = try await station.ask("/w/a/api/v1/credits").json()
        #expect(credits["data"]?["total_credits"]?.double == 0.5)
        let list = try await station.ask("/_sim/worlds").json()
        #expect(list["worlds"]?.elements.compactMap { $0["name"]?.string } == ["main", "a"])
        #expect(await station.ask("/_sim/worlds/a", method: .delete).status == 200)
        #expect(await station.ask("/_sim/worlds/a").status == 404)
        #expect(await station.ask("/_sim/worlds/main", method: .delete).status == 409)
    }

    @Test(
        "What is wrong with an order is told with place and expectation",
        arguments: [
            (#"{"clock":"noon"}"#, "clock: expected system, or fixed: and a time"),
            (#"{"scenario":"okay-ish"}"#, "There is no scenario 'okay-ish'"),
            (#"{"seeds":1}"#, "unknown member 'seeds'. Did you mean 'seed'?"),
            (#"{"faults":["bomb"]}"#, "unknown fault 'bomb'. Did you mean 'bom'?"),
            (#"{"credits":-1}"#, "credits: expected a number from 0"),
            (#"{"seed":1"#, "Invalid JSON in the request body"),
        ]
    )
    func badOrders(body: String, message: String) async throws {
        let station = Station()
        let answer = await station.ask("/_sim/worlds/a", body, method: .put)
        #expect(answer.text.contains(message), "\(answer.text)")
        #expect(answer.status == 400 || answer.status == 404)
        #expect(station.worlds.existing("a") == nil)
    }

    @Test("A moved clock is followed by keys that expire and limits that reset")
    func clock() async throws {
        let station = Station()
        let moved = try await station.ask("/_sim/clock", #"{"advance":"36h"}"#).json()
        #expect(moved["clock"]?.string == "fixed")
        #expect(moved["before"]?.string?.prefix(13) == "2026-09-21T14")
        #expect(moved["time"]?.string?.prefix(13) == "2026-09-23T02")
        let key = try await station.ask(
            "/api/v1/keys",
            #"{"name":"short","expires_at":"2026-09-23T03:00:00Z"}"#
        ).json()
        let token = try #require(key["key"]?.string)
        #expect(await station.ask("/api/v1/key", key: token).status == 200)
        await station.ask("/_sim/clock", #"{"advance":"1h"}"#)
        #expect(await station.ask("/api/v1/key", key: token).status == 401)
    }

    @Test(
        "A clock is told what to do by exactly one word",
        arguments: [
            (#"{}"#, "expected one of advance, fixed, freeze, resume, system"),
            (#"{"advance":"1h","freeze":true}"#, "expected one of"),
            (#"{"advance":"soon"}"#, "advance: expected a time such as 90s"),
            (#"{"fixed":"noon"}"#, "fixed: expected an RFC 3339 time"),
            (#"{"freeze":false}"#, "freeze: expected true"),
            (#"{"adance":"1h"}"#, "Did you mean 'advance'?"),
        ]
    )
    func badClocks(body: String, message: String) async {
        let answer = await Station().ask("/_sim/clock", body)
        #expect(answer.status == 400)
        #expect(answer.text.contains(message), "\(answer.text)")
    }

    @Test(
        "A query parameter that an operation has not is refused with the nearest one; one that only looks takes all",
        arguments: [
            ("/_sim/journal?modle=a", HTTPRequest.Method.get, "unknown query parameter 'modle'. Did you mean 'model'?"),
            ("/_sim/journal?follow=1&modle=a", .get, "Did you mean 'model'?"),
            ("/_sim/generations?limits=2", .get, "Did you mean 'limit'?"),
            ("/_sim/worlds/new?seed=7", .put, "unknown query parameter 'seed'. There are none here"),
            ("/_sim/journal?world=main&model=a", .get, nil),
            ("/_sim/worlds/new?world=main", .put, nil),
            ("/_sim/health?probe=7", .get, nil),
        ] as [(String, HTTPRequest.Method, String?)]
    )
    func unknownQuery(target: String, method: HTTPRequest.Method, message: String?) async {
        let answer = await Station().ask(target, method == .get ? nil : "{}", method: method)
        guard let message else {
            #expect((200...201).contains(answer.status ?? 0), "\(answer.text)")
            return
        }
        #expect(answer.status == 400)
        #expect(answer.text.contains(message), "\(answer.text)")
    }

    @Test("Faults are switched on for some requests, added to, replaced and switched off")
    func faults() async throws {
        let station = Station()
        let on = await station.ask(
            "/_sim/faults",
            #"{"faults":[{"status":503}],"match":{"endpoint":"chat"}}"#
        )
        #expect(on.status == 200, "\(on.text)")
        #expect(await station.ask("/api/v1/chat/completions", Station.chat()).status == 503)
        #expect(await station.ask("/api/v1/models/count").status == 200)
        await station.ask("/_sim/faults", #"{"faults":[{"latency":"1s"}]}"#)
        #expect(await station.ask("/api/v1/models/count").tape.headGap == .seconds(1))
        let matches = try await station.ask("/_sim/faults").json()["matches"]
        #expect(matches?[0]?["endpoint"]?.string == "chat")
        #expect(matches?[1]?.isNull == true)
        let replaced = try await station.ask("/_sim/faults", #"{"faults":["refuse"]}"#, method: .put).json()
        #expect(replaced["faults"]?.count == 1)
        #expect(replaced["matches"]?.count == 1)
        #expect(await station.ask("/api/v1/models/count").tape.head == nil)
        #expect(try await station.ask("/_sim/faults", method: .delete).json()["faults"]?.count == 0)
        #expect(await station.ask("/api/v1/models/count").status == 200)
    }

    @Test("A scenario is put, played by its name, shown and thrown away; a wrong one is told with all its errors")
    func scenarios() async throws {
        let station = Station()
        let source = "name: mine\nrules:\n  - respond: { text: hello }\n"
        #expect(await station.ask("/_sim/scenarios/mine", source, method: .put).status == 200)
        #expect(await station.ask("/s/mine/api/v1/chat/completions", Station.chat()).text.contains("hello"))
        #expect(await station.ask("/_sim/scenarios/mine").text == source)
        #expect(await station.ask("/_sim/scenarios/mine", method: .delete).status == 200)
        #expect(await station.ask("/s/mine/api/v1/models").status == 404)
        let wrong = "name: other\nrules:\n  - respnd: { text: hello }\n    then: never\n"
        let refused = await station.ask("/_sim/scenarios/mine", wrong, method: .put)
        #expect(refused.status == 400)
        #expect(refused.text.contains("Did you mean 'respond'?"))
        #expect(try refused.json()["error"]?["metadata"]?["errors"]?.count ?? 0 >= 2)
        #expect(await station.ask("/_sim/scenarios/ok", method: .delete).status == 409)
    }

    @Test("A world has scenarios of its own, which no other world can play, and is told which one it plays")
    func ownScenarios() async throws {
        let station = Station()
        func source(_ word: String) -> String { "name: greeting\nrules:\n  - respond: { text: \(word) }\n" }
        for name in ["a", "b"] {
            let added = await station.ask("/_sim/scenarios?world=\(name)", source("hello-\(name)"))
            #expect(try added.json()["name"]?.string == "greeting")
            let played = await station.ask("/_sim/worlds/\(name)", #"{"scenario":"greeting"}"#, method: .patch)
            #expect(try played.json()["scenario"]?.string == "greeting")
        }
        #expect(await station.ask("/w/a/api/v1/chat/completions", Station.chat()).text.contains("hello-a"))
        #expect(await station.ask("/w/b/api/v1/chat/completions", Station.chat()).text.contains("hello-b"))
        #expect(await station.ask("/s/greeting/api/v1/models").status == 404)
        #expect(await station.ask("/_sim/scenarios/greeting?world=a").text == source("hello-a"))
        #expect(await station.ask("/_sim/scenarios/greeting").status == 404)
        #expect(try await station.ask("/_sim/verify?world=a").json()["unused_rules"]?.count == 0)
        await station.ask("/_sim/reset?world=a", "{}")
        #expect(await station.ask("/w/a/api/v1/chat/completions", Station.chat()).text.contains("hello-a"))
        #expect(await station.ask("/_sim/worlds/a", #"{"scenario":null}"#, method: .patch).status == 200)
        #expect(await station.ask("/_sim/scenarios/greeting?world=a", method: .delete).status == 200)
        #expect(await station.ask("/_sim/worlds/a", #"{"scenario":"greeting"}"#, method: .patch).status == 404)
        let wrong = await station.ask("/_sim/scenarios?world=a&file=mine.yaml", "name: mine\nrles: []\n")
        #expect(wrong.text.contains("mine.yaml:2:1: "), "\(wrong.text)")
    }

    @Test(
        "What a world plays is changed by a scenario's name or null",
        arguments: [
            (#"{}"#, "scenario: expected a scenario's name, or null for the rules of files"),
            (#"{"scenario":"okay-ish"}"#, "There is no scenario 'okay-ish'"),
            (#"{"scnario":"ok"}"#, "Did you mean 'scenario'?"),
        ]
    )
    func badPlays(body: String, message: String) async throws {
        let station = Station()
        let answer = await station.ask("/_sim/worlds/main", body, method: .patch)
        #expect(answer.text.contains(message), "\(answer.text)")
        #expect(await station.ask("/_sim/worlds/nobody", #"{"scenario":null}"#, method: .patch).status == 404)
    }

    @Test("Worlds of one stream and one seed answer alike, others do not")
    func streams() async throws {
        let station = Station()
        for name in ["a", "b"] { await station.ask("/_sim/worlds/\(name)", #"{"stream":"main"}"#, method: .put) }
        await station.ask("/_sim/worlds/c", "{}", method: .put)
        func answer(_ path: String) async -> String {
            await station.ask("\(path)/api/v1/chat/completions", Station.chat()).text
        }
        let main = await answer("")
        #expect(await answer("/w/a") == main)
        #expect(await answer("/w/c") != main)
        await station.ask("/_sim/reset?world=b", "{}")
        #expect(await answer("/w/b") == main)
    }

    @Test("Verify counts, keeps the order, and names what was not used")
    func verify() async throws {
        let station = Station()
        await station.ask("/api/v1/models/count")
        await station.ask("/api/v1/chat/completions", Station.chat("weather in Paris"))
        await station.ask("/api/v1/chat/completions", Station.chat("thanks"))
        func verified(_ body: String) async throws -> (passed: Bool?, failures: [String]) {
            let json = try await station.ask("/_sim/verify", body).json()
            return (json["passed"]?.bool, json["failures"]?.elements.compactMap(\.string) ?? [])
        }
        #expect(try await verified(#"{"expect":[{"match":{"endpoint":"chat"},"count":2}]}"#).passed == true)
        let counted = try await verified(
            #"{"expect":[{"match":{"endpoint":"chat"},"count":3},{"match":{"endpoint":"embeddings"}}]}"#
        )
        #expect(counted.passed == false)
        #expect(
            counted.failures == [
                "expect[0]: 2 of 3 requests match, expected 3", "expect[1]: 0 of 3 requests match, expected at least 1",
            ]
        )
        let order = #"{"order":[{"last_message":{"contains":"Paris"}},{"last_message":"thanks"}]}"#
        #expect(try await verified(order).passed == true)
        let reversed = #"{"order":[{"last_message":"thanks"},{"last_message":{"contains":"Paris"}}]}"#
        #expect(try await verified(reversed).failures == ["order[1]: no request matches after the one of order[0]"])
        let unknown = await station.ask("/_sim/verify", #"{"expect":[{"match":{"endpont":"chat"}}]}"#)
        #expect(unknown.text.contains("Did you mean 'endpoint'?"))
    }

    @Test("Rules that no request has used are named")
    func unusedRules() async throws {
        let station = Station()
        await station.ask("/_sim/worlds/w", #"{"scenario":"rate-limited-then-ok"}"#, method: .put)
        await station.ask("/w/w/api/v1/chat/completions", Station.chat())
        let json = try await station.ask("/_sim/verify?world=w", #"{"no_unused_rules":true}"#).json()
        #expect(json["passed"]?.bool == false)
        #expect(json["unused_rules"]?.count == 1)
        await station.ask("/w/w/api/v1/chat/completions", Station.chat())
        #expect(
            try await station.ask("/_sim/verify?world=w", #"{"no_unused_rules":true}"#).json()["passed"]?.bool == true
        )
    }

    @Test("The journal recognizes retries of what has failed, with the wait between")
    func retries() async throws {
        let station = Station(clock: .system)
        await station.ask("/s/rate-limited-then-ok/api/v1/chat/completions", Station.chat())
        await station.ask("/s/rate-limited-then-ok/api/v1/chat/completions", Station.chat())
        await station.ask("/s/rate-limited-then-ok/api/v1/chat/completions", Station.chat())
        let entries = try await station.ask("/_sim/journal?world=s.rate-limited-then-ok").json()["entries"]
        #expect(entries?[0]?["retry"]?.isNull == true)
        #expect(entries?[1]?["retry"]?["of"]?.int == 1)
        #expect(entries?[1]?["retry"]?["attempt"]?.int == 2)
        #expect(entries?[1]?["retry"]?["wait_us"]?.int == 0)
        #expect(entries?[2]?["retry"]?.isNull == true)
    }

    @Test(
        "The journal is filtered by what one looks for",
        arguments: [
            ("limit=1", 1), ("after=2", 1), ("method=post", 2), ("path=/api/v1/chat", 2), ("status=4xx", 1),
            ("status=200", 2), ("origin=scenario", 0), ("model=openai/gpt-4o-mini", 1), ("outcome=cancelled", 1),
            ("miss=1", 0),
        ]
    )
    func filters(query: String, count: Int) async throws {
        let station = Station()
        await station.ask("/api/v1/models/count")
        await station.ask("/api/v1/chat/completions", Station.chat(), report: PlaybackReport(outcome: .cancelled))
        await station.ask("/api/v1/chat/completions", "{}")
        let entries = try await station.ask("/_sim/journal?\(query)").json()["entries"]
        #expect(entries?.count == count)
    }

    @Test(
        "What no entry of the journal can have is told, with what one can",
        arguments: [
            ("status=foo", "a status such as 429, or a class such as 4xx"), ("status=4", "a status such as 429"),
            ("origin=recording", "one of synthetic, cassette, upstream, scenario, control, server"),
            ("outcome=done", "one of played, cancelled, interrupted"),
        ]
    )
    func impossibleFilter(query: String, expected: String) async throws {
        let answer = await Station().ask("/_sim/journal?\(query)")
        #expect(answer.status == 400)
        #expect(answer.text.contains("expected \(expected)"), "\(answer.text)")
    }

    @Test("The journal is also filtered by the model of requests that no model answered")
    func requestedModel() async throws {
        let station = Station()
        await station.ask("/s/out-of-credits/api/v1/chat/completions", Station.chat())
        let query = "world=s.out-of-credits&model="
        #expect(try await station.ask("/_sim/journal?\(query)openai/gpt-4o-mini").json()["entries"]?.count == 1)
        #expect(try await station.ask("/_sim/journal?\(query)openai/gpt-4o").json()["entries"]?.count == 0)
    }

    @Test("A reset says what it threw away, in the world that is meant")
    func reset() async throws {
        let station = Station()
        await station.ask("/w/a/api/v1/chat/completions", Station.chat())
        await station.ask("/w/b/api/v1/chat/completions", Station.chat())
        await station.ask("/_sim/faults?world=a", #"{"faults":["bom"]}"#)
        let reset = try await station.ask("/_sim/reset?world=a", "{}").json()["reset"]
        #expect(reset?["generations"]?.int == 1)
        #expect(reset?["journal_entries"]?.int == 1)
        #expect(reset?["faults"]?.int == 1)
        #expect(try await station.ask("/_sim/journal?world=a").json()["entries"]?.count == 0)
        #expect(try await station.ask("/_sim/journal?world=b").json()["entries"]?.count == 1)
    }

    @Test(
        "Web pages cannot drive it: foreign names and origins are refused, those of this machine are not",
        arguments: [
            ("evil.example", nil, 403), ("127.0.0.1:6464", "http://evil.example", 403), ("localhost", nil, 200),
            ("127.0.0.1:6464", "http://127.0.0.1:6464", 200), ("[::1]:6464", nil, 200), ("simulator:6464", nil, 200),
            ("127.0.0.1.evil.example", nil, 403), ("localhost:6464", "null", 403), ("box.test", nil, 200),
        ] as [(String, String?, Int)]
    )
    func guarding(host: String, origin: String?, status: Int) async {
        let station = Station(host: "box.test")
        var fields: HTTPFields = [:]
        if let origin { fields[.init("Origin")!] = origin }
        let request = Request(
            method: .post,
            target: RequestTarget("/_sim/reset"),
            fields: [.init("Host")!: host] + fields
        )
        let answer = await station.responder.control.answer(request, try! RequestAddress(request))
        #expect(answer.status == status)
    }

    @Test("The document describes every operation, and each operation answers")
    func document() async throws {
        let station = Station()
        let json = try await station.ask("/_sim/openapi.json").json()
        let paths = try #require(json["paths"]?.members).flatMap { path in
            path.value.members.filter { $0.key != "servers" }.map { "\($0.key) \(path.key)" }
        }
        #expect(paths.filter { $0.contains("/_sim/") }.count == ControlTable.all.count)
        #expect(paths.contains("post /chat/completions"))
        var identifiers: [String] = []
        for path in Array(json["paths"]!.members) {
            for operation in path.value.members where operation.key != "servers" {
                identifiers.append(operation.value["operationId"]?.string ?? "")
            }
        }
        #expect(Set(identifiers).count == identifiers.count)
        for operation in ControlTable.all where operation.method == .get && !operation.path.contains("{") {
            #expect(await station.ask("/_sim" + operation.path).status == 200, "\(operation.path)")
        }
        let wrongMethod = await station.ask("/_sim/clock", method: .delete)
        #expect(wrongMethod.status == 405)
        #expect(wrongMethod.tape.head?.fields[.init("Allow")!] == "GET, POST")
        #expect(await station.ask("/_sim/jurnal").text.contains("Did you mean /_sim/journal?"))
    }
}
