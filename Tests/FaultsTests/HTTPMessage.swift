/// A response as a strict client reads it (RFC 9112), written apart from the faults' own view of the bytes.
struct HTTPMessage {
    var head: String
    var body: [UInt8]
    /// Whether the body came to the end that its framing announces.
    var isComplete: Bool
    var trailers: [String] = []
    /// What came after the message.
    var rest: [UInt8] = []

    init?(_ bytes: [UInt8]) {
        var rest = bytes[...]
        func line() -> String? {
            guard let end = rest.firstIndex(of: 0x0A), end > rest.startIndex, rest[end - 1] == 0x0D else { return nil }
            defer { rest = rest[(end + 1)...] }
            return String(decoding: rest[..<(end - 1)], as: UTF8.self)
        }
        var lines: [String] = []
        repeat {
            lines = []
            while let next = line(), !next.isEmpty { lines.append(next) }
            guard let status = lines.first, status.hasPrefix("HTTP/1.1 ") else { return nil }
        } while lines[0].dropFirst(9).hasPrefix("1")
        head = lines.joined(separator: "\n")
        body = []
        isComplete = false
        let fields = lines.dropFirst().map { $0.lowercased() }
        if fields.contains("transfer-encoding: chunked") {
            while let size = line(), let count = Int(size.prefix { $0 != ";" }, radix: 16) {
                guard count > 0 else {
                    while let trailer = line() {
                        isComplete = trailer.isEmpty
                        if isComplete { break }
                        trailers.append(trailer)
                    }
                    break
                }
                body += rest.prefix(count)
                guard rest.count >= count + 2, rest.dropFirst(count).starts(with: [0x0D, 0x0A]) else { return }
                rest = rest.dropFirst(count + 2)
            }
            self.rest = Array(rest)
        } else if let length = fields.first(where: { $0.hasPrefix("content-length: ") }).flatMap({
            Int($0.dropFirst(16))
        }) {
            body = Array(rest.prefix(length))
            isComplete = body.count == length
            self.rest = Array(rest.dropFirst(length))
        } else {
            body = Array(rest)
            isComplete = true
        }
    }
}
