internal import HTTPTypes
internal import NIOCore
package import OpenRouterAPI
internal import Tapes

/// Writes HTTP Archives for the tools that read them (HAR 1.2).
///
/// One way: chunks and their times, trailers, the order of interleaved fields and how an answer ended have no place in
/// the format. ``Cassette/exportText(to:progress:)`` keeps them.
package enum HARExporter {
    /// What of a recording finds no place.
    package static let losses = [
        "chunks and their times: only the time of the head and of the whole body is kept",
        "trailers, endings other than complete, and which recordings are incomplete",
    ]

    /// All recordings in their order.
    package static func archive(
        of cassette: Cassette,
        version: String,
        progress: WorkProgress = { _, _ in }
    ) throws(CassetteError) -> JSON {
        var entries: [JSON] = []
        let index = try cassette.index()
        for entry in index {
            entries.append(Self.entry(try cassette.interaction(entry.id)))
            progress(entries.count, index.count)
        }
        return [
            "log": [
                "version": "1.2",
                "creator": ["name": "openrouter-sim", "version": .string(version)],
                "entries": .array(entries),
            ]
        ]
    }

    private static func entry(_ stored: StoredInteraction) -> JSON {
        let interaction = stored.interaction
        let tape = interaction.tape
        let receive = tape.duration - tape.headGap
        return [
            "startedDateTime": .string(Timestamp.text(microseconds: interaction.recordedAt)),
            "time": milliseconds(tape.duration),
            "request": request(interaction.request, upstream: stored.upstream, tape.head?.version ?? .http11),
            "response": response(tape),
            "cache": [:],
            "timings": ["send": 0, "wait": milliseconds(tape.headGap), "receive": milliseconds(receive)],
        ]
    }

    private static func request(_ request: Request, upstream: String?, _ version: ResponseHead.Version) -> JSON {
        let bytes = Array(request.body.readableBytesView)
        let query = request.target.queryItems.map { ["name": .string($0.name), "value": .string($0.value)] as JSON }
        var object: JSONObject = [
            "method": .string(request.method.rawValue),
            "url": .string(url(of: request.target, upstream: upstream)),
            "httpVersion": .string("HTTP/\(version.rawValue)"),
            "cookies": [],
            "headers": headers(request.fields),
            "queryString": .array(query),
            "headersSize": -1,
            "bodySize": .integer(bytes.count),
        ]
        if !bytes.isEmpty {
            var data: JSONObject = ["mimeType": .string(request.fields[.contentType] ?? "application/octet-stream")]
            append(bytes, to: &data)
            object.append("postData", .object(data))
        }
        return .object(object)
    }

    private static func response(_ tape: Tape) -> JSON {
        let bytes = Array(tape.body.readableBytesView)
        var content: JSONObject = [
            "size": .integer(bytes.count),
            "mimeType": .string(tape.head?.fields[.contentType] ?? "application/octet-stream"),
        ]
        append(bytes, to: &content)
        return [
            // Browsers write 0 where no answer came.
            "status": .integer(tape.head?.status.code ?? 0),
            "statusText": .string(tape.head?.status.reasonPhrase ?? ""),
            "httpVersion": .string("HTTP/\((tape.head?.version ?? .http11).rawValue)"),
            "cookies": [],
            "headers": headers(tape.head?.fields ?? [:]),
            "content": .object(content),
            "redirectURL": .string(tape.head?.fields[.location] ?? ""),
            "headersSize": -1,
            "bodySize": .integer(bytes.count),
        ]
    }

    private static func append(_ bytes: [UInt8], to object: inout JSONObject) {
        if let text = ContentText.readable(bytes) {
            object.append("text", .string(text))
        } else {
            object.append("text", .string(Base64.encoded(bytes)))
            object.append("encoding", "base64")
        }
    }

    private static func headers(_ fields: HTTPFields) -> JSON {
        .array(fields.map { ["name": .string($0.name.rawName), "value": .string($0.value)] })
    }

    /// The URL that was called; the target begins with the path of the API's base.
    private static func url(of target: RequestTarget, upstream: String?) -> String {
        (upstream.flatMap { ForeignURL($0).base } ?? "https://openrouter.ai") + target.raw
    }

    private static func milliseconds(_ duration: Duration) -> JSON {
        .number(Double(duration.microseconds) / 1_000)
    }
}
