/// One request and its answer over a raw connection, read as far as its framing says.
package struct HTTPExchange: Sendable {
    package var reading: RawConnection.Reading
    package var status: Int
    package var head: String
    /// The body as framed: chunk sizes and all.
    package var framedBody: [UInt8]

    /// The body without chunk framing.
    package var body: String {
        head.lowercased().contains("transfer-encoding: chunked")
            ? String(decoding: Self.chunks(of: framedBody).joined(), as: UTF8.self)
            : String(decoding: framedBody, as: UTF8.self)
    }

    /// The chunks of a chunked body, without the last empty one; a cut chunk is shorter than it said.
    package var chunks: [[UInt8]] { Self.chunks(of: framedBody) }

    package func field(_ name: String) -> String? {
        head.split(separator: "\r\n").first { $0.lowercased().hasPrefix(name.lowercased() + ":") }
            .map { String($0.dropFirst(name.count + 1).drop { $0 == " " }) }
    }

    /// Sends a request on a new connection and reads the answer to its end.
    package init(
        _ method: String,
        _ path: String,
        body: String = "",
        fields: [String] = ["Authorization: Bearer sk-or-v1-test"],
        port: Int,
        silenceLimit: Duration = .seconds(10)
    ) throws {
        let connection = try RawConnection(port: port)
        var request = "\(method) \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\n"
        for field in fields { request += field + "\r\n" }
        if !body.isEmpty { request += "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n" }
        connection.send(request + "\r\n" + body)
        self.init(connection.read(silenceLimit: silenceLimit, until: Self.isComplete))
    }

    package init(_ reading: RawConnection.Reading) {
        self.reading = reading
        let bytes = reading.bytes
        let end = bytes.firstRange(of: Array("\r\n\r\n".utf8))?.upperBound ?? bytes.count
        head = String(decoding: bytes[..<end], as: UTF8.self)
        framedBody = Array(bytes[end...])
        status = head.split(separator: " ").dropFirst().first.flatMap { Int($0.prefix(3)) } ?? 0
    }

    /// Whether these bytes hold a whole answer; a body that ends with the connection never does.
    package static func isComplete(_ bytes: [UInt8]) -> Bool {
        guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8))?.upperBound else { return false }
        let head = String(decoding: bytes[..<end], as: UTF8.self).lowercased()
        if head.hasPrefix("http/1.1 204") || head.hasPrefix("http/1.1 304") { return true }
        if head.contains("transfer-encoding: chunked") {
            var rest = bytes[end...]
            while let line = rest.firstIndex(of: 10) {
                let text = String(decoding: rest[rest.startIndex..<line], as: UTF8.self)
                guard let size = Int(text.prefix { $0.isHexDigit }, radix: 16) else { return false }
                rest = rest[(line + 1)...]
                if size == 0 { return rest.starts(with: [13, 10]) || rest.firstRange(of: [13, 10, 13, 10]) != nil }
                guard rest.count >= size + 2 else { return false }
                rest = rest.dropFirst(size + 2)
            }
            return false
        }
        guard let line = head.split(separator: "\r\n").first(where: { $0.hasPrefix("content-length:") }),
            let length = Int(line.dropFirst("content-length:".count).filter { $0 != " " })
        else { return false }
        return bytes.count - end >= length
    }

    private static func chunks(of body: [UInt8]) -> [[UInt8]] {
        var chunks: [[UInt8]] = []
        var rest = body[...]
        while let line = rest.firstIndex(of: 10) {
            let text = String(decoding: rest[rest.startIndex..<line], as: UTF8.self)
            guard let size = Int(text.prefix { $0.isHexDigit }, radix: 16), size > 0 else { return chunks }
            rest = rest[(line + 1)...]
            chunks.append(Array(rest.prefix(size)))
            rest = rest.dropFirst(size + 2)
        }
        return chunks
    }
}
