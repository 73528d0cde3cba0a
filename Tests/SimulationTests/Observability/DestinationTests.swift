internal import Foundation
internal import HTTPTypes
internal import OpenRouterAPI
internal import Tapes
internal import Testing

@testable internal import Simulation

@Suite("Observability destinations")
struct DestinationTests {
    private static let path = "/observability/destinations"

    private static func create(_ body: String, in office: Office) throws -> JSONValue {
        let exchange = office.call(.post, path, body)
        try #require(exchange.status == 201, "\(exchange.body)")
        return try #require(try exchange.json()["data"])
    }

    @Test("A destination is created with defaults, listed, changed and deleted")
    func life() throws {
        let office = Office()
        let created = try Self.create(
            #"{"type":"langfuse","name":"ours","config":{"publicKey":"pk-lf-0123456789EfGh","secretKey":"sk-lf-0123456789AbCd"}}"#,
            in: office
        )
        #expect(
            created["config"]?.text
                == #"{"publicKey":"pk-l...EfGh","secretKey":"sk-l...AbCd","baseUrl":"https://us.cloud.langfuse.com"}"#
        )
        #expect(created["enabled"]?.bool == true)
        #expect(created["sampling_rate"]?.int == 1)
        #expect(created["api_key_hashes"]?.isNull == true)
        #expect(created["filter_rules"]?.isNull == true)
        for flag in ["privacy_mode", "broadcast_generation_cost", "broadcast_generation_identity"] {
            #expect(created[flag]?.bool == false)
        }
        let id = try #require(created["id"]?.string)
        let list = try office.call(.get, Self.path).json()
        #expect(list["total_count"]?.int == 1)
        #expect(list["data"]?[0]?.text == created.text)

        office.time.pass(seconds: 1)
        let changed = try office.data(
            .patch,
            "\(Self.path)/\(id)",
            #"{"enabled":false,"filter_rules":{"groups":[{"rules":[{"field":"model","operator":"exists"}]}]}}"#
        )
        #expect(changed["enabled"]?.bool == false)
        #expect(changed["name"]?.string == "ours")
        #expect(
            changed["filter_rules"]?.text
                == #"{"enabled":true,"groups":[{"logic":"and","rules":[{"field":"model","operator":"exists"}]}]}"#
        )
        #expect(changed["updated_at"]?.string != changed["created_at"]?.string)
        #expect(try office.data(.get, "\(Self.path)/\(id)").text == changed.text)
        let cleared = try office.data(.patch, "\(Self.path)/\(id)", #"{"filter_rules":null}"#)
        #expect(cleared["filter_rules"]?.isNull == true)

        for (method, body) in [(.get, ""), (.patch, "{}"), (.delete, "")] as [(HTTPRequest.Method, String)] {
            #expect(office.call(method, "\(Self.path)/\(id)", body, key: "sk-or-v1-other").status == 404)
        }
        #expect(office.call(.delete, "\(Self.path)/\(id)").body == #"{"deleted":true}"#)
        #expect(office.call(.get, "\(Self.path)/\(id)").status == 404)
    }

    /// The least that each type takes.
    static let configurations: [(DestinationType, String)] = [
        (.arize, #"{"apiKey":"k","spaceKey":"s","modelId":"m"}"#),
        (.braintrust, #"{"apiKey":"k","projectId":"p"}"#),
        (.clickhouse, #"{"host":"h","database":"d","username":"u","password":"p"}"#),
        (.datadog, #"{"apiKey":"k","mlApp":"a"}"#),
        (.grafana, #"{"apiKey":"k","instanceId":"1"}"#),
        (.langfuse, #"{"publicKey":"k","secretKey":"s"}"#),
        (.langsmith, #"{"apiKey":"k"}"#),
        (.newrelic, #"{"licenseKey":"k"}"#),
        (.opik, #"{"apiKey":"k","workspace":"w","projectName":"p"}"#),
        (.otelCollector, #"{"endpoint":"https://otel.example.com:4318"}"#),
        (.posthog, #"{"apiKey":"k"}"#),
        (.ramp, #"{"apiKey":"k"}"#),
        (.s3, #"{"bucketName":"b","accessKeyId":"a","secretAccessKey":"s"}"#),
        (.sentry, #"{"dsn":"https://abc123@o0.ingest.sentry.io/0","otlpEndpoint":"https://o0.ingest.sentry.io"}"#),
        (.snowflake, #"{"account":"xy12345.us-east-1","token":"t"}"#),
        (.weave, #"{"apiKey":"k","entity":"e","project":"p"}"#),
        (.webhook, #"{"url":"https://example.com/hook"}"#),
    ]

    @Test("Every type takes what it has to have, and names what is missing", arguments: configurations)
    func types(type: DestinationType, config: String) throws {
        let office = Office()
        let created = try Self.create(#"{"type":"\#(type.rawValue)","name":"a","config":\#(config)}"#, in: office)
        #expect(created["type"]?.string == type.rawValue)
        for (name, value) in type.defaults { #expect(created["config"]?[name]?.string == value) }
        let members = try JSONDocument(parsing: config.utf8).root.members.map(\.key)
        for missing in members {
            let rest = JSONObject(
                try JSONDocument(parsing: config.utf8).root.members.filter { $0.key != missing }.map {
                    ($0.key, JSON($0.value))
                }
            )
            let refused = office.call(
                .post,
                Self.path,
                #"{"type":"\#(type.rawValue)","name":"a","config":\#(JSON.object(rest).text)}"#
            )
            #expect(refused.status == 400)
            #expect(refused.body.contains("config.\(missing): expected"), "\(refused.body)")
        }
    }

    @Test("The table has every type once")
    func allTypes() {
        #expect(Self.configurations.map(\.0) == DestinationType.allCases)
    }

    @Test("Secrets that come back as they were shown stay, others are replaced, and none is kept that is not needed")
    func masks() throws {
        let office = Office()
        let hook = try Self.create(
            #"{"type":"webhook","name":"a","config":{"url":"http://127.0.0.1:9/","headers":{"Authorization":"Bearer 0123456789abcdef"}}}"#,
            in: office
        )
        #expect(hook["config"]?["headers"]?.text == #"{"Authorization":"Bear...cdef"}"#)
        let id = try #require(hook["id"]?.string)
        func sentField() throws -> String? {
            _ = office.world.takeCallbacks()
            #expect(office.chat().status == 200)
            return try #require(office.world.takeCallbacks().first).fields[.authorization]
        }
        #expect(try sentField() == "Bearer 0123456789abcdef")
        let echoed = #"{"config":{"url":"http://127.0.0.1:9/b","headers":{"Authorization":"Bear...cdef"}}}"#
        _ = try office.data(.patch, "\(Self.path)/\(id)", echoed)
        #expect(try sentField() == "Bearer 0123456789abcdef")
        _ = try office.data(.patch, "\(Self.path)/\(id)", #"{"config":{"headers":{"Authorization":"Bearer new"}}}"#)
        #expect(try sentField() == "Bearer new")
        _ = try office.data(.patch, "\(Self.path)/\(id)", #"{"config":{"headers":{}}}"#)
        #expect(try sentField() == nil)

        let datadog = try Self.create(
            #"{"type":"datadog","name":"a","config":{"apiKey":"0123456789abcdef","mlApp":"m","headers":{"x":"0123456789abcdef"}}}"#,
            in: office
        )
        #expect(datadog["config"]?["apiKey"]?.string == "0123...cdef")
        let again = try office.data(
            .patch,
            "\(Self.path)/\(datadog["id"]?.string ?? "")",
            #"{"config":{"apiKey":"0123...cdef","mlApp":"n"}}"#
        )
        #expect(again["config"]?["apiKey"]?.string == "0123...cdef")
        #expect(again["config"]?["mlApp"]?.string == "n")
        #expect(again["config"]?["headers"]?["x"]?.string == "0123...cdef")
        let kept = try office.world.withPlatform { platform, _ in try JSONEncoder().encode(platform) }
        #expect(!String(decoding: kept, as: UTF8.self).contains("0123456789abcdef"))
    }

    @Test("A workspace has at most five of a type, and any number of types")
    func limit() throws {
        let office = Office()
        let body = #"{"type":"webhook","name":"a","config":{"url":"https://example.com/"}}"#
        for _ in 0..<5 { _ = try Self.create(body, in: office) }
        let refused = office.call(.post, Self.path, body)
        #expect(refused.status == 400)
        #expect(refused.body.contains("at most 5 destinations of type webhook"))
        _ = try Self.create(#"{"type":"ramp","name":"a","config":{"apiKey":"k"}}"#, in: office)
        #expect(office.call(.post, Self.path, body, key: "sk-or-v1-other").status == 201)
    }

    @Test(
        "Wrong bodies are refused with the field's name",
        arguments: [
            (#"{"name":"a","config":{}}"#, "type: expected one of arize"),
            (#"{"type":"helicone","name":"a","config":{}}"#, "type: expected one of arize"),
            (#"{"type":"webhook","config":{"url":"https://a.b/"}}"#, "name: expected a string"),
            (#"{"type":"webhook","name":"a"}"#, "config: expected an object"),
            (#"{"type":"webhook","name":"a","config":{"url":"x"}}"#, "config.url: expected an absolute URL"),
            (#"{"type":"webhook","name":"a","config":{"url":"https://a.b/","method":"GET"}}"#, "one of POST, PUT"),
            (
                #"{"type":"webhook","name":"a","config":{"url":"https://a.b/","headers":{"a b":"c"}}}"#,
                "config.headers: expected header fields"
            ),
            (#"{"type":"sentry","name":"a","config":{"dsn":"https://a.b/1","otlpEndpoint":""}}"#, "expected a DSN"),
            (#"{"type":"snowflake","name":"a","config":{"account":"a b","token":"t"}}"#, "an account identifier"),
            (#"{"type":"ramp","name":"a","config":{"apiKey":"k"},"sampling_rate":0}"#, "a number from 0.0001 to 1"),
            (#"{"type":"ramp","name":"a","config":{"apiKey":"k"},"api_key_hashes":[]}"#, "at least one element"),
            (
                #"{"type":"ramp","name":"a","config":{"apiKey":"k"},"filter_rules":{"groups":[{"rules":[{"field":"x","operator":"gt"}]}]}}"#,
                "filter_rules.groups[0].rules[0].field: expected one of model"
            ),
            (
                #"{"type":"ramp","name":"a","config":{"apiKey":"k"},"filter_rules":{"groups":[{"rules":[{"field":"input","operator":"regex","value":"("}]}]}}"#,
                "filter_rules.groups[0].rules[0].value: expected a regular expression"
            ),
        ]
    )
    func badInput(body: String, message: String) {
        let exchange = Office().call(.post, Self.path, body)
        #expect(exchange.status == 400)
        #expect(exchange.body.contains(message), "\(exchange.body)")
    }
}
