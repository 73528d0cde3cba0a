internal import HTTPTypes
internal import NIOCore
package import Tapes

/// Sends an informational response before the real one.
///
/// It is 103 Early Hints unless told. Clients skip it (RFC 9110 §15.2).
package struct EarlyResponseFault: Fault {
    package static let name = "early_response"
    package static let summary = "Sends informational responses before the real one."
    package static let parameters = [status, count, lead]

    private static let status = FaultParameter(
        "status",
        .integer(100...199),
        "Its status code; 101 would end HTTP on the connection.",
        default: .integer(103),
        isShorthand: true
    )
    private static let count = FaultParameter(
        "count",
        .integer(1...1_000),
        "Number of informational responses.",
        default: .integer(1)
    )
    private static let lead = FaultParameter(
        "lead",
        .duration,
        "Time from each of them to what comes next.",
        default: .duration(.zero)
    )

    package let arguments: FaultArguments
    private let status: Int
    private let count: Int
    private let lead: Duration

    package init(_ arguments: FaultArguments) {
        self.arguments = arguments.withoutDefaults(of: Self.parameters)
        status = arguments.integer(Self.status)
        count = arguments.integer(Self.count)
        lead = arguments.duration(Self.lead)
    }

    package func alter(_ answer: inout AlteredTape, using generator: inout SeededGenerator) {
        let line = "HTTP/1.1 \(status) \(HTTPResponse.Status.phrase(for: status))\r\n\r\n"
        let (status, count, lead) = (status, count, lead)
        answer.wireChanges.append { wire in
            guard let head = WireLayout(wire)?.heads.first, head.lowerBound == 0, !wire.writes.isEmpty else { return }
            var early = Array(repeating: WireTape.Write(gap: lead, bytes: ByteBuffer(string: line)), count: count)
            early[0].gap = wire.writes[0].gap
            wire.writes[0].gap = lead
            wire.writes.insert(contentsOf: early, at: 0)
        }
        answer.streamChanges.append { stream in
            // HTTP/2 has no 101 (RFC 9113 §8.6).
            guard status != 101 else { return }
            let early = ResponseHead(status: HTTPResponse.Status(code: status))
            stream.precede(with: Array(repeating: early, count: count), lead: lead)
        }
    }
}
