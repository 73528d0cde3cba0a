import Cassettes
import Foundation
import HTTPTypes
import OpenRouterAPI
import Simulation
import Tapes
import TestSupport
import Testing

@testable import SimulatorServer

@Suite("The page and what it is told")
struct PageControlTests {
    @Test("comes with a policy that lets nothing run but its own files", arguments: ["/_sim/", "/_sim", "/w/a/_sim/"])
    func page(path: String) async throws {
        let answer = await Station().ask(path, key: nil)
        let head = try #require(answer.tape.head)
        #expect(head.status.code == 200)
        #expect(head.fields[.contentType] == "text/html; charset=utf-8")
        #expect(
            head.fields[.contentSecurityPolicy]
                == "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
                + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        )
        #expect(head.fields[.xContentTypeOptions] == "nosniff")
        #expect(head.fields[HTTPField.Name("Referrer-Policy")!] == "no-referrer")
        #expect(answer.text.contains("<script type=\"module\" src=\"/_sim/assets/app.js\">"))
    }

    @Test("loads only files that are there, and all files that are there are in the binary")
    func assets() async throws {
        let folder = SimulatorProcess.packageFolder.appendingPathComponent("Sources/SimulatorServer/Page")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0 != "index.html" }
        #expect(Set(PageAsset.all.map(\.name)) == Set(files))
        let station = Station()
        for name in files {
            let answer = await station.ask("/_sim/assets/\(name)", key: nil)
            #expect(answer.status == 200)
            #expect(try answer.text == String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8))
            let type = answer.tape.head?.fields[.contentType]
            #expect(type == (name.hasSuffix(".css") ? "text/css; charset=utf-8" : "text/javascript; charset=utf-8"))
            for match in answer.text.matches(of: /from "\.\/([a-z]+\.js)"/) { #expect(files.contains(String(match.1))) }
            // Text becomes elements in one way only.
            #expect(!answer.text.contains(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(/))
        }
        #expect(await station.ask("/_sim/assets/nothing.js").status == 404)
        #expect(await station.ask("/_sim/assets/..%2Findex.html").status == 404)
    }

    @Test("An entry has its answer with the time of each frame, the ending and the diagram; a listing has not")
    func answers() async throws {
        let station = Station()
        await station.ask("/s/keep-alive/api/v1/chat/completions", Station.chat(stream: true))
        let entry = try await station.ask("/_sim/journal/1?world=s.keep-alive").json()
        let answer = try #require(entry["answer"])
        #expect(answer["status"]?.int == 200)
        #expect(answer["ending"]?.string == "complete")
        let frames = try #require(answer["frames"]?.elements.map { $0 })
        #expect(frames.prefix(4).compactMap { $0["at_us"]?.int } == [500_000, 1_000_000, 1_500_000, 1_500_000])
        #expect(frames.first?["text"]?.string == ": OPENROUTER PROCESSING\n\n")
        #expect(frames.last?["text"]?.string == "data: [DONE]\n\n")
        #expect(answer["frame_count"]?.int == frames.count)
        #expect(answer["cut"]?.bool == false)
        #expect(answer["diagram"]?.string?.hasPrefix("200 {50}': OPENROUTER PROCESSING\\n\\n'{50}") == true)
        let listed = try await station.ask("/_sim/journal?world=s.keep-alive").json()["entries"]?.elements.map { $0 }
            .first
        #expect(listed?["answer"] == nil)
        #expect(listed?["body"] != nil)
        let brief = try await station.ask("/_sim/journal?world=s.keep-alive&brief=1").json()["entries"]?.elements.map {
            $0
        }.first
        #expect(brief?["body"] == nil && brief?["headers"] == nil && brief?["played"]?["sends"] == nil)
        #expect(brief?["played"]?["bytes"]?.int == listed?["played"]?["bytes"]?.int)
    }

    @Test(
        "An entry says that there is an error inside a 200, on every API, and of no other answer",
        arguments: [
            ("/s/mid-stream-error/api/v1/chat/completions", true), ("/s/mid-stream-error/api/v1/messages", true),
            ("/s/mid-stream-error/api/v1/responses", true), ("/s/error-in-200/api/v1/chat/completions", true),
            ("/s/ok/api/v1/chat/completions", false), ("/s/ok/api/v1/responses", false),
            ("/s/echo-error/api/v1/chat/completions", false), ("/s/moderation/api/v1/chat/completions", false),
        ]
    )
    func errorInside(path: String, expected: Bool) async throws {
        let station = Station()
        let echo = #"{"name":"echo-error","rules":[{"respond":{"text":"{\"error\":{\"code\":1}}"}}]}"#
        #expect(await station.ask("/_sim/scenarios/echo-error", echo, method: .put).status == 200)
        let asked = path.hasSuffix("responses") ? #""input":"Hi""# : #""messages":[{"role":"user","content":"Hi"}]"#
        let limit = path.hasSuffix("messages") ? #","max_tokens":50"# : ""
        await station.ask(path, #"{"model":"openai/gpt-4o-mini","stream":true,\#(asked)\#(limit)}"#)
        let world = path.split(separator: "/")[1]
        let listing = try await station.ask("/_sim/journal?world=s.\(world)&brief=1").json()
        #expect(listing["entries"]?.elements.map { $0["error_inside"]?.bool ?? false } == [expected])
    }

    @Test("The key of a new key's answer is shown nowhere")
    func secrets() async throws {
        let station = Station()
        let made = try await station.ask("/api/v1/keys", #"{"name":"n"}"#).json()
        let key = try #require(made["key"]?.string)
        let entry = await station.ask("/_sim/journal/1")
        #expect(try entry.json()["answer"]?["status"]?.int == 201)
        #expect(!entry.text.contains(key))
        #expect(await !station.ask("/_sim/accounts").text.contains(key))
    }

    @Test("Accounts say what they have spent, generations what each has cost, and both agree")
    func ledger() async throws {
        let station = Station()
        for text in ["one", "two"] { await station.ask("/api/v1/chat/completions", Station.chat(text)) }
        let accounts = try await station.ask("/_sim/accounts").json()["accounts"]
        #expect(accounts?.count == 1)
        let account = try #require(accounts?.elements.map { $0 }.first)
        let generations = try await station.ask("/_sim/generations").json()
        #expect(generations["total"]?.int == 2)
        let costs = generations["generations"]?.elements.compactMap { $0["total_cost"]?.double } ?? []
        #expect(costs.count == 2)
        let spent = try #require(account["spent"]?.double)
        #expect(spent > 0 && abs(costs.reduce(0, +) - spent) < 1e-12)
        #expect(account["keys"]?.elements.map { $0 }.first?["label"]?.string == "sk-or-v1-...")
        #expect(generations["generations"]?.elements.map { $0 }.first?["key"]?.string == "sk-or-v1-...")
        let latest = try await station.ask("/_sim/generations?limit=1").json()["generations"]
        #expect(
            latest?.elements.map { $0["id"]?.string } == [
                generations["generations"]?.elements.map { $0 }.first?["id"]?.string
            ]
        )
    }

    @Test("Without cassettes there are none, and a number that none has is told")
    func cassettes() async throws {
        let station = Station()
        #expect(try await station.ask("/_sim/cassettes").json()["cassettes"]?.count == 0)
        for number in ["0", "1", "-1", "x"] {
            #expect(await station.ask("/_sim/cassettes/\(number)/recordings").status == 404)
        }
    }

    @Test("A cassette's recordings are listed, and each is shown with its request and its answer")
    func recordings() async throws {
        let file = SimulatorProcess.packageFolder.appendingPathComponent("cassettes/example.cassette").path
        let source = try CassetteAnswerSource([try Cassette(path: file)], redactor: Redactor())
        let station = Station(sources: [source])
        let cassettes = try await station.ask("/_sim/cassettes").json()["cassettes"]
        #expect(cassettes?.elements.map { $0 }.first?["path"]?.string == file)
        let list = try await station.ask("/_sim/cassettes/1/recordings").json()
        #expect(list["total"]?.int == cassettes?.elements.map { $0 }.first?["recordings"]?.int)
        let summaries = try #require(list["recordings"]?.elements.map { $0 })
        let second = try await station.ask("/_sim/cassettes/1/recordings?after=\(summaries[0]["id"]?.int ?? 0)").json()
        #expect(second["recordings"]?.count == summaries.count - 1)
        for summary in summaries {
            let recording = try await station.ask("/_sim/cassettes/1/recordings/\(summary["id"]?.int ?? 0)").json()
            #expect(recording["request"]?["target"]?.string == summary["target"]?.string)
            #expect(recording["answer"]?["status"]?.int == summary["status"]?.int)
            #expect(recording["answer"]?["ending"]?.string == summary["ending"]?.string)
            #expect(recording["answer"]?["bytes"]?.int == summary["response_bytes"]?.int)
        }
        #expect(await station.ask("/_sim/cassettes/1/recordings/9999").text.contains("has no recording 9999"))
        #expect(await station.ask("/_sim/cassettes/1/recordings/x").text.contains("id: expected a whole number"))
    }
}
