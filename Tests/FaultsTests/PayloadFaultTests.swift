internal import Faults
internal import HTTPTypes
internal import NIOCore
internal import Tapes
internal import Testing

@Suite("Faults of JSON")
struct PayloadFaultTests {
    private static let stream =
        #"200 'data: {"id":"g","choices":[{"delta":{"content":"é"}}],"u":{}}\n\n''data: [DONE]\n\n'|"#
    private static let body = #"200 '{"id":"g","choices":[{"message":{"content":"é"}}],"u":{}}'|"#
    private static let member = #""x_unknown":{"list":[1,null,"\\u00e9"],"nested":{}}"#

    @Test(
        "Payloads of a stream change, the sentinel does not",
        arguments: [
            (
                "unknown_members", ["depth": 1],
                #"data: {\#(member),"id":"g","choices":[{"delta":{"content":"é"}}],"u":{}}"#
            ),
            (
                "unknown_members", ["depth": 2],
                #"data: {\#(member),"id":"g","choices":[{"delta":{"content":"é"}}],"u":{\#(member)}}"#
            ),
            (
                "unknown_members", [:],
                #"data: {\#(member),"id":"g","choices":[{\#(member),"delta":{"content":"é"}}],"u":{\#(member)}}"#
            ),
            ("malformed_json", [:], #"data: {"id":"g","choices":[{"delta"#),
            ("malformed_json", ["form": "not_json"], "data: upstream connect error or disconnect/reset before headers"),
            ("malformed_json", ["form": "array"], "data: []"),
            ("malformed_json", ["form": "string"], #"data: "overloaded""#),
            ("malformed_json", ["form": "null"], "data: null"),
        ] as [(String, [String: FaultValue], String)]
    )
    func streams(name: String, arguments: [String: FaultValue], event: String) throws {
        #expect(try Tape.stream(Self.stream).diagram(name, arguments) == "200 '\(event)\\n\\n''data: [DONE]\\n\\n'|")
    }

    @Test(
        "A JSON body is one payload",
        arguments: [
            (
                "unknown_members", [:],
                #"{\#(member),"id":"g","choices":[{\#(member),"message":{"content":"é"}}],"u":{\#(member)}}"#
            ),
            ("malformed_json", [:], #"{"id":"g","choices":[{"messag"#),
            ("malformed_json", ["form": "null", "index": -1], "null"),
        ] as [(String, [String: FaultValue], String)]
    )
    func bodies(name: String, arguments: [String: FaultValue], body: String) throws {
        let tape = try Tape.make(Self.body, type: "application/json; charset=utf-8")
        #expect(try tape.diagram(name, arguments) == "200 '\(body)'|")
    }

    @Test(
        "Ill-formed UTF-8 stands at the end of the text that a client shows",
        arguments: [
            ("continuation", [0x80]), ("cut_off", [0xE2, 0x82]), ("overlong", [0xC0, 0xAF]),
            ("surrogate", [0xED, 0xA0, 0x80]), ("invalid", [0xFF]),
        ] as [(FaultValue, [UInt8])]
    )
    func badUTF8(form: FaultValue, bytes: [UInt8]) throws {
        let body = try Tape.stream(Self.stream).altered("bad_utf8", ["form": form]).tape.body
        let expected = Array(#"{"content":"é"#.utf8) + bytes + Array(#""}"#.utf8)
        #expect(Array(body.readableBytesView).firstRange(of: expected) != nil)
    }

    @Test("A payload over several lines becomes one line when it is replaced")
    func severalLines() throws {
        let tape = try Tape.stream(Self.stream)
        let answer = try tape.altered([("multi_line_data", ["lines": 5]), ("malformed_json", ["form": "null"])])
        #expect(answer.tape.diagram(tick: Tape.tick) == #"200 'data: null\n\n''data: [DONE]\n\n'|"#)
    }

    @Test("Cut JSON is well-formed UTF-8 at any length", arguments: 0..<12)
    func cutCharacters(padding: Int) throws {
        let text = String(repeating: "a", count: padding) + "\u{1F600}\u{1F600}\u{1F600}"
        let tape = try Tape.make("200 '{\"a\":\"\(text)\"}'|", type: "application/json")
        let body = try tape.altered("malformed_json").tape.body
        #expect(String(validating: body.readableBytesView, as: UTF8.self) != nil)
        #expect(body.readableBytes < tape.bodyByteCount)
    }

    @Test("Only JSON answers with a plain body have payloads")
    func compressed() throws {
        var tape = try Tape.make(Self.body, type: "application/json")
        tape.head?.fields[.contentEncoding] = "br"
        #expect(try tape.altered("malformed_json").tape == tape)
        #expect(try tape.altered("compression").wireText == AlteredTape(tape).wireText)
    }
}
