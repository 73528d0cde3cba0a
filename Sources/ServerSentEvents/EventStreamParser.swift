/// Turns the bytes of a `text/event-stream` body into events, whatever the reads they arrive in.
///
/// The rules are those of the HTML Standard, sections 9.2.5 (format) and 9.2.6 (interpretation),
/// <https://html.spec.whatwg.org/multipage/server-sent-events.html>. Three of them shape the code:
///
/// - A line ends at its CR at once and one LF right after it is swallowed, so the last event of a CR
///   stream does not wait for bytes that may not come.
/// - UTF-8 is decoded with replacement over the whole body. Line ends and colons are ASCII and never part
///   of a longer character, so decoding whole values gives the same characters, and no state has to be kept
///   for a character that is split over two reads.
/// - A byte order mark holds no line end, so it is still whole at the start of the first line.
///
/// Each byte is searched once for a line end, copied at most twice, and interpreted once, whatever the
/// splitting: time is linear in the input.
package struct EventStreamParser: Sendable {
    /// The bounds on memory; what exceeds them ends the parsing with an ``EventStreamLimitError``.
    package let limits: EventStreamLimits

    /// The value of the last valid `id` field, as `EventSource` would send it in `Last-Event-ID`.
    ///
    /// A field counts from the end of its line, even if its block is never finished.
    package private(set) var lastEventID: String

    /// How many byte visits the parser has made: searches, copies and interpretations added up.
    ///
    /// It lets tests check that the work is linear without looking at a clock.
    private(set) var visitedByteCount = 0

    /// The bytes of the line that is not yet complete.
    private var line: [UInt8] = []
    /// The data buffer of the standard, still encoded.
    ///
    /// Each `data` field ends with LF.
    private var data: [UInt8] = []
    /// The type buffer of the standard.
    private var type = ""
    /// The number of complete lines so far.
    private var lineCount = 0
    /// Whether the last byte was a CR, whose LF may follow.
    private var swallowsLineFeed = false
    /// The error that ended the parsing.
    private var failure: EventStreamLimitError?

    /// Creates a parser at the start of a body.
    ///
    /// - Parameters:
    ///   - limits: The bounds on memory.
    ///   - lastEventID: The identifier that an earlier connection left behind; empty for none.
    package init(limits: EventStreamLimits = EventStreamLimits(), lastEventID: String = "") {
        self.limits = limits
        self.lastEventID = lastEventID
    }
}

// MARK: - Bytes to lines

extension EventStreamParser {
    /// Reads the next bytes of the body and appends what they complete to `items`.
    ///
    /// - Throws: ``EventStreamLimitError`` when a line or an event is too large. What came before it is in
    ///   `items`; every later call throws the same error.
    /// - Complexity: O(*n*) in the number of bytes, over all calls together.
    package mutating func parse(
        _ bytes: UnsafeRawBufferPointer,
        into items: inout [EventStreamItem]
    ) throws(EventStreamLimitError) {
        if let failure { throw failure }
        guard bytes.count > 0 else { return }
        var position = swallowsLineFeed && bytes[0] == StreamByte.lineFeed ? 1 : 0
        swallowsLineFeed = false
        while position < bytes.count {
            let end = bytes.firstLineBreak(from: position)
            let piece = bytes.part(position..<end)
            visitedByteCount += piece.count + 1
            guard piece.count <= limits.lineByteCount - line.count else {
                throw fail(.lineTooLong(line: lineCount + 1, limit: limits.lineByteCount))
            }
            guard end < bytes.count else {
                visitedByteCount += piece.count
                line.append(contentsOf: piece)
                return
            }
            endLine(with: piece, into: &items)
            guard data.count - 1 <= limits.eventByteCount else {
                throw fail(.eventTooLarge(line: lineCount, limit: limits.eventByteCount))
            }
            position = end + 1
            guard bytes[end] == StreamByte.carriageReturn else { continue }
            if position == bytes.count {
                swallowsLineFeed = true
            } else if bytes[position] == StreamByte.lineFeed {
                position += 1
            }
        }
    }

    /// Reads the next bytes of the body from any sequence and appends what they complete to `items`.
    ///
    /// Sequences without contiguous storage are copied first.
    ///
    /// - Throws: ``EventStreamLimitError`` when a line or an event is too large.
    package mutating func parse(
        _ bytes: some Sequence<UInt8>,
        into items: inout [EventStreamItem]
    ) throws(EventStreamLimitError) {
        let read: Result<Void, EventStreamLimitError>? = bytes.withContiguousStorageIfAvailable {
            result(of: UnsafeRawBufferPointer($0), into: &items)
        }
        try (read ?? Array(bytes).withUnsafeBytes { result(of: $0, into: &items) }).get()
    }

    /// Reads the next bytes of the body and returns what they complete.
    ///
    /// - Throws: ``EventStreamLimitError`` when a line or an event is too large; the items before it are lost,
    ///   so use ``parse(_:into:)`` where they matter.
    package mutating func parse(
        _ bytes: some Sequence<UInt8>
    ) throws(EventStreamLimitError) -> [EventStreamItem] {
        var items: [EventStreamItem] = []
        try parse(bytes, into: &items)
        return items
    }

    /// ``parse(_:into:)`` for closures of the standard library, which cannot pass a typed error on.
    private mutating func result(
        of bytes: UnsafeRawBufferPointer,
        into items: inout [EventStreamItem]
    ) -> Result<Void, EventStreamLimitError> {
        do {
            return .success(try parse(bytes, into: &items))
        } catch {
            return .failure(error)
        }
    }

    /// Remembers `error` for later calls, lets go of what was buffered, and returns the error.
    private mutating func fail(_ error: EventStreamLimitError) -> EventStreamLimitError {
        failure = error
        line = []
        data = []
        return error
    }

    /// Ends the current line, whose last bytes are `piece`.
    private mutating func endLine(with piece: UnsafeRawBufferPointer, into items: inout [EventStreamItem]) {
        guard !line.isEmpty else { return interpret(piece, into: &items) }
        visitedByteCount += piece.count
        line.append(contentsOf: piece)
        // The line is moved out while it is read, because interpreting it changes the parser.
        var whole: [UInt8] = []
        swap(&whole, &line)
        whole.withUnsafeBytes { interpret($0, into: &items) }
        whole.removeAll(keepingCapacity: true)
        swap(&whole, &line)
    }
}

// MARK: - Lines to items

extension EventStreamParser {
    /// Interprets one complete line, without its line end.
    private mutating func interpret(_ line: UnsafeRawBufferPointer, into items: inout [EventStreamItem]) {
        lineCount += 1
        let line = lineCount == 1 ? line.withoutByteOrderMark : line
        visitedByteCount += line.count
        guard let first = line.first else { return dispatch(into: &items) }
        guard let colon = line.firstIndex(of: StreamByte.colon) else {
            return interpret(field: line, value: UnsafeRawBufferPointer(start: nil, count: 0), into: &items)
        }
        var start = colon + 1
        if start < line.count, line[start] == StreamByte.space { start += 1 }
        let value = line.part(start..<line.count)
        if first == StreamByte.colon {
            items.append(.comment(value.decoded))
        } else {
            interpret(field: line.part(0..<colon), value: value, into: &items)
        }
    }

    /// Applies a field.
    ///
    /// Names are compared exactly; unknown ones have no effect.
    private mutating func interpret(
        field: UnsafeRawBufferPointer,
        value: UnsafeRawBufferPointer,
        into items: inout [EventStreamItem]
    ) {
        if field.equals("data") {
            visitedByteCount += value.count + 1
            data.append(contentsOf: value)
            data.append(StreamByte.lineFeed)
        } else if field.equals("event") {
            type = value.decoded
        } else if field.equals("id") {
            if !value.contains(StreamByte.null) { lastEventID = value.decoded }
        } else if field.equals("retry") {
            if let milliseconds = value.decimalNumber { items.append(.retry(milliseconds: milliseconds)) }
        }
    }

    /// Ends the block: reports its event, if it has data, and clears the data and type buffers.
    private mutating func dispatch(into items: inout [EventStreamItem]) {
        visitedByteCount += data.count
        if let event = pendingEvent { items.append(.event(event)) }
        data.removeAll(keepingCapacity: true)
        type = ""
    }

    /// The event that an empty line would dispatch now, or nil when the block has no data.
    private var pendingEvent: ServerSentEvent? {
        guard !data.isEmpty else { return nil }
        return ServerSentEvent(
            type: type.isEmpty ? ServerSentEvent.defaultType : type,
            data: String(decoding: data.dropLast(), as: UTF8.self),
            lastEventID: lastEventID
        )
    }
}

// MARK: - The end of the body

extension EventStreamParser {
    /// Ends the body, drops an unfinished block as the standard demands, and says what was dropped.
    ///
    /// The parser is then at the start of a new body and keeps only the last event ID, as an `EventSource`
    /// does when it connects again.
    ///
    /// - Returns: The dropped block, or nil when every line and every block was complete.
    package mutating func finish() -> UnfinishedEventBlock? {
        defer { self = EventStreamParser(limits: limits, lastEventID: lastEventID) }
        let rest = lineCount == 0 ? line.withUnsafeBytes { $0.withoutByteOrderMark.count } : line.count
        guard rest > 0 || !data.isEmpty || !type.isEmpty else { return nil }
        // A copy plays the client that takes the end of the body for a line end and an empty line.
        var lenient = self
        var ignored: [EventStreamItem] = []
        if rest > 0 { lenient.endLine(with: UnsafeRawBufferPointer(start: nil, count: 0), into: &ignored) }
        return UnfinishedEventBlock(endsInsideLine: rest > 0, event: lenient.pendingEvent)
    }
}

extension UnsafeRawBufferPointer {
    /// The value as text, ill-formed bytes replaced by U+FFFD.
    fileprivate var decoded: String {
        String(decoding: self, as: UTF8.self)
    }

    /// The buffer less one byte order mark at its start.
    fileprivate var withoutByteOrderMark: UnsafeRawBufferPointer {
        starts(with: [0xEF, 0xBB, 0xBF]) ? part(3..<count) : self
    }

    /// The value as a number if it is one or more ASCII digits and nothing else; `Int.max` if it is larger.
    fileprivate var decimalNumber: Int? {
        guard !isEmpty else { return nil }
        var number = 0
        for byte in self {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            let (tens, overflow) = number.multipliedReportingOverflow(by: 10)
            let (sum, carry) = tens.addingReportingOverflow(Int(byte - UInt8(ascii: "0")))
            number = overflow || carry ? .max : sum
        }
        return number
    }
}
