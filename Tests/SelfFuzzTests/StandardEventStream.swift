import ServerSentEvents

/// The algorithm of the HTML Standard, section 9.2.6, step by step on a whole body: slow, and nothing like the parser.
struct StandardEventStream {
    private(set) var items: [EventStreamItem] = []
    private(set) var lastEventID = ""
    private var data = ""
    private var type = ""

    init(_ bytes: [UInt8]) {
        var text = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)
        if text.first == "\u{FEFF}" { text.removeFirst() }
        var line = String.UnicodeScalarView()
        var index = 0
        while index < text.count {
            switch text[index] {
            case "\r", "\n":
                if text[index] == "\r", index + 1 < text.count, text[index + 1] == "\n" { index += 1 }
                process(Array(line))
                line = String.UnicodeScalarView()
            default: line.append(text[index])
            }
            index += 1
        }
    }

    private mutating func process(_ line: [Unicode.Scalar]) {
        guard !line.isEmpty else { return dispatch() }
        let name = Self.text(line.prefix { $0 != ":" })
        var value = line.drop { $0 != ":" }.dropFirst()
        if value.first == " " { value.removeFirst() }
        let text = Self.text(value)
        switch name {
        case "": items.append(.comment(text))
        case "data":
            data += text
            data += "\n"
        case "event": type = text
        case "id": if !text.unicodeScalars.contains("\0") { lastEventID = text }
        case "retry":
            guard !text.isEmpty, text.unicodeScalars.allSatisfy({ ("0"..."9").contains($0) }) else { return }
            items.append(.retry(milliseconds: Int(text) ?? .max))
        default: break
        }
    }

    private mutating func dispatch() {
        if !data.isEmpty {
            let text = Self.text(data.unicodeScalars.dropLast())
            items.append(
                .event(ServerSentEvent(type: type.isEmpty ? "message" : type, data: text, lastEventID: lastEventID))
            )
        }
        data = ""
        type = ""
    }

    private static func text(_ scalars: some Sequence<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }
}
