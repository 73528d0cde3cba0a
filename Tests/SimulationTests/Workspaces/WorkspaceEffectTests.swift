internal import HTTPTypes
internal import OpenRouterAPI
internal import Tapes
internal import Testing

@testable internal import Simulation

@Suite("Workspace settings at work")
struct WorkspaceEffectTests {
    static let bodies: [(path: String, body: String)] = [
        ("/chat/completions", #"{"messages":[{"role":"user","content":"Hi"}]}"#),
        ("/chat/completions", #"{"model":null,"models":[],"messages":[{"role":"user","content":"Hi"}]}"#),
        ("/completions", #"{"prompt":"Hi"}"#),
        ("/responses", #"{"input":"Hi"}"#),
    ]

    @Test("The default text model answers what names no model", arguments: bodies)
    func defaultTextModel(path: String, body: String) throws {
        let office = Office()
        let id = try office.createWorkspace("team", #""default_text_model":"mistralai/mistral-large""#)
        let token = try office.createKey(in: id).token
        let answer = office.call(.post, path, body, key: token)
        #expect(answer.status == 200)
        #expect(answer.answered.model?.hasPrefix("mistralai/mistral-large") == true)
        // A model of the request's own goes before it.
        var named = try #require(JSON(try JSONDocument(parsing: body.utf8).root).members)
        named["model"] = "openai/gpt-4o-mini"
        let answered = office.call(.post, path, JSON.object(named).text, key: token).answered
        #expect(answered.model == "openai/gpt-4o-mini")
        // Other workspaces have their own default.
        let record = try #require(office.call(.post, path, body).answered.generationID)
        #expect(office.world.generation(id: record, key: Request.mockKey)?.router == "openrouter/auto")
        // Without a default it is the automatic router again.
        _ = try office.data(.patch, "/workspaces/team", #"{"default_text_model":null}"#)
        let routed = try #require(office.call(.post, path, body, key: token).answered.generationID)
        #expect(office.world.generation(id: routed, key: Request.mockKey)?.router == "openrouter/auto")
    }

    @Test("A preset keeps no model of the workspace's")
    func presets() throws {
        let office = Office()
        let id = try office.createWorkspace("team", #""default_text_model":"mistralai/mistral-large""#)
        let token = try office.createKey(in: id).token
        let body = #"{"temperature":0.5,"messages":[{"role":"user","content":"Hi"}]}"#
        let preset = try office.data(.post, "/presets/brief/chat/completions", body, key: token)
        #expect(preset["designated_version"]?["config"]?.text == #"{"temperature":0.5}"#)
        #expect(preset["workspace_id"]?.string == id)
    }

    @Test("The default sort orders endpoints, and gives way to what a request says", arguments: ["price", "latency"])
    func defaultSort(sort: String) throws {
        let model = try #require(
            Catalog.embedded.models.first { model in
                let sorts = ["price", "throughput", "latency"]
                let names = sorts.map { self.provider(of: model.id, #"{"sort":"\#($0)"}"#) }
                return !model.isFreeVariant && Set(names).count == 3 && !names.contains(nil)
            }
        )
        let office = Office()
        let id = try office.createWorkspace("team", #""default_provider_sort":"\#(sort)""#)
        let token = try office.createKey(in: id).token
        func provider(_ model: String, _ members: String = "") -> String? {
            office.chat(key: token, model: model, members).fields[.xProviderName]
        }
        let sorted = self.provider(of: model.id, #"{"sort":"\#(sort)"}"#)
        let fastest = self.provider(of: model.id, #"{"sort":"throughput"}"#)
        #expect(provider(model.id) == sorted)
        #expect(provider(model.id, #""provider":{"sort":"throughput"}"#) == fastest)
        #expect(provider(model.id + ":nitro") == self.provider(of: model.id + ":nitro", "{}"))
    }

    /// Who serves a chat of an account without settings.
    private func provider(of model: String, _ preferences: String) -> String? {
        Office().chat(model: model, #""provider":\#(preferences)"#).fields[.xProviderName]
    }

    @Test("What was said can be read again where the workspace logs it, and only what came after that")
    func contentLogging() throws {
        let office = Office()
        let id = try office.createWorkspace()
        let token = try office.createKey(in: id).token
        func content(_ generation: String?, key: String) -> Int {
            office.call(.get, "/generation/content?id=\(generation ?? "")", key: key).status
        }
        #expect(content(office.chat().answered.generationID, key: Request.mockKey) == 200, "on from the start")
        let before = office.chat(key: token).answered.generationID
        #expect(content(before, key: token) == 404)
        _ = try office.data(.patch, "/workspaces/team", #"{"is_observability_io_logging_enabled":true}"#)
        #expect(content(before, key: token) == 404)
        #expect(content(office.chat(key: token).answered.generationID, key: token) == 200)

        _ = try office.data(.patch, "/workspaces/team", #"{"io_logging_sampling_rate":0.5}"#)
        let statuses = (0..<100).map { number in
            content(office.chat(key: token, text: "Question \(number)").answered.generationID, key: token)
        }
        #expect((30...70).contains(statuses.count { $0 == 200 }))
    }

    @Test("Files belong to the key's workspace, or to the one that the query names")
    func files() throws {
        let office = Office()
        let id = try office.createWorkspace()
        let token = try office.createKey(in: id).token
        let body = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nHello\r\n--b--\r\n"
        func upload(_ path: String, key: String) throws -> String {
            let fields: HTTPFields = [.contentType: "multipart/form-data; boundary=b"]
            let exchange = Exchange(.make(.post, path, body: body, key: key, fields: fields), in: office.world)
            return try #require(try exchange.json()["id"]?.string, "\(exchange.body)")
        }
        let own = try upload("/files", key: token)
        let named = try upload("/files?workspace_id=\(id)", key: Request.mockKey)
        func listed(_ path: String, key: String) throws -> [String?] {
            try office.data(.get, path, key: key).elements.map { $0["id"]?.string }
        }
        #expect(try listed("/files", key: token) == [own, named])
        #expect(try listed("/files", key: Request.mockKey).isEmpty)
        #expect(try listed("/files?workspace_id=\(id)", key: Request.mockKey) == [own, named])
        #expect(office.call(.get, "/files/\(own)").status == 404)
        #expect(office.call(.get, "/files/\(own)?workspace_id=\(id)").status == 200)
        #expect(office.call(.delete, "/files/\(own)?workspace_id=\(id)").status == 200)
        #expect(office.call(.get, "/files?workspace_id=\(id)", key: "sk-or-v1-other").status == 400)
        #expect(office.call(.get, "/files?workspace_id=team").status == 400)
    }
}
