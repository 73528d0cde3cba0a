internal import HTTPTypes
internal import NIOCore
internal import OpenRouterAPI
internal import Tapes

/// Vectors as `POST /embeddings` answers them (reference: inference §6.1).
///
/// Written as bytes right away: as a ``JSON`` value, a batch of 2048 vectors would be millions of strings.
struct EmbeddingList: Sendable {
    /// The elements of `data`, with commas between them.
    private let elements: [UInt8]

    init(_ vectors: [[Float]], _ encoding: EmbeddingsRequest.Encoding) {
        var bytes: [UInt8] = []
        let dimensionCount = vectors.first?.count ?? 0
        bytes.reserveCapacity(vectors.count * (dimensionCount * (encoding == .float ? 14 : 6) + 64))
        for (index, vector) in vectors.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes += #"{"object":"embedding","embedding":"#.utf8
            switch encoding {
            case .float: Self.append(numbers: vector, to: &bytes)
            case .base64: Self.append(base64: vector, to: &bytes)
            }
            bytes += #","index":\#(index)}"#.utf8
        }
        elements = bytes
    }

    func answer(_ identity: AnswerIdentity, _ usage: UsageEncoder) -> OperationAnswer {
        let rest: JSON = [
            "model": .string(identity.model),
            "provider": .string(identity.provider),
            "id": .string(id(of: identity)),
            "usage": usage.embeddings,
        ]
        var buffer = ByteBuffer()
        buffer.writeString(#"{"object":"list","data":["#)
        buffer.writeBytes(elements)
        buffer.writeString("],")
        buffer.writeBytes(rest.serialized().dropFirst())
        return OperationAnswer(fields: [.contentType: "application/json"], frames: [Frame(bytes: buffer)])
    }

    /// The schema's sample is `embd-` and digits; what the real id is like is not known.
    ///
    /// A batch's bodies all have the id of their generation (docs, batch-quickstart).
    private func id(of identity: AnswerIdentity) -> String {
        identity.id.hasPrefix("gen-batch-") ? identity.id : "embd-" + identity.id.dropFirst("gen-".count)
    }

    /// The fewest digits that read back as the same `Float`.
    private static func append(numbers: [Float], to bytes: inout [UInt8]) {
        for (index, number) in numbers.enumerated() {
            bytes.append(index == 0 ? UInt8(ascii: "[") : UInt8(ascii: ","))
            bytes += number.description.utf8
        }
        bytes.append(UInt8(ascii: "]"))
    }

    /// Little-endian, as the OpenAI SDKs read it.
    private static func append(base64 numbers: [Float], to bytes: inout [UInt8]) {
        var raw: [UInt8] = []
        raw.reserveCapacity(numbers.count * 4)
        for number in numbers { withUnsafeBytes(of: number.bitPattern.littleEndian) { raw += $0 } }
        bytes.append(UInt8(ascii: "\""))
        bytes += Base64.encoded(raw).utf8
        bytes.append(UInt8(ascii: "\""))
    }
}
