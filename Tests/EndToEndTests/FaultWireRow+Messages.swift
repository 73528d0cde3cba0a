/// Rows of faults of what the events hold, and of the message around them.
extension FaultWireRow {
    fileprivate static let member = #""x_unknown":{"list":[1,null,"\u00e9"],"nested":{}}"#

    static let payloads: [FaultWireRow] = [
        FaultWireRow(
            #""unknown_members""#,
            WireText.chunked([
                WireText.event(#"{\#(member),"choices":[{\#(member),"delta":{"content":"Grüße"}}]}"#),
                WireText.event(#"{\#(member),"choices":[{\#(member),"delta":{"content":" an alle"}}]}"#),
                WireText.event(
                    #"{\#(member),"choices":[{\#(member),"delta":{},"finish_reason":"stop"}],"#
                        + #""usage":{\#(member),"total_tokens":7}}"#
                ),
                WireText.events[3],
            ])
        ),
        FaultWireRow(
            #"{"unknown_members":1}"#,
            WireText.eachJSON { WireText.event("{\(member)," + $0.dropFirst()) }
        ),
        FaultWireRow(
            #""empty_choices""#,
            WireText.chunked([
                WireText.events[0], WireText.events[1],
                WireText.event(#"{"choices":[],"usage":{"total_tokens":7}}"#), WireText.events[3],
            ])
        ),
        FaultWireRow(
            #""malformed_json""#,
            .oneOf(
                [
                    (0, #"{"choices":[{"delta":{""#), (1, #"{"choices":[{"delta":{""#),
                    (2, #"{"choices":[{"delta":{},"finish_reaso"#),
                ].map { index, text in bytes { $0[index] = WireText.event(text) } }
            )
        ),
        FaultWireRow(
            #"{"malformed_json":{"form":"not_json","index":0}}"#,
            .exactly(
                bytes { $0[0] = WireText.event("upstream connect error or disconnect/reset before headers") }
            )
        ),
        FaultWireRow(
            #""bad_utf8""#,
            .oneOf([
                illFormed(0, after: "Grüße", [0x80]), illFormed(1, after: "an alle", [0x80]),
                illFormed(2, after: "stop", [0x80]),
            ])
        ),
        FaultWireRow(
            #"{"bad_utf8":{"form":"surrogate","index":0}}"#,
            .exactly(illFormed(0, after: "Grüße", [0xED, 0xA0, 0x80]))
        ),
    ]

    static let messages: [FaultWireRow] = [
        FaultWireRow(
            #""status""#,
            WireText.under(WireText.head(["Transfer-Encoding: chunked"], status: "503 Service Unavailable"))
        ),
        FaultWireRow(
            #"{"status":{"code":299,"reason":"Odd"}}"#,
            WireText.under(WireText.head(["Transfer-Encoding: chunked"], status: "299 Odd"))
        ),
        FaultWireRow(#""header""#, WireText.under(WireText.head(["Transfer-Encoding: chunked", "x-fault: 1"]))),
        FaultWireRow(
            #"{"header":{"name":"X-Odd","change":"no_colon"}}"#,
            WireText.under(WireText.head(["Transfer-Encoding: chunked", "X-Odd 1"]))
        ),
        FaultWireRow(
            #"{"header":{"name":"X-Odd","change":"folded"}}"#,
            WireText.under(WireText.head(["Transfer-Encoding: chunked", "X-Odd: 1\r\n folded"]))
        ),
        FaultWireRow(
            #""content_type""#,
            WireText.under(
                WireText.head(
                    ["Transfer-Encoding: chunked"],
                    type: #"Content-Type: text/event-stream; charset=UTF-8; note="a;b""#
                )
            )
        ),
        FaultWireRow(
            #"{"content_type":"missing"}"#,
            WireText.under(WireText.head(["Transfer-Encoding: chunked"], type: nil))
        ),
        FaultWireRow(#""content_length""#, sized(206), .isCut),
        FaultWireRow(#"{"content_length":-5}"#, sized(200), .isCut),
        FaultWireRow(#""framing""#, sized(205)),
        FaultWireRow(#"{"framing":"until_close"}"#, WireText.head([]) + WireText.events.joined(), .finishes),
        FaultWireRow(#""compression""#, .coded("gzip")),
        FaultWireRow(#"{"compression":"deflate"}"#, .coded("deflate")),
        FaultWireRow(#""early_response""#, "HTTP/1.1 103 Early Hints\r\n\r\n" + WireText.usual),
        FaultWireRow(
            #"{"early_response":{"status":102,"count":2,"lead":"100ms"}}"#,
            "HTTP/1.1 102 \r\n\r\nHTTP/1.1 102 \r\n\r\n" + WireText.usual,
            notBefore: .milliseconds(200),
            writes: 3
        ),
        FaultWireRow(#""garbage""#, .random(before: [], count: 64, after: Array(WireText.usual.utf8))),
        FaultWireRow(
            #"{"garbage":{"where":"instead_of_head","count":10}}"#,
            .random(before: [], count: 10, after: Array(WireText.under("").utf8)),
            .finishes
        ),
        FaultWireRow(
            #"{"garbage":{"where":"instead_of_answer","count":10}}"#,
            .random(before: [], count: 10, after: []),
            .isCut
        ),
        FaultWireRow(#""trailing_bytes""#, .random(before: Array(WireText.usual.utf8), count: 16, after: [])),
        FaultWireRow(#"{"trailing_bytes":{"text":"bye"}}"#, WireText.usual + "bye"),
        FaultWireRow(
            #""malformed_chunk""#,
            WireText.usual.replacingFirst("\r\n36\r\n", by: "\r\nxyz\r\n"),
            .finishes
        ),
        FaultWireRow(
            #"{"malformed_chunk":{"form":"negative","index":-1}}"#,
            WireText.usual.replacingFirst("\r\n0\r\n", by: "\r\n-5\r\n"),
            .finishes
        ),
        FaultWireRow(
            #""chunk_syntax""#,
            WireText.chunkedHead
                + zip(["35", "36", "54", "E"], WireText.events)
                .map { "000\($0);sim;note=\"a;b c\"\r\n\($1)\r\n" }.joined()
                + "0000;sim;note=\"a;b c\"\r\nx-sim-trailer: 1\r\n\r\n"
        ),
        FaultWireRow(
            #"{"chunk_syntax":"upper_case"}"#,
            WireText.usual.replacingFirst("\r\ne\r\n", by: "\r\nE\r\n")
        ),
    ]

    private static func sized(_ length: Int) -> String {
        WireText.head(["Content-Length: \(length)"]) + WireText.events.joined()
    }

    private static func bytes(changing change: (inout [String]) -> Void) -> [UInt8] {
        var events = WireText.events
        change(&events)
        return Array(WireText.chunked(events).utf8)
    }

    /// One event with bytes that are no UTF-8 after a text.
    private static func illFormed(_ index: Int, after text: String, _ bytes: [UInt8]) -> [UInt8] {
        let chunks = WireText.events.enumerated().map { position, event -> [UInt8] in
            var event = Array(event.utf8)
            if position == index, let place = event.firstRange(of: Array(text.utf8)) {
                event.insert(contentsOf: bytes, at: place.upperBound)
            }
            return chunk(event)
        }
        return Array(WireText.chunkedHead.utf8) + chunks.joined() + Array(WireText.end.utf8)
    }
}

extension String {
    fileprivate func replacingFirst(_ part: String, by other: String) -> String {
        guard let range = firstRange(of: part) else { return self }
        return String(self[..<range.lowerBound]) + other + self[range.upperBound...]
    }
}
