/// A response as it came over the wire, framing included.
struct RawResponse: Sendable {
    /// Status line and header fields with their line ends, without the empty line.
    var head: String
    /// The body without framing.
    var body: [UInt8] = []
    /// Sizes of the chunks, in order, without the last one; nil for other framings.
    var chunkSizes: [Int]?
    /// Trailer fields with their line ends.
    var trailers = ""

    var status: Int { Int(head.dropFirst(9).prefix(3)) ?? 0 }

    var text: String { String(decoding: body, as: UTF8.self) }

    /// The value of a header field, or nil.
    func field(_ name: String) -> String? {
        let prefix = name.lowercased() + ": "
        let line = head.split(separator: "\r\n").first { $0.lowercased().hasPrefix(prefix) }
        return line.map { String($0.dropFirst(prefix.count)) }
    }

    /// Status, whether it announces the end of the connection, and the body.
    var summary: String {
        let close = field("connection")?.lowercased() == "close" ? " closing" : ""
        return "\(status)\(close) \(text)"
    }
}

extension RawClient {
    /// Reads one response to the end of its message; a body that only the connection ends is not waited for.
    func receiveResponse(isHead: Bool = false) async throws -> RawResponse {
        var response = RawResponse(head: String(try await receive(until: "\r\n\r\n").dropLast(1)))
        if isHead || response.status < 200 || response.status == 204 || response.status == 304 { return response }
        if response.field("transfer-encoding") == "chunked" {
            var sizes: [Int] = []
            while true {
                let line = try await receive(until: "\r\n").dropLast(1)
                guard let size = Int(line, radix: 16) else {
                    throw ConnectionError(description: "no chunk size: \(line)")
                }
                if size == 0 { break }
                sizes.append(size)
                response.body += try await receive(count: size)
                _ = try await receive(count: 2)
            }
            while true {
                let line = try await receive(until: "\r\n")
                if line == "\r\n" { break }
                response.trailers += line
            }
            response.chunkSizes = sizes
        } else if let length = response.field("content-length").flatMap({ Int($0) }) {
            response.body = try await receive(count: length)
        }
        return response
    }
}
