internal import HTTPTypes
internal import OpenRouterAPI
internal import Tapes

/// How a service is reached: what its type's shape asks for.
///
/// Secrets are kept only where something is sent with them; of others nothing is left but what may be shown.
struct DestinationConfig: Sendable, Codable {
    let type: DestinationType
    private var values: [String: String]
    /// Header fields to send along, by name.
    private var headers: [String: String] = [:]

    /// - Throws: ``APIError`` 400 naming the first member that does not fit the type.
    init(_ type: DestinationType, _ config: JSONValue) throws(APIError) {
        self.type = type
        values = type.defaults
        try type.shape.check(config, path: "config")
        try take(config)
    }

    /// Applies a part of a configuration: what is absent stays, and so do secrets that come back as they were shown
    /// (schema `UpdateObservabilityDestinationRequest`).
    ///
    /// - Throws: ``APIError`` 400 naming the first member that does not fit.
    mutating func change(by config: JSONValue) throws(APIError) {
        let optional = type.shape.members.map { ObjectShape.Member.optional($0.name, $0.shape) }
        try ObjectShape(optional).check(config, path: "config")
        try take(config)
    }

    private mutating func take(_ config: JSONValue) throws(APIError) {
        for member in type.shape.members {
            guard let value = config[member.name]?.string else { continue }
            guard member.shape.isSecret else {
                values[member.name] = value
                continue
            }
            // Nothing is sent to services that have secrets of their own.
            if value != values[member.name] { values[member.name] = value.maskedSecret }
        }
        guard let fields = config["headers"] else { return }
        var all: [String: String] = [:]
        for field in fields.members {
            let value = field.value.string ?? ""
            guard HTTPField.Name(field.key) != nil, HTTPField.isValidValue(value) else {
                throw .invalidField("config.headers", expected: "header fields", found: JSON.string(field.key).text)
            }
            let old = headers[field.key]
            let isAsShown = value == old || value == old?.maskedSecret
            all[field.key] = isAsShown ? old : type.endpointMember == nil ? value.maskedSecret : value
        }
        headers = all
    }

    /// As answers show it, secrets masked.
    var json: JSON {
        var members: JSONObject = [:]
        for member in type.shape.members { members.append(member.name, values[member.name].map { .string($0) }) }
        if !headers.isEmpty {
            let isMasked = type.endpointMember == nil
            members.append(
                "headers",
                .object(
                    JSONObject(
                        headers.sorted { $0.key < $1.key }.map {
                            ($0.key, .string(isMasked ? $0.value : $0.value.maskedSecret))
                        }
                    )
                )
            )
        }
        return .object(members)
    }
}

extension String {
    /// Eleven characters of it, as observed.
    fileprivate var maskedSecret: String { masked(keeping: 4) }
}

extension ValueShape {
    fileprivate var isSecret: Bool {
        if case .secret = self { true } else { false }
    }
}

// MARK: - Sending

extension DestinationConfig {
    /// What belongs to the connection, and is nobody's to set.
    private static let ownFields: Set<String> = ["connection", "content-length", "host", "transfer-encoding"]

    /// A request to the service; nil where none is ever sent.
    ///
    /// A collector's URL without a path gets the one of its protocol (OpenTelemetry specification, "Endpoint URLs for
    /// OTLP/HTTP").
    func callback(_ body: JSON) -> Callback? {
        guard let member = type.endpointMember, var text = values[member] else { return nil }
        if type == .otelCollector, let scheme = text.firstRange(of: "://") {
            let path = text[scheme.upperBound...].drop { $0 != "/" }
            if path.isEmpty || path == "/" { text += path.isEmpty ? "/v1/traces" : "v1/traces" }
        }
        guard let url = AbsoluteURL(text) else { return nil }
        var fields: HTTPFields = [.contentType: "application/json"]
        for (name, value) in headers.sorted(by: { $0.key < $1.key }) where !Self.ownFields.contains(name.lowercased()) {
            guard let name = HTTPField.Name(name) else { continue }
            fields[name] = value
        }
        return Callback(
            url: url,
            method: values["method"] == "PUT" ? .put : .post,
            fields: fields,
            body: body.serialized()
        )
    }
}
