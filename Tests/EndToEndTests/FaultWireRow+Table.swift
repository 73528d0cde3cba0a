/// The table: each fault as it is without arguments, and with at least one.
extension FaultWireRow {
    static let all = timing + connection + events + lines + payloads + messages

    private static let timing: [FaultWireRow] = [
        FaultWireRow(#""latency""#, WireText.usual, notBefore: .seconds(1)),
        FaultWireRow(#"{"latency":"150ms"}"#, WireText.usual, notBefore: .milliseconds(150)),
        FaultWireRow(#""jitter""#, WireText.usual),
        FaultWireRow(#"{"jitter":"200ms"}"#, WireText.usual, writes: 2),
        FaultWireRow(#""pause""#, WireText.usual, notBefore: .seconds(5)),
        FaultWireRow(
            #"{"pause":{"length":"200ms","which":"all"}}"#,
            WireText.usual,
            notBefore: .milliseconds(800),
            writes: 2
        ),
        FaultWireRow(#""slicer""#, bytewise, notBefore: .milliseconds(204)),
        FaultWireRow(
            #"{"slicer":"utf8"}"#,
            .exactly(
                Array(WireText.chunkedHead.utf8) + chunk(beginning + [0xC3]) + chunk([0xBC, 0xC3])
                    + chunk([0x9F] + Array("e\"}}]}\n\n".utf8))
                    + Array((WireText.chunks(Array(WireText.events.dropFirst())) + WireText.end).utf8)
            ),
            notBefore: .milliseconds(2)
        ),
        FaultWireRow(
            #"{"slicer":{"at":"whole"}}"#,
            WireText.chunked([WireText.events.joined()])
        ),
        FaultWireRow(#""bandwidth""#, WireText.usual, notBefore: .milliseconds(20)),
        FaultWireRow(#"{"bandwidth":"1KiB"}"#, WireText.usual, notBefore: .milliseconds(200), writes: 2),
    ]

    private static let connection: [FaultWireRow] = [
        // The body is not that long.
        FaultWireRow(#""limit_data""#, WireText.usual, isEffective: false),
        FaultWireRow(#"{"limit_data":50}"#, cut(WireText.usual, bodyBytes: 50), .isCut),
        FaultWireRow(
            #"{"limit_data":{"bytes":50,"ending":"reset"}}"#,
            cut(WireText.usual, bodyBytes: 50),
            .resets
        ),
        // Half of 205 bytes.
        FaultWireRow(
            #""cut""#,
            WireText.chunkedHead + WireText.chunk(WireText.events[0]) + "36\r\n" + WireText.events[1].prefix(49),
            .isCut
        ),
        FaultWireRow(
            #"{"cut":{"event":1,"ending":"reset","after":"100ms"}}"#,
            WireText.chunkedHead + WireText.chunk(WireText.events[0]),
            .resets,
            notBefore: .milliseconds(100)
        ),
        FaultWireRow(
            #"{"cut":{"event":-1,"ending":"stall"}}"#,
            WireText.chunkedHead + WireText.chunks(Array(WireText.events.dropLast())),
            .stalls
        ),
        FaultWireRow(
            #"{"cut":{"byte":60,"ending":"complete"}}"#,
            WireText.chunked([WireText.events[0], "data: {"])
        ),
        FaultWireRow(
            #""missing_terminator""#,
            WireText.chunkedHead + WireText.chunks(WireText.events),
            .isCut
        ),
        FaultWireRow(
            #"{"missing_terminator":{"ending":"stall"}}"#,
            WireText.chunkedHead + WireText.chunks(WireText.events),
            .stalls
        ),
        FaultWireRow(#""reset_peer""#, "", .resets),
        FaultWireRow(
            #"{"pause":{"length":"60s","index":1}},{"reset_peer":"200ms"}"#,
            WireText.chunkedHead + WireText.chunk(WireText.events[0]),
            .resets,
            notBefore: .milliseconds(200)
        ),
        FaultWireRow(#""empty_response""#, "", .isCut),
        FaultWireRow(#""refuse""#, "", .resets),
        FaultWireRow(#""timeout""#, "", .stalls),
        FaultWireRow(#"{"timeout":"200ms"}"#, "", .isCut, notBefore: .milliseconds(200)),
    ]

    private static let events: [FaultWireRow] = [
        FaultWireRow(#""drop_events""#, anyOf { WireText.events.removing($0) }),
        FaultWireRow(#"{"drop_events":{"index":0,"count":2}}"#, WireText.chunked(Array(WireText.events[2...]))),
        FaultWireRow(#""duplicate_events""#, anyOf { WireText.events.repeating($0) }),
        FaultWireRow(#"{"duplicate_events":{"which":"last"}}"#, WireText.chunked(WireText.events.repeating(3))),
        FaultWireRow(#""reorder_events""#, anyOf(of: 3) { WireText.events.swapping($0) }),
        FaultWireRow(
            #"{"reorder_events":{"index":0,"count":3}}"#,
            WireText.chunked(WireText.events[..<3].reversed() + [WireText.events[3]])
        ),
        FaultWireRow(#""repeat_events""#, anyOf { WireText.events.repeating($0) }),
        FaultWireRow(
            #"{"repeat_events":{"index":1,"times":3,"every":"50ms"}}"#,
            WireText.chunked(WireText.events.repeating(1).repeating(1).repeating(1)),
            notBefore: .milliseconds(150)
        ),
        FaultWireRow(#""empty_data""#, WireText.chunked(between("data:\n\n"))),
        FaultWireRow(
            #"{"empty_data":{"where":"after","form":"bare"}}"#,
            WireText.chunked(WireText.events + ["data\n\n"])
        ),
        FaultWireRow(#""unfinished_event""#, WireText.chunked(WireText.events[..<3] + ["data: [DONE]\n"])),
        FaultWireRow(
            #"{"unfinished_event":"line_end"}"#,
            WireText.chunked(WireText.events[..<3] + ["data: [DONE]"])
        ),
        FaultWireRow(#""done""#, WireText.chunked(WireText.events.dropLast())),
        FaultWireRow(#"{"done":"twice"}"#, WireText.chunked(WireText.events.repeating(3))),
        FaultWireRow(#"{"done":"padded"}"#, WireText.chunked(WireText.events[..<3] + ["data:   [DONE] \n\n"])),
        FaultWireRow(#"{"done":"data_after"}"#, WireText.chunked(WireText.events + [WireText.events[0]])),
        FaultWireRow(#"{"done":"linger"}"#, WireText.usual, notBefore: .seconds(5), writes: 2),
    ]

    private static let lines: [FaultWireRow] = [
        FaultWireRow(#""line_endings""#, WireText.eachData { "data: \($0)\r\n\r\n" }),
        FaultWireRow(#"{"line_endings":"cr"}"#, WireText.eachData { "data: \($0)\r\r" }),
        FaultWireRow(#""bom""#, WireText.chunked(["\u{FEFF}" + WireText.events[0]] + WireText.events[1...])),
        FaultWireRow(
            #"{"bom":"later"}"#,
            WireText.chunked([WireText.events[0], "\u{FEFF}" + WireText.events[1]] + WireText.events[2...])
        ),
        FaultWireRow(#""comments""#, WireText.chunked([": OPENROUTER PROCESSING\n\n"] + WireText.events)),
        FaultWireRow(
            #"{"comments":{"where":"before","text":"hi","count":2,"every":"60ms"}}"#,
            WireText.chunked([": hi\n\n", ": hi\n\n"] + WireText.events),
            notBefore: .milliseconds(120)
        ),
        FaultWireRow(#""field_spacing""#, WireText.eachData { "data:\($0)\n\n" }),
        FaultWireRow(#"{"field_spacing":2}"#, WireText.eachJSON { "data:  \($0)\n\n" }),
        FaultWireRow(
            #""multi_line_data""#,
            WireText.chunked([
                #"data: {"choices":[{"delta":{"# + "\n" + #"data: "content":"Grüße"}}]}"# + "\n\n",
                #"data: {"choices":[{"delta":{"# + "\n" + #"data: "content":" an alle"}}]}"# + "\n\n",
                #"data: {"choices":[{"delta":{},"finish_reason":"# + "\n"
                    + #"data: "stop"}],"usage":{"total_tokens":7}}"#
                    + "\n\n",
                WireText.events[3],
            ])
        ),
        FaultWireRow(
            #"{"multi_line_data":3}"#,
            WireText.chunked([
                "data: {\"choices\":[\ndata: {\"delta\":{\"content\":\"Grüße\"\ndata: }}]}\n\n",
                "data: {\"choices\":[\ndata: {\"delta\":{\"content\":\" an alle\"\ndata: }}]}\n\n",
                "data: {\"choices\":[{\"delta\"\ndata: :{},\"finish_reason\":\"stop\"}],\"usage\":\n"
                    + "data: {\"total_tokens\":7}}\n\n",
                WireText.events[3],
            ])
        ),
        FaultWireRow(
            #""unknown_fields""#,
            WireText.eachData {
                "id: junk é 7\nretry: soon\nx-unknown: {\"data\": 1}\nheartbeat\nid: a\0b\ndata: \($0)\n\n"
            }
        ),
        FaultWireRow(
            #"{"unknown_fields":{"field":"retry","where":"after"}}"#,
            WireText.eachData { "data: \($0)\nretry: soon\n\n" }
        ),
        FaultWireRow(#""blank_lines""#, WireText.chunked(between("\n"))),
        FaultWireRow(#"{"blank_lines":{"count":2,"where":"before"}}"#, WireText.chunked(["\n\n"] + WireText.events)),
    ]
}

// MARK: - Parts

extension FaultWireRow {
    /// The first event up to its first character of two bytes.
    private static let beginning = Array(#"data: {"choices":[{"delta":{"content":"Gr"#.utf8)

    private static let bytewise = Content.exactly(
        Array(WireText.chunkedHead.utf8) + WireText.events.joined().utf8.flatMap { chunk([$0]) }
            + Array(WireText.end.utf8)
    )

    static func chunk(_ bytes: [UInt8]) -> [UInt8] {
        Array("\(String(bytes.count, radix: 16))\r\n".utf8) + bytes + [13, 10]
    }

    /// The first chunk cut after so many of its bytes.
    private static func cut(_ answer: String, bodyBytes: Int) -> Content {
        .exactly(Array((WireText.chunkedHead + "35\r\n").utf8) + WireText.events[0].utf8.prefix(bodyBytes))
    }

    private static func anyOf(of count: Int = 4, _ events: (Int) -> [String]) -> Content {
        .oneOf((0..<count).map { Array(WireText.chunked(events($0)).utf8) })
    }

    private static func between(_ block: String) -> [String] {
        Array(WireText.events.map { [$0] }.joined(separator: [block]))
    }
}

extension [String] {
    fileprivate func removing(_ index: Int) -> [String] {
        Array(self[..<index] + self[(index + 1)...])
    }

    fileprivate func repeating(_ index: Int) -> [String] {
        Array(self[...index] + self[index...])
    }

    /// This one and the next in the other order.
    fileprivate func swapping(_ index: Int) -> [String] {
        var events = self
        events.swapAt(index, index + 1)
        return events
    }
}
