/// Writes the blocks of an event stream as bytes.
///
/// Every function appends one complete block, its empty line included, so blocks can be written one after the
/// other and cut apart again. What ``EventStreamParser`` reads from them is what was written, but for one thing
/// the format cannot express: CR and CR LF inside data come back as LF.
package struct EventStreamEncoder: Hashable, Sendable {
    /// The line ends that the format allows (HTML Standard, section 9.2.5).
    package enum LineEnding: String, CaseIterable, Hashable, Sendable {
        /// LF, what every known API sends.
        case lineFeed = "\n"
        /// CR LF.
        case carriageReturnLineFeed = "\r\n"
        /// CR alone.
        case carriageReturn = "\r"
    }

    /// The line end of every line.
    package let lineEnding: LineEnding

    /// The bytes of ``lineEnding``.
    private let terminator: [UInt8]
    /// Of a line and an empty one behind it.
    private let blockEnd: [UInt8]

    /// Creates an encoder.
    package init(lineEnding: LineEnding = .lineFeed) {
        self.lineEnding = lineEnding
        self.terminator = Array(lineEnding.rawValue.utf8)
        self.blockEnd = terminator + terminator
    }
}

// MARK: - Events

extension EventStreamEncoder {
    /// Appends `data: <payload>` and an empty line.
    ///
    /// A payload without line breaks, such as any serialized JSON document, is copied in one piece. Otherwise
    /// it becomes one `data` line for each of its lines.
    ///
    /// The bytes are usually UTF-8, which is not checked.
    package func data(_ payload: UnsafeRawBufferPointer, into bytes: inout [UInt8]) {
        lines("data: ", payload, into: &bytes)
        bytes.append(contentsOf: terminator)
    }

    /// Appends `data: <payload>` and an empty line.
    package func data(_ payload: some Sequence<UInt8>, into bytes: inout [UInt8]) {
        lines("data: ", of: payload, into: &bytes)
        bytes.append(contentsOf: terminator)
    }

    /// Appends `data: `, what `write` appends, and an empty line.
    ///
    /// This is for a payload that is made here and now, which is then copied nowhere.
    ///
    /// - Precondition: `write` appends no CR or LF.
    package func data(into bytes: inout [UInt8], writing write: (inout [UInt8]) -> Void) {
        bytes.append(contentsOf: Self.dataPrefix)
        let start = bytes.count
        write(&bytes)
        assert(bytes.withUnsafeBytes { $0.firstLineBreak(from: start) } == bytes.count, "this data is one line")
        bytes.append(contentsOf: blockEnd)
    }

    private static let dataPrefix = Array("data: ".utf8)

    /// Appends `data: <text>` and an empty line.
    package func data(_ text: String, into bytes: inout [UInt8]) {
        data(text.utf8, into: &bytes)
    }

    /// Appends `event: <type>`, `data: <payload>` and an empty line.
    ///
    /// This is for types known when the program is written.
    ///
    /// - Precondition: `type` holds no CR or LF.
    package func event(_ type: StaticString, data payload: some Sequence<UInt8>, into bytes: inout [UInt8]) {
        let name = UnsafeRawBufferPointer(start: type.utf8Start, count: type.utf8CodeUnitCount)
        precondition(name.firstLineBreak(from: 0) == name.count, "an event type is one line")
        lines("event: ", name, into: &bytes)
        data(payload, into: &bytes)
    }

    /// Appends a block with those of the fields `event`, `id` and `data` that are not nil, and an empty line.
    ///
    /// - Parameters:
    ///   - type: The event's type; nil leaves `message` in force.
    ///   - id: The new last event ID; the empty string resets it, nil leaves it alone.
    ///   - payload: The bytes of the data.
    ///   - bytes: Where the block is appended.
    /// - Throws: ``EventStreamEncodingError`` when `type` or `id` cannot be written; then nothing is appended.
    package func event(
        type: String?,
        id: String? = nil,
        data payload: some Sequence<UInt8>,
        into bytes: inout [UInt8]
    ) throws(EventStreamEncodingError) {
        if let type, type.utf8.contains(where: \.isLineBreak) { throw .lineBreakInType(type) }
        if let id, id.utf8.contains(where: { $0.isLineBreak || $0 == StreamByte.null }) {
            throw .unwritableID(id)
        }
        if let type { lines("event: ", of: type.utf8, into: &bytes) }
        if let id { lines("id: ", of: id.utf8, into: &bytes) }
        data(payload, into: &bytes)
    }

    /// Appends an event as the parser reports it.
    ///
    /// The `event` field is left out for the default type, the `id` field when the ID is already in force.
    ///
    /// - Parameters:
    ///   - event: The event to write.
    ///   - lastEventID: The ID in force before this event, that is, the previous event's.
    ///   - bytes: Where the block is appended.
    /// - Throws: ``EventStreamEncodingError`` when the type or the ID cannot be written.
    package func event(
        _ event: ServerSentEvent,
        after lastEventID: String = "",
        into bytes: inout [UInt8]
    ) throws(EventStreamEncodingError) {
        try self.event(
            type: event.type == ServerSentEvent.defaultType ? nil : event.type,
            id: event.lastEventID.utf8.elementsEqual(lastEventID.utf8) ? nil : event.lastEventID,
            data: event.data.utf8,
            into: &bytes
        )
    }
}

// MARK: - Comments and reconnection times

extension EventStreamEncoder {
    /// Appends `: <text>` and an empty line; one comment line for each line of the text.
    ///
    /// The empty line ends no event. It makes the comment a block of its own, as keep-alives are sent.
    package func comment(_ text: String, into bytes: inout [UInt8]) {
        lines(": ", of: text.utf8, into: &bytes)
        bytes.append(contentsOf: terminator)
    }

    /// Appends `: <text>` and an empty line to nothing, and returns the bytes.
    package func comment(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        comment(text, into: &bytes)
        return bytes
    }

    /// Appends `retry: <milliseconds>` and an empty line.
    ///
    /// A negative time is written as 0, since the field takes digits only.
    package func retry(milliseconds: Int, into bytes: inout [UInt8]) {
        lines("retry: ", of: String(max(0, milliseconds)).utf8, into: &bytes)
        bytes.append(contentsOf: terminator)
    }
}

// MARK: - Lines

extension EventStreamEncoder {
    /// Appends the lines of `value`, each with `prefix`; at least one.
    private func lines(_ prefix: StaticString, _ value: UnsafeRawBufferPointer, into bytes: inout [UInt8]) {
        let prefix = UnsafeBufferPointer(start: prefix.utf8Start, count: prefix.utf8CodeUnitCount)
        var start = 0
        while true {
            let end = value.firstLineBreak(from: start)
            bytes.append(contentsOf: prefix)
            bytes.append(contentsOf: value.part(start..<end))
            bytes.append(contentsOf: terminator)
            guard end < value.count else { return }
            let isPair =
                value[end] == StreamByte.carriageReturn && end + 1 < value.count
                && value[end + 1] == StreamByte.lineFeed
            start = end + (isPair ? 2 : 1)
        }
    }

    /// Appends the lines of `value`, copied first if it has no contiguous storage.
    private func lines(_ prefix: StaticString, of value: some Sequence<UInt8>, into bytes: inout [UInt8]) {
        let written: Void? = value.withContiguousStorageIfAvailable {
            lines(prefix, UnsafeRawBufferPointer($0), into: &bytes)
        }
        if written == nil { Array(value).withUnsafeBytes { lines(prefix, $0, into: &bytes) } }
    }
}

extension UInt8 {
    /// Whether the byte ends a line of an event stream.
    fileprivate var isLineBreak: Bool {
        self == StreamByte.lineFeed || self == StreamByte.carriageReturn
    }
}
