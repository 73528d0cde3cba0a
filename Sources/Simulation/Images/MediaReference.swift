internal import OpenRouterAPI

/// A picture, sound or video that a request for media refers to (schema `InputReference`).
struct MediaReference: Sendable, Hashable {
    enum Kind: String, CaseIterable, Sendable {
        case image = "image_url"
        case audio = "audio_url"
        case video = "video_url"
    }

    let kind: Kind
    /// An http, https or data URL, as sent.
    let url: String

    /// Reads `{"type": "image_url", "image_url": {"url": …}}`.
    ///
    /// - Parameters:
    ///   - part: the object.
    ///   - kinds: those that are allowed here.
    /// - Throws: ``APIError`` 400 that names the member.
    init(reading part: FieldReader, among kinds: [Kind]) throws(APIError) {
        guard let kind = part.optional("type")?.string.flatMap(Kind.init(rawValue:)), kinds.contains(kind) else {
            throw part.invalid("type", expected: "one of " + kinds.map(\.rawValue).joined(separator: ", "))
        }
        guard let media = try part.object(kind.rawValue) else {
            throw part.invalid(kind.rawValue, expected: "an object with url")
        }
        let expected = "an http, https or base64 data URL"
        guard let url = try media.string("url") else { throw media.invalid("url", expected: expected) }
        guard url.hasPrefix("https://") || url.hasPrefix("http://") || DataURL(url) != nil else {
            throw media.invalid("url", expected: expected)
        }
        self.kind = kind
        self.url = url
    }

    /// Counts the reference as part of a prompt.
    func read(into prompt: inout PromptReader) {
        switch kind {
        case .image: prompt.readImage(url: url, detail: nil)
        case .video: prompt.readVideo(url: url)
        case .audio:
            let data = DataURL(url)
            prompt.readAudio(
                base64: data.map { Base64.encoded($0.bytes) } ?? "",
                format: data.map { String($0.mediaType.drop { $0 != "/" }.dropFirst()) } ?? "mp3"
            )
        }
    }
}

extension FieldReader {
    /// The objects of an array member; none when it is missing.
    ///
    /// - Parameters:
    ///   - name: the member's.
    ///   - most: how many there may be.
    /// - Returns: a reader of each.
    /// - Throws: ``APIError`` 400 for more of them, and for elements of another kind.
    func objects(_ name: String, most: Int = .max) throws(APIError) -> [FieldReader] {
        guard let array = try array(name) else { return [] }
        guard array.count <= most else {
            throw .invalidField(path(of: name), expected: "at most \(most) elements", found: "\(array.count)")
        }
        var readers: [FieldReader] = []
        for (index, element) in array.elements.enumerated() {
            readers.append(try FieldReader(element, path: "\(path(of: name))[\(index)]"))
        }
        return readers
    }

    /// One of the words; nil when the member is missing.
    func word(_ name: String, of words: [String]) throws(APIError) -> String? {
        guard let member = optional(name) else { return nil }
        guard let word = member.string, words.contains(word) else {
            throw invalid(name, expected: "one of " + words.joined(separator: ", "))
        }
        return word
    }
}
