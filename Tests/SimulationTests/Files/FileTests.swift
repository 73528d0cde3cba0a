internal import HTTPTypes
internal import NIOCore
internal import OpenRouterAPI
internal import Tapes
internal import Testing

@testable internal import Simulation

@Suite("Files")
struct FileTests {
    static let openAI: HTTPFields = [.userAgent: "OpenAI/Python 3.52.0"]
    static let anthropic: HTTPFields = {
        var fields = HTTPFields()
        if let name = HTTPField.Name("anthropic-version") { fields[name] = "2023-06-01" }
        return fields
    }()

    @Test("An upload is told of, listed, found, not given back, and deleted")
    func lifeCycle() throws {
        let world = World.make()
        let uploaded = Exchange(.upload("report.pdf", "%PDF-1.7"), in: world)
        #expect(uploaded.status == 200)
        let file = try uploaded.json()
        let id = try #require(file["id"]?.string)
        #expect(id.wholeMatch(of: /or_file_[A-Za-z0-9]{24}/) != nil)
        #expect(
            uploaded.body == #"{"_shape":"openrouter","id":"\#(id)","type":"file","filename":"report.pdf","#
                + #""mime_type":"application/pdf","size_bytes":8,"created_at":"2026-09-21T14:13:20.000Z","#
                + #""downloadable":false}"#
        )
        #expect(Exchange(.get("/files/\(id)"), in: world).body == uploaded.body)
        #expect(
            Exchange(.get("/files"), in: world).body == #"{"_shape":"openrouter","data":[\#(uploaded.body)],"#
                + #""first_id":"\#(id)","last_id":"\#(id)","has_more":false,"cursor":null}"#
        )
        #expect(Exchange(.get("/files/\(id)/content"), in: world).status == 400)
        let deleted = Exchange(.make(.delete, "/files/\(id)"), in: world)
        #expect(deleted.body == #"{"_shape":"openrouter","id":"\#(id)","type":"file_deleted"}"#)
        for request in [Request.get("/files/\(id)"), .get("/files/\(id)/content"), .make(.delete, "/files/\(id)")] {
            #expect(Exchange(request, in: world).status == 404)
        }
        #expect(try Exchange(.get("/files"), in: world).json()["data"]?.count == 0)
    }

    @Test("OpenAI's client gets OpenAI's shape", arguments: [openAI, [.userAgent: "AsyncOpenAI/JS 6"]])
    func openAIShape(fields: HTTPFields) throws {
        let world = World.make()
        let uploaded = Exchange(.upload("a.txt", "Hello", purpose: "assistants", fields: fields), in: world)
        let id = try #require(try uploaded.json()["id"]?.string)
        #expect(
            uploaded.body == #"{"_shape":"openai","id":"\#(id)","object":"file","bytes":5,"created_at":1790000000,"#
                + #""filename":"a.txt","purpose":"assistants","status":"processed"}"#
        )
        #expect(
            Exchange(.get("/files", fields: fields), in: world).body
                == #"{"_shape":"openai","object":"list","data":[\#(uploaded.body)],"first_id":"\#(id)","#
                + #""last_id":"\#(id)","has_more":false}"#
        )
        #expect(Exchange(.get("/files/\(id)?provider=openai"), in: world).body == uploaded.body)
        #expect(
            Exchange(.make(.delete, "/files/\(id)", fields: fields), in: world).body
                == #"{"_shape":"openai","id":"\#(id)","object":"file","deleted":true}"#
        )
    }

    @Test("Anthropic's client gets Anthropic's shape")
    func anthropicShape() throws {
        let world = World.make()
        let uploaded = try Exchange(.upload("a.txt", "Hello", fields: Self.anthropic), in: world).json()
        #expect(uploaded["_shape"]?.string == "anthropic")
        #expect(uploaded["mime_type"]?.string == "text/plain")
        let list = try Exchange(.get("/files", fields: Self.anthropic), in: world).json()
        #expect(list.names == ["_shape", "data", "first_id", "last_id", "has_more"])
        #expect(try Exchange(.get("/files?provider=anthropic"), in: world).json()["_shape"]?.string == "anthropic")
    }

    @Test("Files belong to the account that sent them")
    func accounts() throws {
        let world = World.make()
        let id = try #require(try Exchange(.upload("a.txt", "Hello"), in: world).json()["id"]?.string)
        #expect(Exchange(.get("/files/\(id)", key: "sk-or-v1-other"), in: world).status == 404)
        #expect(Exchange(.make(.delete, "/files/\(id)", key: "sk-or-v1-other"), in: world).status == 404)
        #expect(try Exchange(.get("/files", key: "sk-or-v1-other"), in: world).json()["data"]?.count == 0)
        #expect(Exchange(.get("/files/\(id)"), in: world).status == 200)
    }

    @Test("The same upload twice makes two files; another world with the same seed makes the same two")
    func ids() throws {
        let ids = { (world: World) in
            try (0..<2).map { _ in try Exchange(.upload("a.txt", "Hello"), in: world).json()["id"]?.string }
        }
        let first = try ids(.make())
        #expect(first[0] != first[1])
        #expect(try ids(.make()) == first)
    }

    @Test("Pages follow each other by a cursor of any client's kind", arguments: ["cursor", "after", "after_id"])
    func pages(parameter: String) throws {
        let world = World.make()
        for number in 0..<5 { _ = Exchange(.upload("\(number).txt", "Hello"), in: world) }
        var names: [String] = []
        var path = "/files?limit=2"
        var pageCount = 0
        while true {
            let page = try Exchange(.get(path), in: world).json()
            names += try #require(page["data"]).elements.compactMap { $0["filename"]?.string }
            pageCount += 1
            #expect(page["has_more"]?.bool == (page["cursor"]?.string != nil))
            guard page["has_more"]?.bool == true, pageCount < 5 else { break }
            let next = parameter == "cursor" ? page["cursor"]?.string : page["last_id"]?.string
            path = "/files?limit=2&\(parameter)=\(try #require(next))"
        }
        #expect(names == ["0.txt", "1.txt", "2.txt", "3.txt", "4.txt"])
        #expect(pageCount == 3)
    }

    @Test(
        "A page that cannot be is refused",
        arguments: [
            ("order", "order=desc"), ("before_id", "before_id=or_file_1"), ("limit", "limit=0"),
            ("limit", "limit=1001"),
            ("limit", "limit=x"), ("cursor", "cursor=!"), ("after", "after=or_file_none"),
            ("after_id", "after=or_file_1&after_id=or_file_2"), ("provider", "provider=acme"),
        ]
    )
    func badPages(field: String, query: String) throws {
        let exchange = Exchange(.get("/files?\(query)"))
        #expect(exchange.status == 400)
        #expect(try exchange.json()["error"]?["metadata"]?["field"]?.string == field)
        #expect(Exchange(.get("/files?order=asc&limit=1000")).status == 200)
    }

    @Test(
        "What is no file that can be taken is refused",
        arguments: [
            (Request.upload("a.txt", ""), "file"), (.upload("a.bin", "\u{0}\u{1}"), "file"),
            (.upload("a.txt", "Hello", part: "document"), "file"),
            (.upload("a.txt", "Hello", purpose: "fun"), "purpose"),
        ]
    )
    func badUploads(request: Request, field: String) throws {
        let exchange = Exchange(request)
        #expect(exchange.status == 400)
        #expect(try exchange.json()["error"]?["metadata"]?["field"]?.string == field)
    }

    @Test("A body that is no form is refused")
    func noForm() {
        #expect(Exchange(.make(.post, "/files", body: "{}", fields: [.contentType: "application/json"])).status == 400)
    }

    @Test("A file beyond the limit is too large")
    func tooLarge() throws {
        let request = Request.upload("a.txt", "Hello")
        let form = try MultipartForm(Array(request.body.readableBytesView), contentType: request.fields[.contentType])
        #expect(try FileUpload(reading: form, limit: 5).content.count == 5)
        #expect(throws: APIError.payloadTooLarge(limit: 4)) { try FileUpload(reading: form, limit: 4) }
        #expect(FileUpload.byteLimit == 104_857_600)
    }

    @Test("Only a file's last name counts", arguments: ["C:\\Users\\me\\a.txt", "/home/me/a.txt", "a.txt"])
    func names(filename: String) throws {
        let escaped = String(filename.flatMap { $0 == "\\" ? "\\\\" : String($0) })
        #expect(try Exchange(.upload(escaped, "Hello")).json()["filename"]?.string == "a.txt")
    }

    @Test("An account keeps as many files as a page can have; the oldest go first")
    func bound() {
        var store = FileStore()
        for number in 0...FileStore.limit {
            store.insert(
                StoredFile(
                    id: "\(number)",
                    name: "a",
                    mediaType: "text/plain",
                    byteCount: 1,
                    purpose: .userData,
                    createdAt: 0
                ),
                inWorkspace: "k"
            )
        }
        #expect(store.files(inWorkspace: "k").count == FileStore.limit)
        #expect(store.files(inWorkspace: "k").first?.id == "1")
    }
}

extension Request {
    /// A form with a file.
    static func upload(
        _ name: String,
        _ content: String,
        part: String = "file",
        purpose: String? = nil,
        fields: HTTPFields = [:]
    ) -> Request {
        var all = fields
        all[.contentType] = "multipart/form-data; boundary=xyz"
        var body =
            "--xyz\r\nContent-Disposition: form-data; name=\"\(part)\"; filename=\"\(name)\"\r\n\r\n\(content)\r\n"
        if let purpose {
            body += "--xyz\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\n\(purpose)\r\n"
        }
        return make(.post, "/files", body: body + "--xyz--\r\n", fields: all)
    }
}
