internal import HTTPTypes
internal import NIOCore
internal import OpenRouterAPI
internal import Tapes

/// One row of the table `interaction`, with the hashes of its bodies in place of their numbers.
struct InteractionRecord {
    var fingerprint: Hash128
    var completion: String
    var recordedAt: Int64
    var method: String
    var target: String
    var path: String
    /// For listings and near misses: the body's `model`.
    var model: String?
    /// For near misses: the length of the body's `messages` or `input`.
    var messageCount: Int?
    var requestFields: [UInt8]
    var requestBody: Hash128
    /// Nil where the answer has no head, together with the next three.
    var httpVersion: String?
    var status: Int?
    var reason: String?
    var responseFields: [UInt8]?
    var trailers: [UInt8]
    var responseBody: Hash128
    var frames: [UInt8]
    var headGap: Int64
    var ending: String
    var endingGap: Int64
    var upstream: String?
}

extension InteractionRecord {
    /// - Parameters:
    ///   - redacted: what is recorded.
    ///   - requestBody: the hash of its body.
    ///   - responseBody: of all frames together.
    init(_ redacted: RedactedInteraction, requestBody: Hash128, responseBody: Hash128) {
        let interaction = redacted.interaction
        let request = interaction.request
        let tape = interaction.tape
        let outline = RequestOutline(of: request)
        self.init(
            fingerprint: redacted.fingerprint.hash,
            completion: interaction.completion.rawValue,
            recordedAt: interaction.recordedAt,
            method: request.method.rawValue,
            target: request.target.raw,
            path: request.target.path,
            model: outline.model,
            messageCount: outline.messageCount,
            requestFields: FieldList.encode(request.fields),
            requestBody: requestBody,
            httpVersion: tape.head?.version.rawValue,
            status: tape.head?.status.code,
            reason: tape.head?.status.reasonPhrase,
            responseFields: tape.head.map { FieldList.encode($0.fields) },
            trailers: FieldList.encode(tape.trailers),
            responseBody: responseBody,
            frames: FrameList.encode(tape.frames),
            headGap: max(0, tape.headGap.microseconds),
            ending: tape.ending.rawValue,
            endingGap: max(0, tape.endingGap.microseconds),
            upstream: redacted.upstream
        )
    }

    /// A hash over everything the row says, so that a flipped bit is noticed.
    var checksum: Hash128 {
        var stream = HashStream(domain: "interaction \(CassetteFormat.checksumVersion)")
        stream.add(fingerprint)
        stream.add(completion)
        stream.add(Int(recordedAt))
        stream.add(method)
        stream.add(target)
        stream.add(path)
        stream.add(optional: model)
        stream.add(optional: messageCount.map(String.init))
        stream.add(requestFields)
        stream.add(requestBody)
        stream.add(optional: httpVersion)
        stream.add(optional: status.map(String.init))
        stream.add(optional: reason)
        stream.add(responseFields == nil ? 0 : 1)
        stream.add(responseFields ?? [])
        stream.add(trailers)
        stream.add(responseBody)
        stream.add(frames)
        stream.add(Int(headGap))
        stream.add(ending)
        stream.add(Int(endingGap))
        stream.add(optional: upstream)
        return stream.finish()
    }
}

/// What listings and near misses ask of a request without reading its body again.
struct RequestOutline {
    var model: String?
    var messageCount: Int?

    init(of request: Request) {
        self.init(document: JSONDocument(bodyOf: request))
    }

    init(document: JSONDocument?) {
        model = document?.root["model"]?.string
        let messages = document?.root["messages"] ?? document?.root["input"]
        messageCount = messages.flatMap { $0.kind == .array ? $0.count : nil }
    }
}

extension ByteBuffer {
    var hash128: Hash128 {
        withUnsafeReadableBytes { Hash128(of: $0) }
    }
}
