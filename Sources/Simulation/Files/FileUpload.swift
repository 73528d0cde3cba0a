internal import Crypto
internal import OpenRouterAPI

/// The file in a form that was sent.
struct FileUpload {
    /// 100 MB (reference: inference §6.7).
    static let byteLimit = 100 * 1024 * 1024

    let name: String
    let mediaType: String
    let content: ArraySlice<UInt8>
    let purpose: StoredFile.Purpose

    /// - Parameters:
    ///   - form: with the file in the part `file`, and from OpenAI's clients its `purpose`.
    ///   - limit: in bytes.
    /// - Throws: ``APIError`` 413 for a file that is too large, 400 for one that is missing, empty or of another kind.
    init(reading form: MultipartForm, limit: Int = byteLimit) throws(APIError) {
        guard let part = try form.part("file") else {
            throw .invalidField("file", expected: "a file", found: "nothing")
        }
        guard part.content.count <= limit else { throw .payloadTooLarge(limit: limit) }
        guard !part.content.isEmpty else {
            throw .invalidField("file", expected: "a file of at least one byte", found: "an empty file")
        }
        guard let type = FileType.mediaType(of: part.content) else {
            throw .invalidField(
                "file",
                expected: "a PDF, PNG, JPEG, GIF, WebP, DOCX, XLSX, PPTX, MP3, WAV, FLAC or OGG file, or text in UTF-8",
                found: "other bytes"
            )
        }
        if let text = try form.text("purpose") {
            guard let purpose = StoredFile.Purpose(rawValue: text) else {
                let words = StoredFile.Purpose.allCases.map(\.rawValue).joined(separator: ", ")
                throw .invalidField("purpose", expected: "one of \(words)", found: JSON.string(text).text)
            }
            self.purpose = purpose
        } else {
            purpose = .userData
        }
        // Some clients send the whole path.
        name = part.filename?.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? "file"
        mediaType = type
        content = part.content
    }

    /// The boundary between the parts, which every request chooses anew, does not count.
    var digest: [UInt8] {
        var hash = SHA256()
        hash.update(data: Array("file \(name)\n".utf8))
        hash.update(data: content)
        return Array(hash.finalize())
    }
}
