internal import HTTPTypes
internal import Synchronization
internal import Tapes

/// What the bytes of one HTTP/1.1 response say beyond what the client library hands out.
///
/// Written by the connection and read by the recording: the head in the sender's own spelling, reason phrase and bytes
/// that are no UTF-8 included, and the sizes of the chunks in order.
final class RawResponse: Sendable {
    private struct State {
        var reasonPhrase: String?
        var fields: HTTPFields?
        var chunkSizes: [Int] = []
        var lastRead: ContinuousClock.Instant?
    }

    private let state = Mutex(State())

    /// - Parameter bytes: status line and header lines, each ended by CR LF.
    func setHead(_ bytes: [UInt8]) {
        var lines = bytes.split(separator: UInt8(ascii: "\n")).map {
            $0.last == UInt8(ascii: "\r") ? $0.dropLast() : $0
        }
        guard !lines.isEmpty else { return }
        let statusLine = lines.removeFirst().split(separator: UInt8(ascii: " "), maxSplits: 2)
        let reason = statusLine.count > 2 ? String(decoding: statusLine[2], as: UTF8.self) : ""
        let fields = Self.fields(lines)
        state.withLock { state in
            state.reasonPhrase = reason
            state.fields = fields
        }
    }

    /// When the latest bytes were read; nil before the first.
    var lastRead: ContinuousClock.Instant? { state.withLock { $0.lastRead } }

    func noteRead(at instant: ContinuousClock.Instant) {
        state.withLock { $0.lastRead = instant }
    }

    func appendChunk(byteCount: Int) {
        state.withLock { $0.chunkSizes.append(byteCount) }
    }

    /// Nil when the chunk has not begun, or the body has no chunks.
    func chunkSize(at index: Int) -> Int? {
        state.withLock { $0.chunkSizes.indices.contains(index) ? $0.chunkSizes[index] : nil }
    }

    /// The head with the sender's spelling.
    func refine(_ head: ResponseHead) -> ResponseHead {
        let (reason, fields) = state.withLock { ($0.reasonPhrase, $0.fields) }
        var refined = head
        if let reason { refined.status = HTTPResponse.Status(code: head.status.code, reasonPhrase: reason) }
        if let fields { refined.fields = fields }
        return refined
    }

    /// Nil when a line is no header field, such as the folded lines of old: then the library's reading counts.
    private static func fields(_ lines: [ArraySlice<UInt8>]) -> HTTPFields? {
        var fields = HTTPFields()
        for line in lines where !line.isEmpty {
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")),
                let name = HTTPField.Name(String(decoding: line[..<colon], as: UTF8.self))
            else { return nil }
            let isBlank: (UInt8) -> Bool = { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
            var value = line[line.index(after: colon)...].drop(while: isBlank)
            while let last = value.last, isBlank(last) { value.removeLast() }
            fields.append(HTTPField(name: name, lenientValue: value))
        }
        return fields
    }
}

/// Finds what belongs to a response by the number its head was given on the way up.
final class RawResponseRegistry: Sendable {
    /// A header field that exists between the connection and ``Upstream`` only.
    static let fieldName = "x-openrouter-sim-raw"

    private struct State {
        var next = 0
        var responses: [String: RawResponse] = [:]
    }

    private let state = Mutex(State())

    func register(_ response: RawResponse) -> String {
        state.withLock { state in
            state.next += 1
            let number = String(state.next)
            state.responses[number] = response
            return number
        }
    }

    func take(_ number: String) -> RawResponse? {
        state.withLock { $0.responses.removeValue(forKey: number) }
    }
}
