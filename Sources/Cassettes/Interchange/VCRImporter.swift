internal import HTTPTypes
internal import NIOCore
internal import OpenRouterAPI
internal import Tapes
internal import YAMLDocuments

/// Reads cassettes of vcrpy: YAML and JSON of its format version 1.
///
/// Tags that would make objects of Python are refused like all others, so nothing in a file can run
/// (GHSA-rpj2-4hq8-938g).
struct VCRImporter {
    private let file: TextFile
    private var recordings = ImportedRecordings()

    private init(file: TextFile) {
        self.file = file
    }

    /// Reads all interactions.
    ///
    /// `recordedAt` is the time of the recordings, which vcrpy does not keep, in microseconds since 1970.
    static func recordings(in file: TextFile, recordedAt: Int64) throws(YAMLDocumentError) -> ImportedRecordings {
        var importer = VCRImporter(file: file)
        for node in try file.elements(try file.required("interactions", of: file.document.root)) {
            try importer.read(node, recordedAt: recordedAt)
        }
        return importer.recordings
    }

    private mutating func read(_ node: YAMLNode, recordedAt: Int64) throws(YAMLDocumentError) {
        let request = try file.required("request", of: node)
        let response = try file.required("response", of: node)
        let method = try file.required("method", of: request)
        guard let parsedMethod = HTTPRequest.Method(rawValue: try file.text(method)) else {
            throw file.error(method, "expected a method such as POST")
        }
        let url = ForeignURL(try file.text(try file.required("uri", of: request)))
        let status = try file.required("status", of: response)
        let code = try file.required("code", of: status)
        var phrase = ""
        if let message = status["message"], message.scalar?.value != .null { phrase = try file.text(message) }
        let answer = ForeignAnswer(
            status: HTTPResponse.Status(code: try file.integer(code, in: 100...999), reasonPhrase: phrase),
            fields: try fields(response["headers"]),
            body: try bytes(response["body"])
        )
        recordings.lose("the time of the recording: vcrpy keeps none, the time of the import stands for it")
        recordings.lose("order and repetition of header fields: vcrpy keeps them by name")
        recordings.interactions.append(
            ImportedInteraction(
                interaction: Interaction(
                    request: Request(
                        method: parsedMethod,
                        target: url.target,
                        fields: try fields(request["headers"]),
                        body: ByteBuffer(bytes: try bytes(request["body"]))
                    ),
                    tape: answer.tape(&recordings),
                    recordedAt: recordedAt
                ),
                upstream: url.base
            )
        )
    }

    /// A text, bytes (`!!binary`, or in JSON `base64_string`), or a mapping that has one of them as `string`.
    private func bytes(_ node: YAMLNode?) throws(YAMLDocumentError) -> [UInt8] {
        guard let node, node.scalar?.value != .null else { return [] }
        if let inner = node["string"] { return try bytes(inner) }
        if let base64 = node["base64_string"] { return try decoded(base64) }
        if node.scalar?.isBinary == true { return try decoded(node) }
        guard node.scalar != nil else {
            throw file.error(node, "found \(node.kindInWords); expected a text, or bytes with the tag !!binary")
        }
        return Array(try file.text(node).utf8)
    }

    private func decoded(_ node: YAMLNode) throws(YAMLDocumentError) -> [UInt8] {
        try ContentText.bytes("base64", node, in: file)
    }

    private func fields(_ node: YAMLNode?) throws(YAMLDocumentError) -> HTTPFields {
        var fields = HTTPFields()
        for entry in node?.entries ?? [] {
            guard let name = HTTPField.Name(entry.key) else {
                throw file.error(entry.keyPosition, "'\(entry.key)' is no name of a header")
            }
            let values =
                entry.value.elements.isEmpty && entry.value.scalar != nil ? [entry.value] : entry.value.elements
            for value in values { fields.append(HTTPField(name: name, lenientValue: try fieldBytes(value))) }
        }
        return fields
    }

    private func fieldBytes(_ node: YAMLNode) throws(YAMLDocumentError) -> [UInt8] {
        let bytes = try bytes(node)
        guard !bytes.contains(where: { [0x00, 0x0A, 0x0D].contains($0) }) else {
            throw file.error(node, "a header holds no line breaks; put the value on one line")
        }
        return bytes
    }
}
