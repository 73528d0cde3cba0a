internal import HTTPTypes
internal import NIOCore
internal import OpenRouterAPI
internal import Tapes
internal import Testing

@testable internal import Simulation

/// A world where people sign in to apps.
struct SignInOffice {
    /// RFC 7636, appendix B.
    static let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    static let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
    static let s256 = "code_challenge=\(challenge)&code_challenge_method=S256"
    static let callback = "callback_url=http://localhost:3000/cb"

    let office: Office

    init(era: SimulationSettings.Era = .current) {
        var settings = SimulationSettings()
        settings.era = era
        office = Office(settings)
    }

    func page(
        _ query: String,
        method: HTTPRequest.Method = .get,
        form: String = "",
        fields: HTTPFields = [:]
    ) -> Exchange {
        var fields = fields
        if let host = HTTPField.Name("Host") { fields[host] = "127.0.0.1:6464" }
        let target = RequestTarget("/auth" + (query.isEmpty ? "" : "?" + query))
        let request = Request(method: method, target: target, fields: fields, body: ByteBuffer(string: form))
        return Exchange(request, in: office.world, by: office.simulator)
    }

    /// The token of the form that a page shows.
    func formToken(_ query: String = callback) throws -> String {
        let match = page(query).body.firstMatch(of: /name="token" value="([^"]+)"/)
        return String(try #require(match).1)
    }

    /// The code that an approved request comes to.
    func code(_ query: String = callback) throws -> String {
        let location = try #require(page(query + "&auto=approve").fields[.location])
        return try #require(RequestTarget(location).queryValue("code"))
    }

    func exchange(_ members: [String: JSON]) -> Exchange {
        let body = JSON.object(JSONObject(members.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }))
        return exchange(body: body.text)
    }

    func exchange(body: String) -> Exchange {
        Exchange(.make(.post, "/auth/keys", body: body, key: nil), in: office.world, by: office.simulator)
    }

    /// The key that a code is exchanged for.
    func key(_ code: String) throws -> String {
        try #require(try exchange(["code": .string(code)]).json()["key"]?.string)
    }
}
