internal import HTTPTypes
internal import OpenRouterAPI
internal import Tapes
internal import Testing

@testable internal import Simulation

@Suite("Limits of public data, and older paths")
struct DataLimitTests {
    static let paths = [
        "/datasets/rankings-daily?end_date=2025-01-02&start_date=2025-01-02", "/datasets/app-rankings?limit=1",
        "/datasets/session-cost?limit=1", "/benchmarks?max_results=1", "/classifications/task",
    ]

    @Test("All data endpoints share thirty requests a minute of a key")
    func minute() throws {
        let office = Office()
        let (_, token) = try office.createKey()
        for number in 0..<30 {
            #expect(office.call(.get, Self.paths[number % Self.paths.count], key: token).status == 200)
        }
        for path in Self.paths {
            let refused = office.call(.get, path, key: token)
            #expect(refused.status == 429)
            #expect(refused.fields[.retryAfter] == "40", "the clock stands at 14:13:20")
            #expect(refused.fields.allSatisfy { !$0.name.canonicalName.hasPrefix("x-ratelimit") })
            #expect(refused.body.contains(#""message":"Rate limit exceeded","code":429"#))
        }
        #expect(office.call(.get, "/benchmarks?max_results=1").status == 200, "another key of the account")
        office.time.pass(seconds: 40)
        #expect(office.call(.get, "/benchmarks?max_results=1", key: token).status == 200)
        #expect(office.call(.get, "/benchmarks", key: "").status == 401)
    }

    @Test("An account has five hundred a day")
    func day() throws {
        let office = Office()
        let tokens = [Request.mockKey, try office.createKey().token]
        for number in 0..<500 {
            if number % 60 == 0 { office.time.pass(seconds: 60) }
            let exchange = office.call(.get, "/datasets/session-cost?limit=1", key: tokens[number % 2])
            #expect(exchange.status == 200)
        }
        office.time.pass(seconds: 60)
        for token in tokens { #expect(office.call(.get, "/classifications/task", key: token).status == 429) }
        #expect(office.call(.get, "/classifications/task", key: "another account").status == 200)
        office.time.pass(seconds: 86_400)
        #expect(office.call(.get, "/classifications/task").status == 200)
    }

    @Test("The Coinbase operation is gone for everybody")
    func coinbase() {
        let exchange = Exchange(.make(.post, "/credits/coinbase", body: "no JSON", key: nil), in: .make())
        #expect(exchange.status == 410)
        #expect(exchange.body.contains("web credits purchase flow"))
    }

    @Test("Parameters of a model and of one of its providers, with what users set them to")
    func parameters() throws {
        let office = Office()
        let data = try office.data(.get, "/parameters/deepseek/deepseek-chat")
        let model = try #require(Catalog.embedded["deepseek/deepseek-chat"])
        #expect(data["model"]?.string == "deepseek/deepseek-chat")
        #expect(data["supported_parameters"]?.elements.map { $0.string } == model.supportedParameters)
        let temperatures = ["temperature_p10", "temperature_p50", "temperature_p90"].compactMap { data[$0]?.double }
        #expect(temperatures.count == 3)
        #expect(temperatures == temperatures.sorted())
        let endpoint = try #require(model.endpoints.first)
        let name = endpoint.provider.name.replacing(" ", with: "%20")
        let ofProvider = try office.data(.get, "/parameters/deepseek/deepseek-chat?provider=\(name)")
        #expect(ofProvider["supported_parameters"]?.elements.map { $0.string } == endpoint.supportedParameters)
        #expect(office.call(.get, "/parameters/deepseek/deepseek-chat?provider=Nobody").status == 404)
        #expect(office.call(.get, "/parameters/acme/unknown").status == 404)
        #expect(Exchange(.get("/parameters/openai/gpt-4o", key: nil), in: .make()).status == 401)
    }
}
