import HTTPTypes
import NIOCore
import Tapes

@testable import Cassettes

extension Interaction {
    /// An interaction of a seed: anything that a recorder can have seen, in any mixture.
    static func generated(_ seed: UInt64) -> Interaction {
        var generator = InteractionGenerator(seed: seed)
        return generator.interaction()
    }
}

/// Draws interactions; the same seed draws the same one.
private struct InteractionGenerator {
    private var random: SeededGenerator

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
    }

    mutating func interaction() -> Interaction {
        let frames = (0..<number(0...12)).map { _ in frame() }
        var tape = Tape(
            headGap: gap(),
            head: number(0...9) == 0 ? nil : head(),
            frames: frames,
            trailers: number(0...3) == 0 ? fields() : [:],
            endingGap: gap(),
            ending: pick(Ending.allCases),
            origin: Origin(.upstream(url: "https://openrouter.ai/api/v1"))
        )
        if number(0...9) == 0 { tape.frames = [] }
        let request = Request(
            method: pick([.post, .get, .delete, .patch]),
            target: RequestTarget(
                pick(["/api/v1/chat/completions", "/api/v1/models?a=1&b=%20", "/api/v1/keys/a%2Fb?x", "/", "/ü?q='\""])
            ),
            fields: pick([[:], [.contentType: "application/json", .accept: "*/*"], [.userAgent: "Täst: 1 #2"]]),
            body: ByteBuffer(bytes: content())
        )
        return Interaction(
            request: request,
            tape: tape,
            recordedAt: Int64(number(-1_000_000_000...2_000_000_000)) * 1_000_003,
            completion: pick(Interaction.Completion.allCases)
        )
    }

    private mutating func head() -> ResponseHead {
        ResponseHead(
            version: pick([.http10, .http11, .http2]),
            status: HTTPResponse.Status(
                code: pick([200, 204, 299, 404, 429, 500, 999, 0]),
                reasonPhrase: pick(["OK", "", "Sort of: fine # really", "200", "null", " tab\there ", "Größe ’’"])
            ),
            fields: fields()
        )
    }

    private mutating func fields() -> HTTPFields {
        var fields = HTTPFields()
        for _ in 0..<number(0...5) {
            let name = pick([
                "Content-Type", "X-a", "x-A", "true", "1", "a'b", "x-|&*!%`~^", String(repeating: "n", count: 1_200),
            ])
            let values: [[UInt8]] = [
                Array("text/event-stream".utf8), Array("".utf8), Array("a: b # c".utf8), Array("'quoted' \"too\"".utf8),
                Array("null".utf8), Array("12".utf8), [0xE9, 0x80], Array("- {a: [b]}".utf8),
                Array("ü\u{FEFF}\u{2028}".utf8),
                Array("a\tb".utf8), [0x01, 0x7F],
            ]
            guard let name = HTTPField.Name(name) else { continue }
            fields.append(HTTPField(name: name, lenientValue: pick(values)))
        }
        return fields
    }

    private mutating func frame() -> Frame {
        Frame(
            gap: gap(),
            bytes: ByteBuffer(bytes: content()),
            chunk: pick([.whole, .whole, .rest, .start(byteCount: number(0...100_000))])
        )
    }

    private mutating func gap() -> Duration {
        pick([.zero, .microseconds(1), .milliseconds(250), .seconds(86_400), .microseconds(Int64(number(0...1 << 40)))])
    }

    private mutating func content() -> [UInt8] {
        switch number(0...9) {
        case 0: return []
        case 1: return (0..<number(1...300)).map { _ in UInt8(number(0...255)) }
        case 2: return Array("data: {\"a\":\"it's\"}\n\n".utf8)
        case 3: return Array(": PING\n\nevent: x\ndata: \(pick(["1", "{\"b\": 2}"]))\n\ndata: [DONE]\n\n".utf8)
        case 4: return Array(#"{"a":[1,2.50,{}],"b":"x\u00e9 \n","c":[],"d":{"e":null}}"#.utf8)
        case 5: return Array(#"{"a": [1, 2.50, {}], "b": "x: ü", "c": {"d": "it's"}}"#.utf8)
        case 6: return Array(#"{"a" :1, "b":2}"#.utf8)
        default: return Array(text().utf8)
        }
    }

    /// Pieces that every writer of YAML has once got wrong.
    private mutating func text() -> String {
        let pieces = [
            "\n", "\n", "\n\n", " ", "  ", "\t", "a", "- b", "c: d", "# e", "'", "\"", "\\", "\r\n", "\r", "---", "...",
            "\u{85}", "\u{2028}", "\u{FEFF}", "😀", "e\u{301}", "é", "null", "true", "|", ">", "%", "@", "`", "{", "]",
            ",",
            "data: x", "&a", "*a", "!!binary", "? ", "0x1F", "~",
        ]
        return (0..<number(0...14)).map { _ in pick(pieces) }.joined()
    }

    private mutating func number(_ range: ClosedRange<Int>) -> Int {
        Int.random(in: range, using: &random)
    }

    private mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[number(0...elements.count - 1)]
    }
}
