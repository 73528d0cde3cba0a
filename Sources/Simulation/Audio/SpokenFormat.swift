/// A format of sound that can be transcribed (schema `STTInputAudio`).
enum SpokenFormat: String, CaseIterable, Sendable {
    case wav, mp3, flac, m4a, ogg, webm, aac

    /// - Parameter name: in any letter case, `mpga` and the like included.
    init?(name: some StringProtocol) {
        let name = name.lowercased()
        guard let format = Self.aliases[name] ?? Self(rawValue: name) else { return nil }
        self = format
    }

    /// The format that the ending of a file's name tells.
    init?(filename: String) {
        guard let dot = filename.lastIndex(of: ".") else { return nil }
        self.init(name: filename[filename.index(after: dot)...])
    }

    /// - Parameter mediaType: such as `audio/x-wav`.
    init?(mediaType: String) {
        let parts = mediaType.lowercased().split(separator: "/", maxSplits: 1)
        guard parts.count == 2, parts[0] == "audio" || parts[0] == "video" else { return nil }
        let name = parts[1]
        self.init(name: name.hasPrefix("x-") ? name.dropFirst(2) : name.hasPrefix("vnd.") ? name.dropFirst(4) : name)
    }

    /// As OpenAI's guide lists them, and the names that media types have.
    private static let aliases: [String: SpokenFormat] = [
        "wave": .wav, "mpeg": .mp3, "mpga": .mp3, "mp4": .m4a, "oga": .ogg, "opus": .ogg,
    ]

    /// The names for a message.
    static var list: String { allCases.map(\.rawValue).joined(separator: ", ") }
}
