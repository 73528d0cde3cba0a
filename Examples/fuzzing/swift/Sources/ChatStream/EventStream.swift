/// Cuts the bytes of an event stream into events, whatever reads they come in (HTML Standard, section 9.2.6).
public struct EventStream: Sendable {
    /// One event; its data lines are joined by line feeds.
    public struct Event: Sendable, Hashable {
        /// Of the field `event`; empty for none.
        public var name: String
        /// The payload.
        public var data: String
    }

    private var line: [UInt8] = []
    private var isFirstLine = true
    private var lastWasReturn = false
    private var name = ""
    private var data: [String] = []

    /// Starts at the beginning of a body.
    public init() {}

    /// Reads on.
    ///
    /// - Returns: the events that these bytes complete.
    public mutating func feed(_ bytes: some Sequence<UInt8>) -> [Event] {
        var events: [Event] = []
        var rest = Array(bytes)[...]
        guard let first = rest.first else { return [] }
        if lastWasReturn, first == 0x0A { rest = rest.dropFirst() }
        lastWasReturn = false
        // Searched for once each, so that a long line is not searched again for every piece.
        var lineFeed = rest.firstIndex(of: 0x0A)
        var carriageReturn = rest.firstIndex(of: 0x0D)
        while let end = [lineFeed, carriageReturn].compactMap({ $0 }).min() {
            line += rest[..<end]
            if let event = endLine() { events.append(event) }
            let isReturn = rest[end] == 0x0D
            rest = rest[(end + 1)...]
            lastWasReturn = isReturn && rest.isEmpty
            if isReturn, rest.first == 0x0A { rest = rest.dropFirst() }
            if let index = lineFeed, index < rest.startIndex { lineFeed = rest.firstIndex(of: 0x0A) }
            if let index = carriageReturn, index < rest.startIndex { carriageReturn = rest.firstIndex(of: 0x0D) }
        }
        line += rest
        return events
    }

    /// Ends the body; many servers leave out the empty line after the last event.
    ///
    /// - Returns: the event that was under way, or nil.
    public mutating func finish() -> Event? {
        if !line.isEmpty, let event = endLine() { return event }
        return endLine()
    }

    private mutating func endLine() -> Event? {
        var bytes = line[...]
        line = []
        if isFirstLine, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
        isFirstLine = false
        guard !bytes.isEmpty else {
            defer { (name, data) = ("", []) }
            return data.isEmpty ? nil : Event(name: name, data: data.joined(separator: "\n"))
        }
        let colon = bytes.firstIndex(of: UInt8(ascii: ":")) ?? bytes.endIndex
        var value = bytes[colon...].dropFirst()
        if value.first == UInt8(ascii: " ") { value = value.dropFirst() }
        // Whole lines are decoded, so no character is cut.
        switch String(decoding: bytes[..<colon], as: UTF8.self) {
        case "data": data.append(String(decoding: value, as: UTF8.self))
        case "event": name = String(decoding: value, as: UTF8.self)
        default: break
        }
        return nil
    }
}
