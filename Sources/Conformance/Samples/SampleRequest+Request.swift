internal import HTTPTypes
internal import NIOCore
internal import OpenRouterAPI
internal import Tapes

extension SampleRequest {
    private static let boundary = "openrouter-sim-conformance"

    /// The request as it is sent.
    ///
    /// - Parameters:
    ///   - operation: what it is a request of.
    ///   - key: sent as a bearer token; nil to send none.
    ///   - override: a body to send instead of the sample's own; nil for that.
    /// - Returns: a request whose path starts with `/api/v1`.
    func request(of operation: OpenAPIOperation, key: String?, body override: String? = nil) -> Request {
        var target = "/api/v1" + operation.path
        for (name, value) in path {
            target = target.replacing("{\(name)}", with: value.percentEncoded)
        }
        let items = query.map { "\($0.name.percentEncoded)=\($0.value.percentEncoded)" }
        if !items.isEmpty { target += "?" + items.joined(separator: "&") }
        var fields: HTTPFields = [.accept: isStreamed ? "text/event-stream" : "*/*"]
        if let key { fields[.authorization] = "Bearer \(key)" }
        var bytes = ByteBuffer()
        switch body {
        case .none: break
        case .json(let json):
            fields[.contentType] = "application/json"
            bytes.writeString(override ?? json.description)
        case .form(let parts):
            fields[.contentType] = "multipart/form-data; boundary=\(Self.boundary)"
            bytes.writeString(override ?? Self.text(of: parts))
        }
        if bytes.readableBytes > 0 { fields[.contentLength] = String(bytes.readableBytes) }
        return Request(method: operation.method, target: RequestTarget(target), fields: fields, body: bytes)
    }

    /// RFC 7578, section 4.
    private static func text(of parts: [FormPart]) -> String {
        let lines = parts.flatMap { part in
            var disposition = "Content-Disposition: form-data; name=\"\(part.name)\""
            if let file = part.file { disposition += "; filename=\"\(file.name)\"" }
            let type = part.file.map { ["Content-Type: \($0.type)"] } ?? []
            return ["--\(boundary)", disposition] + type + ["", part.value]
        }
        return (lines + ["--\(boundary)--", ""]).joined(separator: "\r\n")
    }
}

extension String {
    /// With `%XX` for every byte that RFC 3986, section 2.3, does not call unreserved.
    fileprivate var percentEncoded: String {
        var text = ""
        for byte in utf8 {
            let scalar = Unicode.Scalar(byte)
            if byte < 0x80,
                scalar.properties.isAlphabetic || (48...57).contains(byte) || "-._~".unicodeScalars.contains(scalar)
            {
                text.unicodeScalars.append(scalar)
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                text += byte < 16 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return text
    }
}
