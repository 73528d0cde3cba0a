internal import OpenRouterAPI

/// What a conversation says to the synthetic model, what it holds besides text, and how many tokens it counts.
///
/// Each API's reader walks its own message shapes and tells what it finds.
package struct PromptReader: Sendable {
    package private(set) var lastUserText = ""
    package private(set) var tokens = PromptTokens()
    package private(set) var hasToolResult = false
    /// Of what was sent besides text: `image`, `audio`, `video`, `file`.
    package private(set) var modalities: Set<String> = []
    package private(set) var files: [Annotation.ParsedFile] = []
    /// Ends of messages that a provider may keep without being asked.
    package private(set) var implicitBreakpoints: [PromptTokens.Breakpoint] = []
    /// What of ``tokens`` declares tools.
    private(set) var toolTokenCount = 0
    /// `model` of the last assistant message that has one.
    var lastAssistantModel: String?
    private var isUser = false

    /// Prefixes of fewer tokens are not kept (OpenAI and Anthropic prompt caching guides, August 2026).
    static let cacheMinimum = 1024

    package init() {}

    /// A message begins; what follows is its content.
    mutating func beginMessage(isUser: Bool) {
        if tokens.count >= Self.cacheMinimum {
            var copy = tokens
            copy.cacheBreakpoint()
            implicitBreakpoints += copy.breakpoints.suffix(1)
        }
        tokens.addMessageOverhead()
        self.isUser = isUser
        guard isUser else { return }
        lastUserText = ""
        hasToolResult = false
    }

    mutating func read(text: String) {
        tokens.add(text: text)
        guard isUser else { return }
        lastUserText += lastUserText.isEmpty ? text : "\n" + text
    }

    /// Words that come with a message and are not its author's: a document, a page that was found.
    mutating func read(context: String) {
        tokens.add(text: context)
    }

    /// A text prompt, as in `/completions`.
    mutating func read(prompt: String) {
        tokens.add(text: prompt)
        lastUserText = prompt
    }

    mutating func read(toolDefinition: JSONValue) {
        let before = tokens.count
        tokens.add(toolDefinition: toolDefinition)
        toolTokenCount += tokens.count - before
    }

    mutating func readToolCall(name: String, arguments: String) {
        tokens.add(text: name)
        tokens.add(text: arguments)
    }

    /// A tool has answered; its words are no user's.
    mutating func readToolResult(_ text: String) {
        tokens.add(text: text)
        hasToolResult = true
    }

    /// - Parameters:
    ///   - url: https or data URL.
    ///   - detail: `low`, `high`, `original` or `auto`; nil for the default.
    mutating func readImage(url: String, detail: String?) {
        modalities.insert("image")
        let size = DataURL(url).flatMap { ImageDimensions(of: $0.bytes) }
        tokens.addImage(
            width: size?.width,
            height: size?.height,
            detail: detail.flatMap { PromptTokens.ImageDetail(rawValue: $0) } ?? .auto,
            identity: url
        )
    }

    /// - Parameters:
    ///   - base64: the sound.
    ///   - format: such as `wav` or `mp3`.
    mutating func readAudio(base64: String, format: String) {
        modalities.insert("audio")
        let bytes = Base64.decoded(base64) ?? []
        tokens.addAudio(seconds: AudioDuration(of: bytes, format: format).seconds, identity: base64)
    }

    /// A video; its length is not read, ten seconds are assumed.
    mutating func readVideo(url: String) {
        modalities.insert("video")
        tokens.addVideo(seconds: 10, identity: url)
    }

    /// - Parameters:
    ///   - name: nil when none was given.
    ///   - content: https URL, data URL, file id, or nothing.
    mutating func readFile(name: String?, content: String?) {
        modalities.insert("file")
        let bytes = content.flatMap { DataURL($0)?.bytes } ?? Array((content ?? "").utf8)
        let file = ParsedFileText.file(named: name ?? "document.pdf", bytes: bytes)
        files.append(file)
        tokens.add(text: file.text)
    }

    /// - Parameter control: `cache_control`, or the OpenAI form of it.
    mutating func markCacheBreakpoint(_ control: JSONValue) {
        tokens.cacheBreakpoint(isForHour: control["ttl"]?.string == "1h")
    }

    /// The conversation is over; the reply is opened.
    mutating func endMessages() {
        tokens.addReplyOverhead()
    }
}
