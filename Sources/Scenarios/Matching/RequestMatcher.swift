package import HTTPTypes
package import OpenRouterAPI

/// Which requests a rule is for; all that is set must hold.
package struct RequestMatcher: Sendable {
    /// A header field and what it must be.
    package struct Field: Sendable, Hashable {
        package var name: HTTPField.Name
        package var matcher: TextMatcher
    }

    /// A place in the body and what must be there.
    package struct Value: Sendable, Hashable {
        package var pointer: JSONPointer
        package var matcher: JSONMatcher
    }

    /// One bit for each endpoint of ``EndpointTable`` that is meant by name or group.
    var endpoints: EndpointTable.Bits
    /// Paths without `/api/v1`, of which one may match instead.
    var paths: [Glob]
    /// Empty for any.
    package var methods: [HTTPRequest.Method]
    /// Empty for any, and for requests without one.
    package var models: [Glob]
    package var stream: Bool?
    package var lastMessage: TextMatcher?
    package var fields: [Field]
    package var values: [Value]
    /// Which of the calls that match otherwise; nil for all.
    package var calls: CallRange?
    /// Each so-many-th of the calls that match otherwise.
    package var every: Int?
    /// From 0 to 1; nil for always.
    package var chance: Double?

    /// Matches everything.
    package init() {
        endpoints = ~0
        paths = []
        methods = []
        models = []
        fields = []
        values = []
    }
}

extension RequestMatcher {
    /// Whether a request is meant, whichever call it is and whatever chance says.
    package func matches(_ request: ScenarioRequest) -> Bool {
        matches(RequestFacts(request))
    }

    func matches(_ facts: RequestFacts) -> Bool {
        if endpoints & facts.endpoint == 0 {
            guard !paths.isEmpty else { return false }
            let path = String(EndpointTable.relative(facts.request.path))
            guard paths.contains(where: { $0.matches(path) }) else { return false }
        }
        if let stream, stream != facts.isStreamed { return false }
        if !methods.isEmpty, !methods.contains(facts.request.method) { return false }
        if !models.isEmpty {
            guard let model = facts.model, models.contains(where: { $0.matches(model) }) else { return false }
        }
        if let lastMessage, !lastMessage.matches(facts.lastMessage) { return false }
        for field in fields where !field.matcher.matches(facts.request.fields[field.name]) { return false }
        for value in values where !value.matcher.matches(facts.request.json?.at(value.pointer)) { return false }
        return true
    }

    /// Whether it depends on which call it is.
    var countsCalls: Bool {
        calls != nil || every != nil
    }

    /// Whether a call is meant, counted from 1.
    func takes(call: Int) -> Bool {
        (calls?.contains(call) ?? true) && (every.map { call % $0 == 0 } ?? true)
    }
}

extension RequestMatcher {
    /// Whether all requests that `other` matches are matched here too; false where that cannot be told.
    func covers(_ other: RequestMatcher) -> Bool {
        guard !countsCalls, chance == nil, coversPaths(of: other) else { return false }
        if let stream, other.stream != stream { return false }
        if let lastMessage, other.lastMessage != lastMessage { return false }
        if !methods.isEmpty {
            guard !other.methods.isEmpty, other.methods.allSatisfy(methods.contains) else { return false }
        }
        if !models.isEmpty {
            guard !other.models.isEmpty,
                other.models.allSatisfy({ model in models.contains { $0.covers(model) } })
            else { return false }
        }
        return fields.allSatisfy(other.fields.contains) && values.allSatisfy(other.values.contains)
    }

    private func coversPaths(of other: RequestMatcher) -> Bool {
        guard endpoints != ~0 else { return true }
        return other.endpoints & ~endpoints == 0
            && other.paths.allSatisfy { path in
                // A path without a star is one endpoint, known by now.
                paths.contains { $0.covers(path) }
                    || !path.text.contains("*") && EndpointTable.bits(ofPath: "/api/v1" + path.text) & endpoints != 0
            }
    }
}
