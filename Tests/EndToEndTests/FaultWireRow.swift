import Foundation
import Testing

/// What a client must see of an answer with these faults.
struct FaultWireRow: Sendable {
    enum End: Sendable {
        /// The message is whole, and the connection takes the next request.
        case goesOn
        /// The connection ends as the message does, in order: in TLS with close_notify.
        case finishes
        /// FIN in the middle; in TLS without close_notify.
        case isCut
        /// RST.
        case resets
        /// The connection stays open and says nothing.
        case stalls
    }

    enum Content: Sendable {
        /// These bytes.
        case exactly([UInt8])
        /// One of these, by random choice.
        case oneOf([[UInt8]])
        /// The usual head with the coding added, and a body that is the usual one once decoded.
        case coded(String)
        /// So many bytes that nobody can foretell, between these.
        case random(before: [UInt8], count: Int, after: [UInt8])
    }

    /// One or several, separated by commas, in JSON.
    var faults: String
    var content: Content
    var end: End
    /// The answer is over no earlier than so long after the request.
    var notBefore: Duration
    /// The server writes at least so often.
    var writeCount: Int
    /// Whether the journal names the faults; not where they had nothing to change.
    var isEffective: Bool

    init(
        _ faults: String,
        _ content: Content,
        _ end: End = .goesOn,
        notBefore: Duration = .zero,
        writes: Int = 0,
        isEffective: Bool = true
    ) {
        self.faults = faults
        self.content = content
        self.end = end
        self.notBefore = notBefore
        writeCount = writes
        self.isEffective = isEffective
    }

    init(
        _ faults: String,
        _ text: String,
        _ end: End = .goesOn,
        notBefore: Duration = .zero,
        writes: Int = 0,
        isEffective: Bool = true
    ) {
        self.init(
            faults,
            .exactly(Array(text.utf8)),
            end,
            notBefore: notBefore,
            writes: writes,
            isEffective: isEffective
        )
    }

    /// Of the answer, where that is known.
    var byteCount: Int? {
        if case .exactly(let bytes) = content { bytes.count } else { nil }
    }
}

// MARK: - Checks

extension FaultWireRow {
    func check(_ seen: FaultWireTests.Seen, _ transport: FaultWireTests.Transport) {
        let name = "\(transport.rawValue) \(faults)"
        guard let bytes = seen.bytes, let endedAt = seen.endedAtMs else {
            Issue.record("\(name): \(seen.refused ?? "no answer")")
            return
        }
        #expect(seen.end == expectedEnd(transport), "\(name)")
        check(content: answer(in: Array(bytes), name), decoded: seen.decoded.map { Array($0) }, name)
        // The client's clock starts before the server's.
        #expect(Duration.milliseconds(endedAt) >= notBefore, "\(name)")
        #expect(seen.writeCount ?? 0 >= writeCount, "\(name)")
        let names = (seen.faults ?? []).map { "\"\($0)\"" }
        #expect(isEffective ? !names.isEmpty && names.allSatisfy(faults.contains) : names.isEmpty, "\(name): \(names)")
    }

    private func expectedEnd(_ transport: FaultWireTests.Transport) -> String {
        switch end {
        case .goesOn, .finishes: transport == .tls ? "close_notify" : "fin"
        case .isCut: "fin"
        case .resets: "reset"
        case .stalls: "stall"
        }
    }

    /// Without the answer to the second request, which comes exactly where the connection goes on.
    private func answer(in bytes: [UInt8], _ name: String) -> [UInt8] {
        let text = String(decoding: bytes, as: UTF8.self)
        guard end == .goesOn else {
            #expect(!text.contains(#"{"status":"ok"}"#), "\(name) goes on")
            return bytes
        }
        #expect(text.hasSuffix(#"{"status":"ok"}"#), "\(name) does not go on: \(text)")
        let next = Array("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n".utf8)
        return Array(bytes[..<(bytes.ranges(of: next).last?.lowerBound ?? bytes.endIndex)])
    }

    private func check(content bytes: [UInt8], decoded: [UInt8]?, _ name: String) {
        switch content {
        case .exactly(let expected):
            #expect(bytes == expected, "\(name):\n\(Self.difference(bytes, expected))")
        case .oneOf(let choices):
            #expect(choices.contains(bytes), "\(name): \(String(decoding: bytes, as: UTF8.self))")
        case .coded(let coding):
            let head = WireText.head(["Transfer-Encoding: chunked", "Content-Encoding: \(coding)"])
            #expect(bytes.starts(with: head.utf8), "\(name)")
            #expect(decoded == Array(WireText.events.joined().utf8), "\(name)")
        case .random(let before, let count, let after):
            #expect(bytes.count == before.count + count + after.count, "\(name)")
            #expect(bytes.starts(with: before) && bytes.reversed().starts(with: after.reversed()), "\(name)")
        }
    }

    private static func difference(_ bytes: [UInt8], _ expected: [UInt8]) -> String {
        "came: \(String(reflecting: String(decoding: bytes, as: UTF8.self)))\n"
            + "expected: \(String(reflecting: String(decoding: expected, as: UTF8.self)))"
    }
}
