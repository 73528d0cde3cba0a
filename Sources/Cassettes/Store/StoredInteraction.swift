internal import HTTPTypes
internal import NIOCore
package import Tapes

/// An interaction as a cassette holds it.
package struct StoredInteraction: Sendable, Hashable {
    /// Its number in the file; later recordings have higher ones.
    package let id: Int64
    package let fingerprint: Fingerprint
    package let interaction: Interaction
    /// The upstream that answered, or nil where none did.
    package let upstream: String?
}

extension StoredInteraction {
    /// Decodes a row whose checksum was right, which says nothing about who wrote it.
    ///
    /// - Throws: ``RecordDamage`` if it holds what no message can hold. `file` is for the tape's origin.
    init(
        id: Int64,
        record: InteractionRecord,
        requestBody: ByteBuffer,
        frames: [Frame],
        file: String
    ) throws(RecordDamage) {
        guard let method = HTTPRequest.Method(record.method) else { throw .fields("method") }
        guard let fields = FieldList.decode(record.requestFields) else { throw .fields("request_fields") }
        guard let trailers = FieldList.decode(record.trailers) else { throw .fields("trailers") }
        guard let ending = Ending(rawValue: record.ending) else { throw .fields("ending") }
        guard let completion = Interaction.Completion(rawValue: record.completion) else { throw .fields("completion") }
        let gaps = 0...CassetteFormat.gapLimit
        guard gaps.contains(record.headGap), gaps.contains(record.endingGap) else { throw .fields("gap") }
        let tape = Tape(
            headGap: .microseconds(record.headGap),
            head: try Self.head(of: record),
            frames: frames,
            trailers: trailers,
            endingGap: .microseconds(record.endingGap),
            ending: ending,
            origin: Origin(.cassette(file: file, interaction: id))
        )
        let target = RequestTarget(record.target)
        guard target.raw == record.target, target.path == record.path else { throw .fields("target") }
        let request = Request(method: method, target: target, fields: fields, body: requestBody)
        self.init(
            id: id,
            fingerprint: Fingerprint(hash: record.fingerprint),
            interaction: Interaction(
                request: request,
                tape: tape,
                recordedAt: record.recordedAt,
                completion: completion
            ),
            upstream: record.upstream
        )
    }

    private static func head(of record: InteractionRecord) throws(RecordDamage) -> ResponseHead? {
        guard let status = record.status else { return nil }
        guard (0...999).contains(status) else { throw .fields("status") }
        guard let version = record.httpVersion.flatMap(ResponseHead.Version.init(rawValue:)) else {
            throw .fields("http_version")
        }
        guard let fields = record.responseFields.flatMap(FieldList.decode) else { throw .fields("response_fields") }
        let reason = record.reason ?? ""
        guard reason.utf8.allSatisfy({ $0 >= 0x20 || $0 == 0x09 }) else { throw .fields("reason") }
        return ResponseHead(
            version: version,
            status: HTTPResponse.Status(code: status, reasonPhrase: reason),
            fields: fields
        )
    }
}
