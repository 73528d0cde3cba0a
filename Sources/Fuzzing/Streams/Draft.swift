internal import Faults
internal import OpenRouterAPI
internal import Tapes

/// An answer while mutations are made on it: parts that stay apart until the end, so that any of them can be combined.
struct Draft: Sendable {
    let api: InferenceAPI
    /// The events in which the conversation was recorded; nil where it was not.
    private let recorded: RecordedStream?
    /// The first of what mutations change; the blocks are made of it.
    var conversation: Conversation
    var tools = ToolStyle()
    /// For the responses and messages APIs.
    var parts = PartStyle()
    var blocks: [Block] = []
    var spelling = JSONSpelling()
    var lines = LineStyle()
    var chunking = Chunking.perBlock
    /// Time between frames; nil for one long enough to make the boundaries visible.
    var frameGap: Duration?
    var head = Head()
    var cut: Cut?
    /// Bytes sent in place of a head, where the answer is cut before it.
    var garbage: [UInt8] = []
    /// Defects that only the bytes of a message can have.
    var faults: [any Fault] = []
    /// Whether the body is compressed for clients that offer it.
    var isCoded = false
    /// Where the body is cut before it is compressed; nil for where it is cut otherwise.
    var codedChunking: Chunking?
    /// The whole answer, where it is no stream at all.
    var replacement: Replacement?
    /// What the client shall have understood.
    var expected: ExpectedAnswer
    var verdict = Verdict.exact
    /// Whether answers after the first one are the unmutated ones.
    var recovers = false
    /// The longest that the client is kept waiting on purpose, added to what it may take.
    var timeout: Duration

    init(api: InferenceAPI, base: BaseTape, timeout: Duration) {
        self.api = api
        recorded = base.recorded
        conversation = base.conversation
        self.timeout = timeout
        expected = base.conversation.expected
    }

    struct Head: Sendable {
        var status = 200
        /// Nil for the usual one.
        var reason: String?
        var fields: [(name: String, value: String)] = [
            ("Content-Type", "text/event-stream"), ("Cache-Control", "no-cache"),
            ("X-Generation-Id", "gen-1785401122-Qw8rTz1LkPv0BnX4sYd7"),
        ]
        var framing = Framing.chunked
        var isHTTP10 = false
        var gap = Duration.zero
    }

    enum Framing: Sendable, Hashable {
        case chunked, untilClose
        /// So many bytes more than there are.
        case sized(excess: Int)
    }

    /// Where a body ends early and how.
    struct Cut: Sendable, Hashable {
        enum Place: Sendable, Hashable {
            /// Nothing, not even a head.
            case beforeHead
            case afterHead
            /// After so many blocks of the answer's text or tool fragments.
            case afterPart(Int)
            /// In the middle of the block after so many.
            case insidePart(Int)
            /// Inside a character.
            case insideCharacter
            /// After everything but the marker of success.
            case beforeMarker
            /// After the marker, before the sentinel.
            case afterMarker
            /// After everything.
            case end
        }

        var place: Place
        var ending: Ending
        /// Whether the chunk under way has announced more.
        var isInsideChunk = false
    }

    struct Replacement: Sendable {
        var status: Int
        var fields: [(name: String, value: String)]
        var body: [UInt8]
        /// More bytes announced than come.
        var excess = 0
    }

    typealias Verdict = Fuzzing.Verdict
}

extension Draft {
    /// Adds a fault by the name it has in scenarios.
    ///
    /// - Returns: false when there is none of that name, or when it cannot be said that way.
    mutating func addFault(_ name: String, _ values: [String: FaultValue] = [:]) -> Bool {
        guard let fault = try? FaultTable.fault(named: name)?.init(FaultArguments(values)) else { return false }
        faults.append(fault)
        return true
    }

    /// Makes the blocks of the conversation: those that were recorded, unless a mutation changed what they say.
    mutating func script() {
        if let recorded, recorded.conversation == conversation, tools == ToolStyle(), parts == PartStyle() {
            blocks = recorded.blocks
            return
        }
        switch api {
        case .chat: blocks = ChatSkin.blocks(conversation, tools)
        case .responses: blocks = ResponsesSkin.blocks(conversation, parts)
        case .messages: blocks = MessagesSkin.blocks(conversation, tools, parts)
        }
    }

    /// Allows for what no mutation by itself has to.
    mutating func settle() {
        // Many parsers wait for the byte after a CR, which here never comes: they cannot see that the answer is complete.
        let mayEndWithReturn = lines.terminator == .cr || lines.terminator == .mixed
        if cut?.place == .end, cut?.ending == .stall, mayEndWithReturn, verdict == .exact { verdict = .either }
        // Whether an unfinished block counts is open, and here it would be the marker of success.
        if lines.tail != .whole, indices(.sentinel).isEmpty, verdict == .exact { verdict = .either }
    }

    /// Indices of the blocks with this role.
    func indices(_ roles: Block.Role...) -> [Int] {
        blocks.indices.filter { roles.contains(blocks[$0].role) }
    }

    /// Indices of the blocks that carry text or tool fragments.
    var carriers: [Int] { indices(.text, .tool) }

    /// The place for something between two pieces of the answer.
    var middle: Int {
        let carriers = carriers
        return carriers.isEmpty ? min(1, blocks.count) : carriers[carriers.count / 2]
    }

    /// The place before the first data.
    var start: Int { blocks.firstIndex { $0.payload != nil } ?? 0 }
}
