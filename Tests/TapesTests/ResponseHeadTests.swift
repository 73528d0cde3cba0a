internal import HTTPTypes
internal import Tapes
internal import Testing

@Suite("Response heads")
struct ResponseHeadTests {
    @Test(
        "The framing is what the header fields announce",
        arguments: [
            (.http11, "chunked", nil, .chunked),
            (.http11, "gzip, Chunked", nil, .chunked),
            (.http11, "chunked", "3", .chunked),
            (.http11, nil, "3", .sized(3)),
            (.http11, nil, "0", .sized(0)),
            (.http11, "gzip", "3", .sized(3)),
            (.http11, nil, nil, .untilClose),
            (.http11, nil, "-1", .untilClose),
            (.http11, nil, "x", .untilClose),
            (.http10, nil, nil, .untilClose),
            (.http10, nil, "3", .sized(3)),
            (.http2, nil, nil, .unframed),
            (.http2, nil, "3", .sized(3)),
        ] as [(ResponseHead.Version, String?, String?, ResponseHead.Framing)]
    )
    func framing(version: ResponseHead.Version, coding: String?, length: String?, framing: ResponseHead.Framing) {
        var head = ResponseHead(version: version, status: .ok)
        head.fields[.transferEncoding] = coding
        head.fields[.contentLength] = length
        #expect(head.framing == framing)
    }

    @Test(
        "Fields that are there twice are read as one list",
        arguments: [
            (["Transfer-Encoding: gzip", "Transfer-Encoding: chunked"], .chunked),
            (["Content-Length: 3", "Transfer-Encoding: chunked"], .chunked),
            (["Content-Length: 3", "Content-Length: 3"], .untilClose),
        ] as [([String], ResponseHead.Framing)]
    )
    func repeatedFields(lines: [String], framing: ResponseHead.Framing) {
        var head = ResponseHead(status: .ok)
        for line in lines {
            let parts = line.split(separator: ": ").map(String.init)
            head.fields.append(HTTPField(name: HTTPField.Name(parts[0])!, value: parts[1]))
        }
        #expect(head.framing == framing)
    }

    @Test(
        "Some statuses forbid a body",
        arguments: [
            (100, true), (103, true), (199, true), (200, false), (204, true), (205, false), (304, true), (404, false),
        ]
    )
    func bodies(code: Int, forbidsBody: Bool) {
        #expect(ResponseHead(status: HTTPResponse.Status(registered: code)).forbidsBody == forbidsBody)
    }

    @Test(
        "A status has its registered phrase, or none",
        arguments: [
            (200, "OK"), (402, "Payment Required"), (429, "Too Many Requests"), (524, ""), (529, ""), (799, ""),
        ]
    )
    func phrases(code: Int, phrase: String) {
        #expect(HTTPResponse.Status(registered: code).reasonPhrase == phrase)
    }

    @Test("Each ending has a symbol of its own")
    func endings() {
        #expect(Ending.allCases.map(\.symbol) == ["|", ")", "^", "~"])
        for ending in Ending.allCases { #expect(Ending(symbol: ending.symbol) == ending) }
        #expect(Ending(symbol: "x") == nil)
    }

    @Test(
        "An origin says where a tape comes from",
        arguments: [
            (Origin(.synthetic(seed: 7)), "synthetic", "synthetic seed 7"),
            (Origin(.cassette(file: "a.cassette", interaction: 3)), "cassette", "cassette a.cassette #3"),
            (Origin(.upstream(url: "https://h")), "upstream", "upstream https://h"),
            (Origin(.scenario(file: "a.yaml", line: 2)), "scenario", "scenario a.yaml:2"),
            (.control, "control", "control"),
            (Origin(.server, faults: ["latency", "resetPeer"]), "server", "server + latency, resetPeer"),
        ]
    )
    func origins(origin: Origin, kind: String, description: String) {
        #expect(origin.kind.rawValue == kind)
        #expect(origin.description == description)
    }
}
