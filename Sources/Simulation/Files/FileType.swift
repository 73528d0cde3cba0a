internal import OpenRouterAPI

/// The media type of a file, found in its bytes; name and declared type count for nothing (reference: inference §6.7).
enum FileType {
    /// - Returns: nil for bytes of a kind that OpenRouter does not take.
    static func mediaType(of bytes: ArraySlice<UInt8>) -> String? {
        if let type = signatures.first(where: { bytes.has($0.signature, at: 0) })?.mediaType { return type }
        if bytes.has("RIFF", at: 0) {
            if bytes.has("WEBP", at: 8) { return "image/webp" }
            return bytes.has("WAVE", at: 8) ? "audio/wav" : nil
        }
        if bytes.has("PK\u{3}\u{4}", at: 0) { return officeType(of: bytes) }
        if bytes.isMP3Frame { return "audio/mpeg" }
        return TextFileType.mediaType(of: bytes)
    }

    /// What files of a kind begin with.
    private static let signatures: [(signature: [UInt8], mediaType: String)] = [
        (Array("%PDF-".utf8), "application/pdf"),
        ([0x89] + Array("PNG\r\n".utf8) + [0x1A, 0x0A], "image/png"),
        ([0xFF, 0xD8, 0xFF], "image/jpeg"),
        (Array("GIF87a".utf8), "image/gif"),
        (Array("GIF89a".utf8), "image/gif"),
        (Array("ID3".utf8), "audio/mpeg"),
        (Array("fLaC".utf8), "audio/flac"),
        (Array("OggS".utf8), "audio/ogg"),
    ]

    /// Office Open XML is a ZIP archive whose main part tells the application (ECMA-376, part 2).
    private static func officeType(of bytes: ArraySlice<UInt8>) -> String? {
        let names = ZIPDirectory.names(in: bytes)
        let prefix = "application/vnd.openxmlformats-officedocument."
        if names.contains("word/document.xml") { return prefix + "wordprocessingml.document" }
        if names.contains("xl/workbook.xml") { return prefix + "spreadsheetml.sheet" }
        if names.contains("ppt/presentation.xml") { return prefix + "presentationml.presentation" }
        return nil
    }
}

extension ArraySlice<UInt8> {
    /// Whether these bytes are there, the offset counted from the slice's start.
    func has(_ wanted: some Collection<UInt8>, at offset: Int) -> Bool {
        dropFirst(offset).starts(with: wanted)
    }

    func has(_ wanted: String, at offset: Int) -> Bool {
        has(wanted.utf8, at: offset)
    }

    /// Whether the first bytes are the sync word of an MPEG audio frame of layer III (ISO/IEC 11172-3, section 2.4.1.3).
    fileprivate var isMP3Frame: Bool {
        let head = prefix(2)
        guard head.count == 2, let first = head.first, let second = head.last else { return false }
        return first == 0xFF && second & 0xE6 == 0xE2
    }
}
