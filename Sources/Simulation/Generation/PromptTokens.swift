internal import Crypto
package import OpenRouterAPI

/// Counts the tokens of what is sent: one approximation for all models, the same on every run.
///
/// What counts how, and where the numbers come from, is in docs/tokens.md. Add the parts in the order in which the
/// model sees them; then ``usage`` has the prompt's side of a ``TokenUsage``, and ``breakpoints`` what a provider may
/// keep in its cache.
package struct PromptTokens: Sendable {
    /// A prefix that a provider may keep.
    package struct Breakpoint: Sendable, Hashable {
        /// All tokens up to here.
        package var tokenCount: Int
        /// Of audio among them.
        package var audioTokenCount: Int
        /// SHA-256 of all that was added up to here; equal prefixes have equal digests.
        package var prefixDigest: [UInt8]
        /// Kept for an hour, and not for five minutes.
        package var isForHour: Bool
    }

    /// All counts so far; no completion, nothing cached.
    package private(set) var usage = TokenUsage(prompt: 0, completion: 0)
    /// In order.
    package private(set) var breakpoints: [Breakpoint] = []
    private var digest = SHA256()
    /// Parts that ``digest`` does not have yet: most prompts have no breakpoint, and then nobody asks for it.
    private var undigested: [(kind: Part, tokenCount: Int, content: String)] = []

    package init() {}

    /// All tokens so far.
    package var count: Int { usage.prompt }
}

// MARK: - Text

extension PromptTokens {
    /// A message's frame and role: four tokens.
    ///
    /// Three for the frame and one for the role, as OpenAI's cookbook counts them for GPT-4o
    /// (<https://github.com/openai/openai-cookbook/blob/main/examples/How_to_count_tokens_with_tiktoken.ipynb>).
    package mutating func addMessageOverhead() {
        add(4, kind: .message)
    }

    /// What opens the reply: three tokens, once a conversation; source as for ``addMessageOverhead()``.
    package mutating func addReplyOverhead() {
        add(3, kind: .reply)
    }

    package mutating func add(text: String) {
        add(TokenSplitter.count(text), kind: .text, of: text)
    }

    /// A tool as the text of its JSON without white space, which comes near what vendors make of it.
    package mutating func add(toolDefinition: JSONValue) {
        let text = JSON(toolDefinition).text
        add(TokenSplitter.count(text), kind: .tool, of: text)
    }
}

// MARK: - Media

extension PromptTokens {
    /// How closely a model looks at an image (`image_url.detail`).
    package enum ImageDetail: String, Sendable, Hashable {
        case auto, low, high
    }

    /// An image, in tiles as OpenAI counts them.
    ///
    /// - Parameters:
    ///   - width: in pixels; nil if not known.
    ///   - height: likewise; an image of unknown size counts as 1024 by 1024.
    ///   - detail: `auto` is `high`.
    ///   - identity: what tells this image from others in the prefix of a cache, such as its URL.
    package mutating func addImage(
        width: Int? = nil,
        height: Int? = nil,
        detail: ImageDetail = .auto,
        identity: String = ""
    ) {
        let tokenCount = ImageTiles(width: width ?? 1024, height: height ?? 1024).tokenCount(isLow: detail == .low)
        usage.promptImages += 1
        usage.promptImageTokens += tokenCount
        add(tokenCount, kind: .image, of: identity)
    }

    /// Sound: 32 tokens a second, a second begun counts (Gemini; <https://ai.google.dev/gemini-api/docs/tokens>).
    package mutating func addAudio(seconds: Double, identity: String = "") {
        let tokenCount = 32 * Self.whole(seconds)
        usage.promptAudio += tokenCount
        add(tokenCount, kind: .audio, of: identity)
    }

    /// Video with its sound: 263 tokens a second, a second begun counts; source as for audio.
    package mutating func addVideo(seconds: Double, identity: String = "") {
        let tokenCount = 263 * Self.whole(seconds)
        usage.promptVideo += tokenCount
        add(tokenCount, kind: .video, of: identity)
    }

    /// A document that the model reads by itself: 258 tokens a page
    /// (Gemini; <https://ai.google.dev/gemini-api/docs/document-processing>).
    ///
    /// A file that is parsed before is text; add it as such.
    ///
    /// - Parameters:
    ///   - pageCount: nil if not known; then every 50,000 bytes begun are a page, our own choice.
    ///   - byteCount: the size of the file.
    ///   - identity: what tells this file from others, such as its hash.
    package mutating func addFile(pageCount: Int? = nil, byteCount: Int = 0, identity: String = "") {
        let pages = pageCount ?? (max(0, byteCount) / 50_000 + 1)
        let tokenCount = 258 * min(max(1, pages), Self.limit)
        usage.promptFileTokens += tokenCount
        add(tokenCount, kind: .file, of: identity)
    }

    /// Seconds or pages that count at most, so that no header of a file can make sums overflow.
    private static let limit = 1_000_000

    /// At least one; what is no number counts as one.
    private static func whole(_ seconds: Double) -> Int {
        seconds > 1 ? Int(min(seconds, Double(limit)).rounded(.up)) : 1
    }
}

// MARK: - Prefixes

extension PromptTokens {
    private enum Part: UInt8 {
        case message, reply, text, tool, image, audio, video, file
    }

    /// Marks all that was added so far as a prefix that a provider may keep.
    package mutating func cacheBreakpoint(isForHour: Bool = false) {
        for var part in undigested {
            // With kind, count and length before it no two lists of parts have the same bytes.
            var head = [part.kind.rawValue]
            withUnsafeBytes(of: Int64(part.tokenCount).littleEndian) { head += $0 }
            withUnsafeBytes(of: Int64(part.content.utf8.count).littleEndian) { head += $0 }
            digest.update(data: head)
            part.content.withUTF8 { digest.update(bufferPointer: UnsafeRawBufferPointer($0)) }
        }
        undigested = []
        breakpoints.append(
            Breakpoint(
                tokenCount: usage.prompt,
                audioTokenCount: usage.promptAudio,
                prefixDigest: Array(digest.finalize()),
                isForHour: isForHour
            )
        )
    }

    /// - Parameters:
    ///   - tokenCount: what the part counts.
    ///   - kind: of part; a text is not the same prefix as a tool of the same words.
    ///   - content: what tells this part from others of its kind.
    private mutating func add(_ tokenCount: Int, kind: Part, of content: String = "") {
        usage.prompt += tokenCount
        undigested.append((kind, tokenCount, content))
    }
}
